#include "seen/core/journal/json.hpp"

#include "seen/core/text/surrogates.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace seen::core {

Json parse_json(std::string_view text) {
    Json value = Json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value;
    return Json::parse(mend_surrogates(text), nullptr, false);
}

std::string write_json(const Json& value) {
    return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_shallow(const Json& value) {
    std::vector<std::pair<const Json*, std::size_t>> left = {{&value, 0}};
    while (!left.empty()) {
        const auto [current, depth] = left.back();
        left.pop_back();
        if (!current->is_structured()) continue;
        if (depth == depth_limit) return false;
        for (const Json& child : *current) left.emplace_back(&child, depth + 1);
    }
    return true;
}

}  // namespace seen::core
