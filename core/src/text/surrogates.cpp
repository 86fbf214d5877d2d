#include "seen/core/text/surrogates.hpp"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace seen::core {
namespace {

constexpr std::size_t escape_length = 6;

/// The value of a \uXXXX that begins at `at`.
std::optional<std::uint32_t> escape_at(std::string_view json, std::size_t at) {
    if (at + escape_length > json.size() || json[at] != '\\' || json[at + 1] != 'u') {
        return std::nullopt;
    }
    std::uint32_t value = 0;
    const char* const begin = json.data() + at + 2;
    const auto [end, failure] = std::from_chars(begin, begin + 4, value, 16);
    if (failure != std::errc{} || end != begin + 4) return std::nullopt;
    return value;
}

constexpr bool is_high(std::uint32_t value) {
    return value >= 0xD800 && value <= 0xDBFF;
}
constexpr bool is_low(std::uint32_t value) {
    return value >= 0xDC00 && value <= 0xDFFF;
}

}  // namespace

std::string mend_surrogates(std::string_view json) {
    std::string mended(json);
    std::size_t at = 0;
    while ((at = mended.find('\\', at)) != std::string::npos) {
        const auto value = escape_at(mended, at);
        if (!value) {
            at += 2;
            continue;
        }
        const auto next = escape_at(mended, at + escape_length);
        if (is_high(*value) && next && is_low(*next)) {
            at += 2 * escape_length;
            continue;
        }
        if (is_high(*value) || is_low(*value)) mended.replace(at, escape_length, "\\ufffd");
        at += escape_length;
    }
    return mended;
}

}  // namespace seen::core
