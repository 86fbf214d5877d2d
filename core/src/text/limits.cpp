#include "seen/core/text/limits.hpp"

#include "seen/core/text/utf8.hpp"

namespace seen::core {

std::optional<Error> check_text(std::string_view text, std::size_t limit) {
    if (trimmed(text).empty()) return Error{Code::TextEmpty, "text"};
    if (text.size() > limit) return Error{Code::TextTooLong, "text"};
    return std::nullopt;
}

std::optional<Error> check_name(std::string_view name) {
    if (trimmed(name).empty()) return Error{Code::TextEmpty, "name"};
    if (count_code_points(name) > name_limit) return Error{Code::NameTooLong, "name"};
    return std::nullopt;
}

bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= id_limit;
}

}  // namespace seen::core
