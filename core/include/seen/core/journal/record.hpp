#pragma once
/// A record as it stands in the journal: an opened event with what the log says about it.
///
/// `seq` is the server's order in the space, absent while not acknowledged. `stamp` is the server's
/// time, `at` the author's; both in ms. `hold` names the release under which it was held. `lapsed`
/// says of one that is still held that it opens no more.
///
/// Invariant of the order: acknowledged records first, by seq; then one's own unacknowledged, by
/// the author's time; ties by id. So the order follows from the records alone, not from how they
/// came. Worked values: (seq 3) < (seq 4) < (no seq, at 10) < (no seq, at 11). When one id comes
/// twice, `outranks` says which is kept, again whatever came first: the acknowledged over the
/// waiting, then the lower seq, the erased over the whole, the readable over the unreadable, the
/// lapsed over the one that still could open; the rest only has to be the same everywhere.

#include "seen/core/journal/event.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace seen::core {

/// The bytes are gone: its author took it away.
struct Erased {
    friend bool operator==(const Erased&, const Erased&) = default;
};
/// It opened, but is not an event, or not one that may stand here. Keeps its place in a release.
struct Unreadable {
    friend bool operator==(const Unreadable&, const Unreadable&) = default;
};

using Content = std::variant<Event, Erased, Unreadable>;

struct Record {
    std::string id;
    std::string author;
    std::optional<std::uint64_t> seq;
    std::optional<Instant> stamp;
    Instant at = 0;
    std::optional<std::string> hold;
    bool lapsed = false;
    Content content;

    friend bool operator==(const Record&, const Record&) = default;
};

[[nodiscard]] bool comes_before(const Record& left, const Record& right);
[[nodiscard]] bool outranks(const Record& left, const Record& right);

/// The act of a readable record as `One`, or null.
template <typename One>
[[nodiscard]] const One* act_of(const Record& record) {
    const auto* event = std::get_if<Event>(&record.content);
    return event == nullptr ? nullptr : std::get_if<One>(&event->act);
}

}  // namespace seen::core
