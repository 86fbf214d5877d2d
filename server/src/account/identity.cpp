#include "seen/server/account.hpp"
#include "seen/server/space.hpp"
#include "wire/enc.hpp"

#include <algorithm>

namespace seen::server {

namespace {

Enc signed_entry(const AccountId& account, const DeviceEntry& entry) {
    Enc enc;
    enc.add("seen/1/device-entry").add(account).add_u64(entry.n).add(entry.prev);
    enc.add(entry.kind == EntryKind::Added ? "added" : "removed").add(entry.by);
    enc.add(View{entry.sign}).add(View{entry.box});
    return enc;
}

bool was_ever_added(const std::vector<DeviceEntry>& entries, const DeviceEntry& entry) {
    return std::ranges::any_of(
        entries, [id = device_id(entry)](const DeviceEntry& one) { return device_id(one) == id; });
}

/// The key by which the entry must be signed.
Result<PublicKey> signer_of(const AccountKeys& keys, const std::vector<DeviceEntry>& entries,
                            const DeviceEntry& entry) {
    if (!entry.by) return keys.root_sign;
    if (entry.kind == EntryKind::Removed) return refuse(Refusal::Unauthorized);
    const auto device = live_device(entries, *entry.by);
    if (!device) return refuse(Refusal::Unauthorized);
    return device->sign;
}

}  // namespace

AccountId account_id(const AccountKeys& keys) {
    Enc enc;
    enc.add("seen/1/account").add(View{keys.root_sign}).add(View{keys.root_box});
    return AccountId{enc.hash16()};
}

DeviceId device_id(const DeviceEntry& entry) {
    Enc enc;
    enc.add("seen/1/device").add(View{entry.sign}).add(View{entry.box});
    return DeviceId{enc.hash16()};
}

Hash entry_hash(const AccountId& account, const DeviceEntry& entry) {
    const Enc body = signed_entry(account, entry);
    Enc enc;
    enc.add("seen/1/device-hash").add(View{body.bytes()}).add(View{entry.signature});
    return enc.hash();
}

std::vector<DeviceEntry> live_devices(const std::vector<DeviceEntry>& entries) {
    std::vector<DeviceEntry> live;
    for (const DeviceEntry& entry : entries) {
        if (entry.kind == EntryKind::Added)
            live.push_back(entry);
        else
            std::erase_if(live, [id = device_id(entry)](const DeviceEntry& one) {
                return device_id(one) == id;
            });
    }
    return live;
}

std::optional<DeviceEntry> live_device(const std::vector<DeviceEntry>& entries,
                                       const DeviceId& device) {
    for (const DeviceEntry& entry : live_devices(entries))
        if (device_id(entry) == device) return entry;
    return std::nullopt;
}

Result<void> may_follow(const AccountKeys& keys, const std::vector<DeviceEntry>& entries,
                        const DeviceEntry& entry) {
    const AccountId account = account_id(keys);
    std::optional<Hash> head;
    if (!entries.empty()) head = entry_hash(account, entries.back());
    if (entry.n != entries.size() || entry.prev != head) return refuse(Refusal::StaleHead);
    const auto signer = signer_of(keys, entries, entry);
    if (!signer) return refuse(signer.error());
    if (!signed_entry(account, entry).is_signed(entry.signature, *signer))
        return refuse(Refusal::Unauthorized);
    if (entry.kind == EntryKind::Added) {
        if (was_ever_added(entries, entry)) return refuse(Refusal::BadRequest);
        return {};
    }
    if (!live_device(entries, device_id(entry)) || live_devices(entries).size() < 2)
        return refuse(Refusal::BadRequest);
    return {};
}

bool epoch_is_signed(const SpaceId& space, const Epoch& epoch, const PublicKey& sign) {
    Enc keys;
    for (const SealedKey& key : epoch.sealed) keys.add(View{key.to}).add(View{key.box});
    Enc heads;
    for (const ListHead& head : epoch.heads) heads.add(head.account).add(View{head.head});
    Enc enc;
    enc.add("seen/1/epoch").add(space).add_u64(epoch.n).add(epoch.device);
    enc.add(View{heads.bytes()}).add(View{keys.bytes()});
    return enc.is_signed(epoch.signature, sign);
}

}  // namespace seen::server
