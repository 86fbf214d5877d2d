#pragma once
/// An epoch: one fresh random key of a space, sealed to the devices that may read from now on.
///
///     n = 1, 2, 3 …, without gaps; begins at every removal and leaving, and yearly
///     heads: where each present member's device list stands; sealed: one box for each live device
///
/// Invariant: an epoch that `check_epoch` accepts is sealed to exactly the live devices, at its
/// heads, of the present members, and in one's own room to the owner's root as well; so whoever was
/// removed at these heads has no box. Heads never go back from one epoch to the next.
/// Source: spec/envelope.md §4.

#include "seen/vault/device_list.hpp"

#include <span>
#include <vector>

namespace seen::vault {

struct MemberHead {
    Id account{};
    Hash head{};

    friend bool operator==(const MemberHead&, const MemberHead&) = default;
};

struct SealedKey {
    /// A device id, or an account id for its root.
    Id to{};
    /// crypto_box_seal of the 32 bytes: 80 bytes.
    Fixed<80> box{};

    friend bool operator==(const SealedKey&, const SealedKey&) = default;
};

struct Epoch {
    std::uint64_t n = 0;
    /// The device that began it.
    Id device{};
    std::vector<MemberHead> heads;
    std::vector<SealedKey> sealed;
    Signature signature{};

    friend bool operator==(const Epoch&, const Epoch&) = default;
};

[[nodiscard]] Result<Epoch> read_epoch(const Json& json);
[[nodiscard]] OrderedJson write_epoch(const Epoch& epoch);

enum class SpaceKind : std::uint8_t { Room, Shared };

/// Where an epoch is to stand.
struct EpochPlace {
    Id space{};
    SpaceKind kind = SpaceKind::Shared;
    /// The checked lists of those who have not left, in the order of joining. Borrowed.
    std::span<const DeviceList> present;
    /// The epoch before; null for the first. Borrowed.
    const Epoch* before = nullptr;
};

[[nodiscard]] Result<void> check_epoch(const Epoch& epoch, const EpochPlace& place);

/// The next epoch of a space, at the newest heads. `device` begins it; the boxes draw from
/// `random`, 32 bytes each: devices in the order of members and adding, then the root of a room.
[[nodiscard]] Result<Epoch> make_epoch(const EpochPlace& place, const Key& key,
                                       const KeyPairs& device, const Random& random);

/// The key, for the device or root `to`. `CannotOpen` when there is no box for it, or it does not
/// open, or not to 32 bytes.
[[nodiscard]] Result<Key> open_epoch(const Epoch& epoch, const Id& to, const KeyPairs& keys);

}  // namespace seen::vault
