#include "seen/vault/json.hpp"

#include <cmath>

namespace seen::vault {

namespace {

constexpr int deepest = 64;

const Json nothing;

/// Brackets outside of texts, so that no JSON that is too deep is ever built.
bool is_too_deep(View text) {
    int depth = 0;
    bool in_text = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const Byte letter = text[at];
        if (in_text) {
            if (letter == '\\') ++at;
            if (letter == '"') in_text = false;
        } else if (letter == '"') {
            in_text = true;
        } else if (letter == '[' || letter == '{') {
            if (++depth > deepest) return true;
        } else if (letter == ']' || letter == '}') {
            --depth;
        }
    }
    return false;
}

}  // namespace

std::optional<Json> parse_json(View text) {
    if (is_too_deep(text)) return std::nullopt;
    auto json = Json::parse(text.begin(), text.end(), nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

std::optional<std::int64_t> whole_number(const Json& value) {
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number > static_cast<std::uint64_t>(largest_whole)) return std::nullopt;
        return static_cast<std::int64_t>(number);
    }
    if (value.is_number_integer()) {
        const auto number = value.get<std::int64_t>();
        if (number < -largest_whole) return std::nullopt;
        return number;
    }
    if (!value.is_number_float()) return std::nullopt;
    const auto number = value.get<double>();
    const bool whole = std::trunc(number) == number;
    if (!whole || std::abs(number) > static_cast<double>(largest_whole)) return std::nullopt;
    return static_cast<std::int64_t>(number);
}

const Json& Reader::child(const char* name) const {
    if (!json_.is_object()) return nothing;
    const auto found = json_.find(name);
    return found == json_.end() ? nothing : *found;
}

bool Reader::has(const char* name) const {
    return json_.is_object() && json_.contains(name);
}

std::uint64_t Reader::count(const char* name) {
    const auto number = whole_number(child(name));
    if (!number || *number < 0) ok_ = false;
    return ok_ ? static_cast<std::uint64_t>(*number) : 0;
}

std::string Reader::text(const char* name) {
    const Json& value = child(name);
    if (value.is_string()) return value.get_ref<const std::string&>();
    ok_ = false;
    return {};
}

const Json& Reader::list(const char* name) {
    const Json& value = child(name);
    if (value.is_array()) return value;
    ok_ = false;
    return nothing;
}

Bytes Reader::bytes(const char* name) {
    const Json& value = child(name);
    if (value.is_string()) {
        auto bytes = from_base64url(value.get_ref<const std::string&>());
        if (bytes) return std::move(*bytes);
    }
    ok_ = false;
    return {};
}

void Reader::read_exactly(const char* name, std::span<Byte> into) {
    const Bytes value = bytes(name);
    if (value.size() != into.size()) {
        ok_ = false;
        return;
    }
    std::ranges::copy(value, into.begin());
}

}  // namespace seen::vault
