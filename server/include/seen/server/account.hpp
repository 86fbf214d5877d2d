#pragma once

/// An account is two public keys and a list of devices; nothing in it names a person.
///
///     account id = H16("account", root sign, root box)        device id = H16("device", sign, box)
///
/// Invariant: entries count n = 0, 1, 2 … without gaps, each names the hash of the one before, each
/// is signed by the root. The server checks this on the way in; whoever receives a list checks it
/// again. Source: spec/envelope.md §2, §3.

#include "seen/server/bytes.hpp"
#include "seen/server/refusal.hpp"

namespace seen::server {

struct AccountKeys {
    PublicKey root_sign{};
    PublicKey root_box{};
    friend bool operator==(const AccountKeys&, const AccountKeys&) = default;
};

struct DeviceEntry {
    std::uint64_t n = 0;
    std::optional<Hash> prev;  ///< Empty exactly when n is 0.
    PublicKey sign{};
    PublicKey box{};
    Signature signature{};
    friend bool operator==(const DeviceEntry&, const DeviceEntry&) = default;
};

[[nodiscard]] AccountId account_id(const AccountKeys& keys);
[[nodiscard]] DeviceId device_id(const DeviceEntry& entry);
[[nodiscard]] Hash entry_hash(const AccountId& account, const DeviceEntry& entry);
/// Whether the root signed this entry for this account.
[[nodiscard]] bool entry_is_signed(const AccountKeys& keys, const DeviceEntry& entry);

}  // namespace seen::server
