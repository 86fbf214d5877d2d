#pragma once

/// An account is two public keys and a list of devices; nothing in it names a person.
///
///     account id = H16("account", root sign, root box)        device id = H16("device", sign, box)
///
/// Invariant: entries count n = 0, 1, 2 … without gaps and each names the hash of the one before.
/// Entry 0 adds a device and is signed by the root; later ones add a device, signed by the root or
/// by a live device, or remove one, signed by the root alone, so that a thief cannot remove the
/// owner. A device is added at most once, ever, and one live device always remains. A live device
/// has been added and not removed. The server checks this on the way in; whoever receives a list
/// checks it again.
///
/// Worked: [added a by root, added b by a, removed a by root] → live are [b]; "removed b" is
/// refused now, and so is "added a", or anything that a signs. Source: spec/envelope.md §2, §3.

#include "seen/server/bytes.hpp"
#include "seen/server/refusal.hpp"

namespace seen::server {

struct AccountKeys {
    PublicKey root_sign{};
    PublicKey root_box{};
    friend bool operator==(const AccountKeys&, const AccountKeys&) = default;
};

enum class EntryKind : std::uint8_t { Added = 1, Removed = 2 };

struct DeviceEntry {
    std::uint64_t n = 0;
    std::optional<Hash> prev;  ///< Empty exactly when n is 0.
    EntryKind kind = EntryKind::Added;
    std::optional<DeviceId> by;  ///< Who signs; empty for the root.
    PublicKey sign{};
    PublicKey box{};
    Signature signature{};
    friend bool operator==(const DeviceEntry&, const DeviceEntry&) = default;
};

[[nodiscard]] AccountId account_id(const AccountKeys& keys);
[[nodiscard]] DeviceId device_id(const DeviceEntry& entry);
[[nodiscard]] Hash entry_hash(const AccountId& account, const DeviceEntry& entry);

/// The entries that added the live devices of a checked list, in its order.
[[nodiscard]] std::vector<DeviceEntry> live_devices(const std::vector<DeviceEntry>& entries);
/// Nothing when the device is not live.
[[nodiscard]] std::optional<DeviceEntry> live_device(const std::vector<DeviceEntry>& entries,
                                                     const DeviceId& device);
/// Whether the entry may stand next on a checked list (empty: it is the first). StaleHead when it
/// does not follow the last one, Unauthorized when it is not signed as it says or signed by someone
/// who may not, BadRequest when it adds or removes what it may not.
[[nodiscard]] Result<void> may_follow(const AccountKeys& keys,
                                      const std::vector<DeviceEntry>& entries,
                                      const DeviceEntry& entry);

}  // namespace seen::server
