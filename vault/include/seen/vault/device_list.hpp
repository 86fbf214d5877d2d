#pragma once
/// The list of an account's devices: a chain of signed entries that only grows.
///
///     entry 0 ◀─ entry 1 ◀─ … ◀─ entry n      each names the hash of the one before it
///     added by the root, or by a device that is live; removed by the root alone
///
/// Invariant: a `DeviceList` has been checked whole, and names nobody that its root has not let in.
/// A prefix of a list is a list: `Place` counts its entries, and a head (the hash of the newest
/// entry) names a prefix. A device is live at a place when it has been added there and not removed.
/// Worked values: [added phone, tablet added by phone, phone removed] has the tablet live at 3,
/// both at 2; a fourth entry by the phone is `RemovedSigner`. Source: spec/envelope.md §3.

#include "seen/vault/bytes.hpp"
#include "seen/vault/fault.hpp"
#include "seen/vault/json.hpp"
#include "seen/vault/keys.hpp"

#include <optional>
#include <span>
#include <vector>

namespace seen::vault {

enum class EntryKind : std::uint8_t { Added, Removed };

struct DeviceEntry {
    std::uint64_t n = 0;
    /// Hash of the entry before; empty for the first.
    std::optional<Hash> prev;
    EntryKind kind = EntryKind::Added;
    /// Id of the device that signs; empty for the root.
    std::optional<Id> by;
    PublicKeys device;
    Signature signature{};

    friend bool operator==(const DeviceEntry&, const DeviceEntry&) = default;
};

/// `Shape` for anything that is no entry.
[[nodiscard]] Result<DeviceEntry> read_entry(const Json& json);
[[nodiscard]] Result<std::vector<DeviceEntry>> read_entries(const Json& json);
[[nodiscard]] OrderedJson write_entry(const DeviceEntry& entry);
[[nodiscard]] OrderedJson write_entries(std::span<const DeviceEntry> entries);

/// What the signature covers.
[[nodiscard]] Bytes entry_bytes(const Id& account, const DeviceEntry& entry);
[[nodiscard]] Hash entry_hash(const Id& account, const DeviceEntry& entry);

/// A person's keys and devices as a server or an invitation tells them. Nothing is checked yet.
struct ClaimedMember {
    Id account{};
    PublicKeys root;
    std::vector<DeviceEntry> devices;
};

/// `{"account","root_sign","root_box","devices":[…]}`; further fields are ignored.
[[nodiscard]] Result<ClaimedMember> read_member(const Json& json);

enum class Standing : std::uint8_t { Unknown, Live, Removed };

/// A number of entries, from the first on.
using Place = std::size_t;

struct Device {
    Id id{};
    PublicKeys keys;
    /// The place from which on it is listed, and that from which on it is removed.
    Place since = 0;
    std::optional<Place> until;
};

class DeviceList {
  public:
    /// Everything of envelope.md §3, the first fault by name. `known` is what was accepted before.
    [[nodiscard]] static Result<DeviceList> check(const ClaimedMember& claimed,
                                                  std::span<const DeviceEntry> known = {});

    [[nodiscard]] const Id& account() const { return account_; }
    [[nodiscard]] const PublicKeys& root() const { return root_; }
    [[nodiscard]] const std::vector<DeviceEntry>& entries() const { return entries_; }
    [[nodiscard]] const std::vector<Hash>& hashes() const { return hashes_; }
    /// Hash of the newest entry.
    [[nodiscard]] const Hash& head() const { return hashes_.back(); }
    [[nodiscard]] Place size() const { return entries_.size(); }

    /// How many entries the list had when this was its head; empty when it never was.
    [[nodiscard]] std::optional<Place> place_of(const Hash& head) const;
    /// Null when the device never stood on the list. Lives as long as the list.
    [[nodiscard]] const Device* find(const Id& device) const;
    [[nodiscard]] Standing standing(const Id& device, Place at) const;
    /// In the order in which they were added.
    [[nodiscard]] std::vector<Device> live(Place at) const;

    /// The next entry, signed by the root, or (added only) by a live device of the list.
    [[nodiscard]] DeviceEntry next_by_root(EntryKind kind, const PublicKeys& device,
                                           const KeyPairs& root) const;
    [[nodiscard]] DeviceEntry next_by_device(const PublicKeys& device,
                                             const KeyPairs& present) const;

  private:
    [[nodiscard]] Result<void> append(const DeviceEntry& entry);
    [[nodiscard]] Result<PublicKey> signer_of(const DeviceEntry& entry) const;
    [[nodiscard]] Result<void> admit(const DeviceEntry& entry);

    Id account_{};
    PublicKeys root_;
    std::vector<DeviceEntry> entries_;
    std::vector<Hash> hashes_;
    std::vector<Device> devices_;
};

/// The first entry of a new account.
[[nodiscard]] DeviceEntry first_entry(const PublicKeys& device, const KeyPairs& root);

}  // namespace seen::vault
