#pragma once

/// The law of changing a device list, over plain storage: one transaction, and a refusal leaves no
/// trace.
///
/// An added device comes alone. A removed one comes with the next epoch of every space in which the
/// account is present, made by a device that remains, so that nothing is ever sealed to it again:
/// StaleEpoch when a space is missing or has moved on, StaleHead when somebody's list has. The same
/// change again is the first answer; the same entry with other epochs is Different.
/// Source: spec/protocol.md §1.

#include "seen/server/storage.hpp"

namespace seen::server {

struct SpaceEpoch {
    SpaceId space;
    Epoch epoch;
};

struct DeviceChange {
    DeviceEntry entry;
    std::vector<SpaceEpoch> epochs;  ///< Empty when a device is added.
};

struct ChangedList {
    DeviceId device;
    bool fresh = false;  ///< Not only repeated.
};

[[nodiscard]] Result<ChangedList> change_list(Storage& storage, const AccountId& account,
                                              const DeviceChange& change);

/// An added entry, whoever signs it. Quota when the account has had as many devices as it may.
[[nodiscard]] Result<void> add_to_list(Storage& storage, const AccountId& account,
                                       const DeviceEntry& entry);

}  // namespace seen::server
