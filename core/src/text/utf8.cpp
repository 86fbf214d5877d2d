#include "seen/core/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace seen::core {
namespace {

constexpr std::uint8_t byte_at(std::string_view bytes, std::size_t index) {
    return static_cast<std::uint8_t>(bytes[index]);
}

constexpr bool is_continuation(std::uint8_t byte) {
    return (byte & 0xC0U) == 0x80U;
}

/// The second byte's range depends on the first: this is what keeps out long forms and surrogates.
constexpr bool is_second_of(std::uint8_t first, std::uint8_t second) {
    switch (first) {
        case 0xE0:
            return second >= 0xA0 && second <= 0xBF;
        case 0xED:
            return second >= 0x80 && second <= 0x9F;
        case 0xF0:
            return second >= 0x90 && second <= 0xBF;
        case 0xF4:
            return second >= 0x80 && second <= 0x8F;
        default:
            return is_continuation(second);
    }
}

/// Bytes of a code point that begins with `first`; 0 where none can.
constexpr std::size_t length_of(std::uint8_t first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

/// Bytes of the valid code point at the front; 0 where there is none.
constexpr std::size_t valid_front(std::string_view bytes) {
    const std::size_t length = length_of(byte_at(bytes, 0));
    if (length == 0 || length > bytes.size()) return 0;
    if (length > 1 && !is_second_of(byte_at(bytes, 0), byte_at(bytes, 1))) return 0;
    for (std::size_t index = 2; index < length; ++index) {
        if (!is_continuation(byte_at(bytes, index))) return 0;
    }
    return length;
}

/// All that takes no ink: white space, and marks that only steer what stands beside them.
constexpr std::array<std::string_view, 35> blanks = {" ",
                                                     "\t",
                                                     "\n",
                                                     "\r",
                                                     "\v",
                                                     "\f",
                                                     "\xC2\x85",
                                                     "\xC2\xA0",
                                                     "\xC2\xAD",
                                                     "\xE1\x9A\x80",
                                                     "\xE2\x80\x80",
                                                     "\xE2\x80\x81",
                                                     "\xE2\x80\x82",
                                                     "\xE2\x80\x83",
                                                     "\xE2\x80\x84",
                                                     "\xE2\x80\x85",
                                                     "\xE2\x80\x86",
                                                     "\xE2\x80\x87",
                                                     "\xE2\x80\x88",
                                                     "\xE2\x80\x89",
                                                     "\xE2\x80\x8A",
                                                     "\xE2\x80\x8B",
                                                     "\xE2\x80\x8C",
                                                     "\xE2\x80\x8D",
                                                     "\xE2\x80\x8E",
                                                     "\xE2\x80\x8F",
                                                     "\xE2\x80\xA8",
                                                     "\xE2\x80\xA9",
                                                     "\xE2\x80\xAF",
                                                     "\xE2\x81\x9F",
                                                     "\xE2\x81\xA0",
                                                     "\xE3\x80\x80",
                                                     "\xEF\xB8\x8F",
                                                     "\xEF\xBB\xBF",
                                                     "\xE3\x85\xA4"};

std::size_t blank_front(std::string_view text) {
    for (const std::string_view blank : blanks) {
        if (text.starts_with(blank)) return blank.size();
    }
    return 0;
}

/// U+FE0F is the emoji form: at the end it belongs to what it follows.
std::size_t blank_back(std::string_view text) {
    for (const std::string_view blank : blanks) {
        if (text.ends_with(blank) && blank != "\xEF\xB8\x8F") return blank.size();
    }
    return 0;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
    while (!bytes.empty()) {
        const std::size_t length = valid_front(bytes);
        if (length == 0) return false;
        bytes.remove_prefix(length);
    }
    return true;
}

std::size_t count_code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return !is_continuation(static_cast<std::uint8_t>(c)); }));
}

std::string_view trimmed(std::string_view text) {
    while (const std::size_t blank = blank_front(text)) text.remove_prefix(blank);
    while (const std::size_t blank = blank_back(text)) text.remove_suffix(blank);
    return text;
}

}  // namespace seen::core
