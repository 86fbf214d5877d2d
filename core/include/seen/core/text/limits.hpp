#pragma once
/// How long what a person writes may be, and what counts as nothing.
///
/// Texts are measured in UTF-8 bytes, names in code points. A text of nothing but blanks is empty.
/// Worked values: a name of 40 "é" is taken, of 41 is `NameTooLong`; "  " is `TextEmpty`.
/// Source: spec/events.md, sections 1 and 2.

#include "seen/core/error/error.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace seen::core {

inline constexpr std::size_t name_limit = 40;       // code points
inline constexpr std::size_t note_limit = 60'000;   // bytes
inline constexpr std::size_t given_limit = 12'000;  // bytes: a true thing, or words in answer
inline constexpr std::size_t id_limit = 64;         // bytes

/// Nothing when the text may stand.
[[nodiscard]] std::optional<Error> check_text(std::string_view text, std::size_t limit);
[[nodiscard]] std::optional<Error> check_name(std::string_view name);

/// An id is opaque: 1 to `id_limit` bytes.
[[nodiscard]] bool is_id(std::string_view id);

}  // namespace seen::core
