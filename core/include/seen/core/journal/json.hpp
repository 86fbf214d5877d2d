#pragma once
/// The one door to nlohmann/json. The core is compiled without exceptions, where that library stops
/// the program on a wrong type; a program that also uses it with exceptions must not be given the
/// core's copies of the same inline functions, so here they stand in a namespace of their own.
///
/// Never read a value with `at`, `get` or `[]` on something that came from outside: use Fields.
/// Never copy, compare or write one before `is_shallow`: those three call themselves for each
/// level.

#ifdef INCLUDE_NLOHMANN_JSON_HPP_
#error "Include seen/core/journal/json.hpp instead of <nlohmann/json.hpp>."
#endif

// The library's own switches.
#define NLOHMANN_JSON_NAMESPACE nlohmann::without_exceptions
#define NLOHMANN_JSON_NAMESPACE_BEGIN \
    namespace nlohmann {              \
    inline namespace without_exceptions {
#define NLOHMANN_JSON_NAMESPACE_END \
    }                               \
    }
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace seen::core {

using Json = nlohmann::json;

/// Parses; a discarded value when the text is not JSON. Any depth: it does not call itself.
[[nodiscard]] Json parse_json(std::string_view text);

/// Compact; bytes that are not UTF-8 become U+FFFD.
[[nodiscard]] std::string write_json(const Json& value);

/// How many levels of arrays and objects an event may have within itself.
inline constexpr std::size_t depth_limit = 16;

/// True when no more than `depth_limit` levels stand within each other. Any depth.
[[nodiscard]] bool is_shallow(const Json& value);

}  // namespace seen::core
