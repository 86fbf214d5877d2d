#include "account/device_list.hpp"

#include "seen/server/limits.hpp"
#include "space/epochs.hpp"

#include <algorithm>

namespace seen::server {

namespace {

/// Whether this very change was made before.
Result<ChangedList> repeated(Storage& storage, const DeviceChange& change) {
    for (const SpaceEpoch& turn : change.epochs) {
        const auto epochs = storage.epochs(turn.space);
        if (std::ranges::find(epochs, turn.epoch) == epochs.end())
            return refuse(Refusal::Different);
    }
    return ChangedList{device_id(change.entry), false};
}

/// Each space of the account has exactly one epoch, and it is sound with the lists as they will be.
Result<void> check_epochs(Storage& storage, const AccountId& account,
                          const std::vector<DeviceEntry>& entries, const DeviceChange& change) {
    const auto spaces = storage.spaces_of(account);
    if (spaces.size() != change.epochs.size()) return refuse(Refusal::StaleEpoch);
    for (const NamedSpace& named : spaces) {
        const auto turn = std::ranges::find(change.epochs, named.space, &SpaceEpoch::space);
        if (turn == change.epochs.end()) return refuse(Refusal::StaleEpoch);
        const auto standing = storage.standing(named.space, account);
        if (!standing) throw StorageFailure("a member without a standing");
        EpochPlace place = epoch_place(storage, named.space, *standing);
        std::ranges::find(place.members, account, &Present::account)->devices = entries;
        if (!live_device(entries, turn->epoch.device)) return refuse(Refusal::BadRequest);
        if (const auto sound = sound_epoch(place, turn->epoch); !sound) return sound;
    }
    return {};
}

}  // namespace

Result<void> add_to_list(Storage& storage, const AccountId& account, const DeviceEntry& entry) {
    const auto keys = storage.account(account);
    if (!keys) return refuse(Refusal::NotFound);
    const auto entries = storage.devices(account);
    if (const auto follows = may_follow(*keys, entries, entry); !follows) return follows;
    if (entry.kind != EntryKind::Added) return refuse(Refusal::BadRequest);
    const auto added = std::ranges::count(entries, EntryKind::Added, &DeviceEntry::kind);
    if (static_cast<std::size_t>(added) >= limits::devices_per_account)
        return refuse(Refusal::Quota);
    storage.add_device(account, entry);
    return {};
}

Result<ChangedList> change_list(Storage& storage, const AccountId& account,
                                const DeviceChange& change) {
    const auto keys = storage.account(account);
    if (!keys) return refuse(Refusal::NotFound);
    auto entries = storage.devices(account);
    if (std::ranges::find(entries, change.entry) != entries.end()) return repeated(storage, change);
    // A device that a present device lets in comes through an invitation alone.
    if (change.entry.by) return refuse(Refusal::BadRequest);
    if (change.entry.kind == EntryKind::Added) {
        if (!change.epochs.empty()) return refuse(Refusal::BadRequest);
        if (const auto added = add_to_list(storage, account, change.entry); !added)
            return refuse(added.error());
        return ChangedList{device_id(change.entry), true};
    }
    if (const auto follows = may_follow(*keys, entries, change.entry); !follows)
        return refuse(follows.error());
    entries.push_back(change.entry);
    if (const auto sound = check_epochs(storage, account, entries, change); !sound)
        return refuse(sound.error());
    storage.add_device(account, change.entry);
    for (const SpaceEpoch& turn : change.epochs) storage.add_epoch(turn.space, turn.epoch);
    return ChangedList{device_id(change.entry), true};
}

}  // namespace seen::server
