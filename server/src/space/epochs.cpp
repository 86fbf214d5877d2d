#include "space/epochs.hpp"

#include <algorithm>

namespace seen::server {

namespace {

std::vector<ListHead> heads_of(const EpochPlace& place) {
    std::vector<ListHead> heads;
    heads.reserve(place.members.size());
    for (const Present& member : place.members)
        heads.push_back({member.account, entry_hash(member.account, member.devices.back())});
    return heads;
}

std::vector<Fixed<16>> recipients_of(const EpochPlace& place) {
    std::vector<Fixed<16>> recipients;
    for (const Present& member : place.members) {
        for (const DeviceEntry& device : live_devices(member.devices))
            recipients.push_back(device_id(device).bytes);
        if (place.kind == SpaceKind::Room) recipients.push_back(member.account.bytes);
    }
    std::ranges::sort(recipients);
    return recipients;
}

bool is_sealed_to(const Epoch& epoch, const std::vector<Fixed<16>>& recipients) {
    std::vector<Fixed<16>> named;
    named.reserve(epoch.sealed.size());
    for (const SealedKey& key : epoch.sealed) named.push_back(key.to);
    std::ranges::sort(named);
    return named == recipients;
}

std::optional<PublicKey> key_of(const EpochPlace& place, const DeviceId& maker) {
    for (const Present& member : place.members)
        if (const auto device = live_device(member.devices, maker)) return device->sign;
    return std::nullopt;
}

}  // namespace

Result<void> sound_epoch(const EpochPlace& place, const Epoch& epoch) {
    if (epoch.n != place.newest + 1) return refuse(Refusal::StaleEpoch);
    if (epoch.heads != heads_of(place)) return refuse(Refusal::StaleHead);
    if (!is_sealed_to(epoch, recipients_of(place))) return refuse(Refusal::BadRequest);
    const auto key = key_of(place, epoch.device);
    if (!key) return refuse(Refusal::BadRequest);
    if (!epoch_is_signed(place.space, epoch, *key)) return refuse(Refusal::Unauthorized);
    return {};
}

EpochPlace epoch_place(Storage& storage, const SpaceId& space, const SpaceStanding& standing) {
    EpochPlace place{space, standing.kind, {}, standing.newest_epoch};
    for (const AccountId& member : storage.members(space)) {
        place.members.push_back({member, storage.devices(member)});
        if (place.members.back().devices.empty()) throw StorageFailure("a member without a device");
    }
    return place;
}

}  // namespace seen::server
