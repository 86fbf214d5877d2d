#pragma once

/// A space is one ordered log with its members: a room has one member, a shared space two. Its key
/// is never here; an epoch carries it sealed to each device. seq counts 1, 2, 3 … within a space
/// and nowhere else. Source: spec/envelope.md §4, spec/protocol.md §2.

#include "seen/server/account.hpp"

#include <vector>

namespace seen::server {

enum class SpaceKind : std::uint8_t { Room = 1, Shared = 2 };

struct SealedKey {
    Fixed<16> to{};  ///< A device id, or an account id for a root.
    Bytes box;
    friend bool operator==(const SealedKey&, const SealedKey&) = default;
};

/// The newest device entry of a member when an epoch was made.
struct ListHead {
    AccountId account;
    Hash head{};
    friend bool operator==(const ListHead&, const ListHead&) = default;
};

struct Epoch {
    std::uint64_t n = 0;          ///< From 1.
    DeviceId device;              ///< Who made it.
    std::vector<ListHead> heads;  ///< One for every present member, in the order of joining.
    std::vector<SealedKey> sealed;
    Signature signature{};
    friend bool operator==(const Epoch&, const Epoch&) = default;
};

/// Where a space stands, as one of its members may know it.
struct SpaceStanding {
    SpaceKind kind = SpaceKind::Room;
    std::uint64_t head = 0;          ///< seq of the newest record; 0 when there is none.
    std::uint64_t bytes = 0;         ///< Sealed bytes kept, held ones included.
    std::uint64_t newest_epoch = 0;  ///< From 1.
};

struct NamedSpace {
    SpaceId space;
    SpaceKind kind = SpaceKind::Room;
};

struct Member {
    AccountId account;
    AccountKeys keys;
    std::vector<DeviceEntry> devices;  ///< Of one who has left: as they were then.
    bool left = false;
};

/// Everything that a member may read about a space.
struct Space {
    SpaceId space;
    SpaceKind kind = SpaceKind::Room;
    std::vector<Member> members;  ///< In the order of joining.
    std::vector<Epoch> epochs;
    std::uint64_t head = 0;
};

/// Whether the device with this key signed the epoch for this space.
[[nodiscard]] bool epoch_is_signed(const SpaceId& space, const Epoch& epoch, const PublicKey& sign);

}  // namespace seen::server
