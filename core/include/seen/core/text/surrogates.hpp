#pragma once
/// JavaScript strings may hold half of a surrogate pair, and JSON.stringify writes it as an escape
/// that no UTF-8 text can hold. `mend_surrogates` puts U+FFFD in place of each such escape, so that
/// one odd character does not make a page of records unreadable.
///
/// Invariant: the length stays, for an escape is exchanged for an escape; whole pairs stay.
/// Worked values: "\ud83d\ude00" stays; "\ud83d" alone becomes "\ufffd"; "\\ud83d" stays.

#include <string>
#include <string_view>

namespace seen::core {

[[nodiscard]] std::string mend_surrogates(std::string_view json);

}  // namespace seen::core
