#include "wire/fields.hpp"

#include <limits>

namespace seen::server {

namespace {
const nlohmann::json nothing;
}

std::optional<nlohmann::json> Fields::object(std::string_view text) {
    auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object()) return std::nullopt;
    return json;
}

const nlohmann::json& Fields::child(const char* name) {
    if (!json_.is_object()) return nothing;
    const auto found = json_.find(name);
    return found == json_.end() ? nothing : *found;
}

bool Fields::has(const char* name) const {
    if (!json_.is_object()) return false;
    const auto found = json_.find(name);
    return found != json_.end() && !found->is_null();
}

std::uint64_t Fields::u64(const char* name) {
    const auto& value = child(name);
    // SQLite counts to 2^63.
    if (value.is_number_unsigned()) {
        const auto number = value.get<std::uint64_t>();
        if (number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return number;
    }
    ok_ = false;
    return 0;
}

std::int64_t Fields::i64(const char* name) {
    const auto& value = child(name);
    if (value.is_number_unsigned()) return static_cast<std::int64_t>(u64(name));
    if (value.is_number_integer()) return value.get<std::int64_t>();
    ok_ = false;
    return 0;
}

std::string Fields::text(const char* name, std::size_t most) {
    const auto& value = child(name);
    if (value.is_string()) {
        const auto& text = value.get_ref<const std::string&>();
        if (text.size() <= most) return text;
    }
    ok_ = false;
    return {};
}

Bytes Fields::bytes(const char* name, std::size_t most) {
    auto value = from_base64url(text(name, most * 4 / 3 + 4));
    if (!value || value->empty() || value->size() > most) {
        ok_ = false;
        return {};
    }
    return std::move(*value);
}

}  // namespace seen::server
