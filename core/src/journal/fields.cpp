#include "seen/core/journal/fields.hpp"

#include "seen/core/text/limits.hpp"

namespace seen::core {
namespace {

const Json& null_value() {
    static const Json value;
    return value;
}

const Json& empty_array() {
    static const Json value = Json::array();
    return value;
}

/// Nothing unless a whole number within the limit.
std::optional<std::uint64_t> whole_of(const Json& value) {
    if (const auto* number = value.get_ptr<const Json::number_unsigned_t*>()) {
        if (*number <= whole_limit) return *number;
        return std::nullopt;
    }
    // A number made in a program rather than read from a text may be signed.
    if (const auto* number = value.get_ptr<const Json::number_integer_t*>()) {
        if (*number >= 0 && static_cast<std::uint64_t>(*number) <= whole_limit) {
            return static_cast<std::uint64_t>(*number);
        }
    }
    return std::nullopt;
}

}  // namespace

Fields::Fields(const Json& value, Code code) : value_(&value), code_(code) {
    if (!value.is_object()) refuse("not an object");
}

void Fields::refuse(std::string_view name) {
    if (!failure_) failure_ = Error{code_, std::string(name)};
}

const Json& Fields::any(std::string_view name) const {
    if (!value_->is_object()) return null_value();
    const auto found = value_->find(name);
    return found == value_->end() ? null_value() : *found;
}

bool Fields::has(std::string_view name) const {
    return !any(name).is_null();
}

const Json& Fields::array(std::string_view name) {
    const Json& value = any(name);
    if (value.is_array()) return value;
    refuse(name);
    return empty_array();
}

std::string Fields::string(std::string_view name) {
    if (const auto* text = any(name).get_ptr<const std::string*>()) return *text;
    refuse(name);
    return {};
}

std::string Fields::id(std::string_view name) {
    std::string id = string(name);
    if (!is_id(id)) refuse(name);
    return id;
}

std::uint64_t Fields::whole(std::string_view name) {
    const auto number = whole_of(any(name));
    if (!number) refuse(name);
    return number.value_or(0);
}

std::int64_t Fields::instant(std::string_view name) {
    return static_cast<std::int64_t>(whole(name));
}

bool Fields::truth(std::string_view name) {
    if (const auto* value = any(name).get_ptr<const Json::boolean_t*>()) return *value;
    refuse(name);
    return false;
}

std::optional<std::string> Fields::string_or_none(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return string(name);
}

std::optional<std::string> Fields::id_or_none(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return id(name);
}

std::optional<std::uint64_t> Fields::whole_or_none(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return whole(name);
}

std::optional<std::int64_t> Fields::instant_or_none(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return instant(name);
}

std::optional<bool> Fields::truth_or_none(std::string_view name) {
    if (!has(name)) return std::nullopt;
    return truth(name);
}

}  // namespace seen::core
