#pragma once
/// Text as the core has it: UTF-8 bytes. Lengths are in bytes unless a name says code points.
///
/// Valid means Unicode's definition: shortest form only, no surrogates, nothing above U+10FFFF.
/// Worked values: "a" 1 byte, 1 code point; "é" 2 and 1; "😀" 4 and 1; "\xC0\x80" is not valid.
/// Total over all bytes; a view that is returned points into the one that was given.
/// Source: The Unicode Standard, table 3-7.

#include <cstddef>
#include <string_view>

namespace seen::core {

[[nodiscard]] bool is_valid_utf8(std::string_view bytes);

/// Counts every byte that begins a code point; exact for valid text.
[[nodiscard]] std::size_t count_code_points(std::string_view text);

/// Without the white space at both ends, Unicode's and the invisible joiners and marks included,
/// so that a text of nothing that can be seen is empty. A joiner inside a text stays.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace seen::core
