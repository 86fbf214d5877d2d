#pragma once

/// Leaving a space, as a law over plain storage: one transaction (spec/protocol.md §3, 11b).
///
/// What anybody holds there is deleted and never released; with `erase` the sealed bytes of all
/// records by the leaver go as well. From then on the space is unknown to the leaver; who stays
/// keeps the leaver's device list as it was. When nobody is left, all that was in the space goes,
/// and only that each of them has left stays known. Leaving again is the same answer, and may still
/// erase. NotFound to a stranger; OutOfTurn in one's own room.

#include "seen/server/storage.hpp"

namespace seen::server {

struct Left {
    bool fresh = false;            ///< Not only repeated.
    std::uint64_t epoch = 0;       ///< The newest one; it goes on until the next begins.
    std::vector<AccountId> stays;  ///< In the order of joining.
};

[[nodiscard]] Result<Left> leave(Storage& storage, const SpaceId& space, const AccountId& account,
                                 bool erase, Moment now);

}  // namespace seen::server
