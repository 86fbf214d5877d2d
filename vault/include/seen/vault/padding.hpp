#pragma once
/// Sizes say nothing: what is sealed fills 1, 4 or 16 KiB, and beyond that a Padmé length.
///
///     e = ⌊log₂ L⌋, s = ⌊log₂ e⌋ + 1, L up to a multiple of 2^(e − s): at most 12 % more
///
/// A held record fills at least 4 KiB. Invariant: padded_size is monotone and its own fixed point.
/// Worked values: 36 → 1024 (held: 4096), 16385 → 17408, 100000 → 100352.
/// Source: spec/envelope.md §5.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace seen::vault {

enum class RecordClass : std::uint8_t { Durable, Held, Brief };

[[nodiscard]] std::string_view name_of(RecordClass record_class);
[[nodiscard]] std::optional<RecordClass> record_class_of(std::string_view name);

[[nodiscard]] std::size_t padded_size(std::size_t length, RecordClass record_class);
[[nodiscard]] bool is_size_class(std::size_t length, RecordClass record_class);

}  // namespace seen::vault
