#include "seen/vault/device_list.hpp"

#include <algorithm>

namespace seen::vault {

namespace {

bool begins_with(std::span<const DeviceEntry> list, std::span<const DeviceEntry> known) {
    return list.size() >= known.size() && std::ranges::equal(list.first(known.size()), known);
}

DeviceEntry signed_entry(const Id& account, DeviceEntry entry, const Secret<64>& sign_secret) {
    entry.signature = sign(entry_bytes(account, entry), sign_secret);
    return entry;
}

bool is_live(const Device& device, Place at) {
    return device.since <= at && (!device.until || *device.until > at);
}

}  // namespace

Result<DeviceList> DeviceList::check(const ClaimedMember& claimed,
                                     std::span<const DeviceEntry> known) {
    if (claimed.devices.empty()) return refuse(Fault::Shape);
    if (account_id(claimed.root) != claimed.account) return refuse(Fault::AccountId);
    DeviceList list;
    list.account_ = claimed.account;
    list.root_ = claimed.root;
    for (const auto& entry : claimed.devices)
        if (const auto taken = list.append(entry); !taken) return refuse(taken.error());
    if (!begins_with(list.entries_, known)) return refuse(Fault::Rewritten);
    return list;
}

Result<void> DeviceList::append(const DeviceEntry& entry) {
    if (entry.n != entries_.size()) return refuse(Fault::Numbering);
    const auto before = hashes_.empty() ? std::nullopt : std::optional(hashes_.back());
    if (entry.prev != before) return refuse(Fault::Prev);
    const auto signer = signer_of(entry);
    if (!signer) return refuse(signer.error());
    if (!signature_holds(entry.signature, entry_bytes(account_, entry), *signer))
        return refuse(Fault::BadSignature);
    if (const auto admitted = admit(entry); !admitted) return admitted;
    entries_.push_back(entry);
    hashes_.push_back(entry_hash(account_, entry));
    return {};
}

Result<PublicKey> DeviceList::signer_of(const DeviceEntry& entry) const {
    const bool removes = entry.kind == EntryKind::Removed;
    if (entries_.empty() && (entry.by || removes)) return refuse(Fault::First);
    if (!entry.by) return root_.sign;
    if (removes) return refuse(Fault::RemovedByDevice);
    const Device* signer = find(*entry.by);
    if (signer == nullptr) return refuse(Fault::UnknownSigner);
    if (signer->until) return refuse(Fault::RemovedSigner);
    return signer->keys.sign;
}

Result<void> DeviceList::admit(const DeviceEntry& entry) {
    const Id id = device_id(entry.device);
    const Place here = entries_.size() + 1;
    const auto known = std::ranges::find(devices_, id, &Device::id);
    if (entry.kind == EntryKind::Added) {
        if (known != devices_.end()) return refuse(Fault::AddedTwice);
        devices_.push_back({.id = id, .keys = entry.device, .since = here, .until = {}});
        return {};
    }
    if (known == devices_.end() || known->until) return refuse(Fault::UnknownDevice);
    const auto lives = std::ranges::count_if(devices_, [](const auto& one) { return !one.until; });
    if (lives == 1) return refuse(Fault::NoneLeft);
    known->until = here;
    return {};
}

std::optional<Place> DeviceList::place_of(const Hash& head) const {
    const auto found = std::ranges::find(hashes_, head);
    if (found == hashes_.end()) return std::nullopt;
    return static_cast<Place>(found - hashes_.begin()) + 1;
}

const Device* DeviceList::find(const Id& device) const {
    const auto found = std::ranges::find(devices_, device, &Device::id);
    return found == devices_.end() ? nullptr : &*found;
}

Standing DeviceList::standing(const Id& device, Place at) const {
    const Device* found = find(device);
    if (found == nullptr || found->since > at) return Standing::Unknown;
    return is_live(*found, at) ? Standing::Live : Standing::Removed;
}

std::vector<Device> DeviceList::live(Place at) const {
    std::vector<Device> devices;
    std::ranges::copy_if(devices_, std::back_inserter(devices),
                         [at](const Device& device) { return is_live(device, at); });
    return devices;
}

DeviceEntry DeviceList::next_by_root(EntryKind kind, const PublicKeys& device,
                                     const KeyPairs& root) const {
    const DeviceEntry entry{.n = entries_.size(),
                            .prev = head(),
                            .kind = kind,
                            .by = {},
                            .device = device,
                            .signature = {}};
    return signed_entry(account_, entry, root.sign_secret);
}

DeviceEntry DeviceList::next_by_device(const PublicKeys& device, const KeyPairs& present) const {
    const DeviceEntry entry{.n = entries_.size(),
                            .prev = head(),
                            .kind = EntryKind::Added,
                            .by = device_id(present.keys),
                            .device = device,
                            .signature = {}};
    return signed_entry(account_, entry, present.sign_secret);
}

DeviceEntry first_entry(const PublicKeys& device, const KeyPairs& root) {
    const DeviceEntry entry{
        .n = 0, .prev = {}, .kind = EntryKind::Added, .by = {}, .device = device, .signature = {}};
    return signed_entry(account_id(root.keys), entry, root.sign_secret);
}

}  // namespace seen::vault
