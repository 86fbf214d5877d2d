#pragma once

/// The laws of the log, over plain storage. Each function runs inside one transaction and checks
/// everything before it writes anything, so that a refusal leaves no trace.
///
/// append() worked: durable at head 7 → seq 8. The first held record of two members → waits,
/// nothing to see. The second → both are released as seq 9 and 10, in the order of joining. The
/// same request again → the first answer. One that is of an older epoch, or has waited for seven
/// days, opens nothing until its author has replaced it. Where somebody has left, nothing is held
/// any more: OutOfTurn.

#include "seen/server/refusal.hpp"
#include "seen/server/storage.hpp"

namespace seen::server {

/// What the author is told (`seq` 0: only that it is kept), and whom it concerns besides.
struct Kept {
    std::uint64_t seq = 0;
    Moment stamp = 0;
    bool log_grew = false;
    std::vector<AccountId> held_changed;  ///< Whose own held records are now others than before.
};

struct TakenBack {
    std::uint64_t head = 0;
    bool changed = false;
};

/// Whether a held record has waited too long to open.
[[nodiscard]] bool has_lapsed(const Record& held, Moment now);
/// What an author holds, with what has lapsed by now marked so.
[[nodiscard]] std::vector<Record> held_at(Storage& storage, const SpaceId& space,
                                          const AccountId& author, Moment now);

[[nodiscard]] Result<Kept> append(Storage& storage, const SpaceId& space, const AccountId& author,
                                  const NewRecord& record, Moment now);
[[nodiscard]] Result<TakenBack> take_back(Storage& storage, const SpaceId& space,
                                          const HoldId& hold, const AccountId& author);

}  // namespace seen::server
