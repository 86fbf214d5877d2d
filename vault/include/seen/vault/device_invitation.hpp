#pragma once
/// A present device lets a new one of the same person in.
///
/// The steps and seals are those of invitation.hpp; what is told differs, and the transcript names
/// the account, its root, the head of its list and the new device's keys. Only after the person has
/// said "the same" on the present device, and the new one's confirm holds, does the present device
/// sign the entry and hand over the keys of the own room, sealed to the new device.
/// Invariant: the new device accepts only a list that begins with the one of the blob and holds,
/// with its own entry on it. Source: spec/envelope.md §8.

#include "seen/vault/invitation.hpp"

#include <map>

namespace seen::vault {

struct PresentTells {
    Id account{};
    PublicKeys root;
    std::vector<DeviceEntry> devices;
    Id device{};
    Hash commit{};
    PublicKey box{};
};

struct NewTells {
    PublicKeys device;
    Nonce nonce{};
    /// What the new device calls itself.
    std::optional<std::string> name;
};

struct Handover {
    Id room{};
    /// By number, from 1.
    std::map<std::uint64_t, Key> keys;
    DeviceEntry entry;
};

[[nodiscard]] Bytes seal_present(const InviteSecret& secret, const PresentTells& tells,
                                 const Random& random);
[[nodiscard]] Result<PresentTells> open_present(const InviteSecret& secret, View blob);
[[nodiscard]] Result<Bytes> seal_new(const InviteSecret& secret, const PublicKey& box,
                                     const NewTells& tells, const Random& random);
[[nodiscard]] Result<NewTells> open_new(const InviteSecret& secret, const BoxPair& box,
                                        View answer);

/// The list of the blob, checked; the present device must be live on it.
[[nodiscard]] Result<DeviceList> check_present(const PresentTells& told);
/// The list that the new device takes: begins with that of the blob, holds, and has it live.
[[nodiscard]] Result<DeviceList> check_grown(const PresentTells& told, std::vector<DeviceEntry> now,
                                             const PublicKeys& self);

[[nodiscard]] Hash device_transcript_of(const DeviceList& before, const PublicKeys& fresh,
                                        const Nonce& present_nonce, const Nonce& new_nonce);

/// The JSON library's own buffers hold the keys for a moment and are not wiped.
[[nodiscard]] Result<Bytes> seal_handover(const PublicKey& box, const Handover& handover,
                                          const Random& random);
[[nodiscard]] Result<Handover> open_handover(const KeyPairs& device, View sealed);

}  // namespace seen::vault
