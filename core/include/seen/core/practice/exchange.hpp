#pragma once
/// One true thing from each: the exchange in the making, as one of the two can see it.
///
/// The exchanges of a space are counted from 0. In each, either gives first; the gift waits,
/// unseen, until the other has given too, and then both open in one step and the next exchange
/// begins. Whether the other's waits is known only from what they chose to tell, while both have
/// agreed that it may be told, and for seven days: then it has lapsed, as one's own does, and opens
/// no more.
///
///     Nothing ──I give──▶ Mine ──released──▶ Nothing of counter + 1
///                          │ └──taken back, or replaced──▶ Nothing, or Mine
///                          └──seven days──▶ lapsed: waits no more, its words are kept
///
/// Invariant: `counter` never falls; what is told about another counter changes nothing.
/// Worked values: {0, nothing} + MineGiven → {0, mine}; + TheirsTold{0} → both; + Released → {1,
/// nothing}. Told at 5, it waits at 5 + waiting_lasts − 1 and no more at 5 + waiting_lasts. `step`
/// is pure and total. Source: spec/events.md, section 3.

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace seen::core {

/// Milliseconds since 1970, by the clock of whoever says it. Decides nothing, is only shown.
using Instant = std::int64_t;
using Counter = std::uint64_t;

/// How long one waits: seven days, in ms.
inline constexpr Instant waiting_lasts = Instant{7} * 24 * 60 * 60 * 1000;

struct ExchangeState {
    Counter counter = 0;
    std::optional<Instant> mine_since;   ///< set while one of mine waits
    bool mine_told = false;              ///< I have let the other know, and not taken it back
    std::optional<Instant> theirs_told;  ///< when the other has let me know

    friend bool operator==(const ExchangeState&, const ExchangeState&) = default;
};

struct MineGiven {};
struct MineTakenBack {};
struct MineLapsed {};
struct MineTold {
    Counter counter = 0;
};
struct MineQuiet {
    Counter counter = 0;
};
struct TheirsTold {
    Counter counter = 0;
};
struct TheirsQuiet {
    Counter counter = 0;
};
struct Released {};

using ExchangeEvent = std::variant<MineGiven, MineTakenBack, MineLapsed, MineTold, MineQuiet,
                                   TheirsTold, TheirsQuiet, Released>;

[[nodiscard]] ExchangeState step(ExchangeState state, const ExchangeEvent& event, Instant now);

/// "nothing", "mine", "theirs" or "both": whose true thing waits, as far as I may know.
[[nodiscard]] std::string_view standing_of(const ExchangeState& state, bool agreed, Instant now);

/// Whether the other's waits at `now`, as far as I may know; `agreed`: both let each other know.
[[nodiscard]] bool theirs_waits(const ExchangeState& state, bool agreed, Instant now);

}  // namespace seen::core
