#pragma once

/// What an epoch must be before it is kept (spec/envelope.md §4): pure checks over the lists of the
/// present members.
///
/// Refusals: StaleEpoch when n is not the next, StaleHead when the heads are not those of the
/// present members in the order of joining, BadRequest when the key is sealed to anybody else than
/// exactly their live devices (in a room to the root as well) or the maker is none of them,
/// Unauthorized when it is not signed by its maker.

#include "seen/server/storage.hpp"

namespace seen::server {

/// A present member with its device list as it is, or is about to be.
struct Present {
    AccountId account;
    std::vector<DeviceEntry> devices;
};

/// Where an epoch would begin.
struct EpochPlace {
    SpaceId space;
    SpaceKind kind = SpaceKind::Room;
    std::vector<Present> members;  ///< In the order of joining.
    std::uint64_t newest = 0;      ///< 0: this is the first.
};

[[nodiscard]] Result<void> sound_epoch(const EpochPlace& place, const Epoch& epoch);

/// The place as it is in the storage. `standing` is that of one of its members.
[[nodiscard]] EpochPlace epoch_place(Storage& storage, const SpaceId& space,
                                     const SpaceStanding& standing);

}  // namespace seen::server
