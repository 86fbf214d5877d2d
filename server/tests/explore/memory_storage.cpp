#include "explore/memory_storage.hpp"

#include <algorithm>

namespace seen::server::test {

namespace {

template <class Map, class Key>
auto found_in(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

std::uint64_t bytes_of(const std::vector<Record>& records) {
    std::uint64_t bytes = 0;
    for (const Record& record : records) bytes += record.sealed ? record.sealed->size() : 0;
    return bytes;
}

}  // namespace

MemoryStorage::Kept& MemoryStorage::at(const SpaceId& space) {
    const auto found = content_.spaces.find(space);
    if (found == content_.spaces.end()) throw StorageFailure("no such space");
    return found->second;
}

std::optional<AccountKeys> MemoryStorage::account(const AccountId& account) {
    return found_in(content_.accounts, account);
}

void MemoryStorage::add_account(const AccountId& account, const AccountKeys& keys, Moment /*now*/) {
    if (!content_.accounts.emplace(account, keys).second) throw StorageFailure("there already");
}

std::vector<DeviceEntry> MemoryStorage::devices(const AccountId& account) {
    return found_in(content_.devices, account).value_or(std::vector<DeviceEntry>{});
}

void MemoryStorage::add_device(const AccountId& account, const DeviceEntry& entry) {
    content_.devices[account].push_back(entry);
}

std::vector<NamedSpace> MemoryStorage::spaces_of(const AccountId& account) {
    std::vector<NamedSpace> spaces;
    for (const auto& [id, space] : content_.spaces)
        for (const Member& member : space.members)
            if (member.account == account && !member.left) spaces.push_back({id, space.kind});
    return spaces;
}

void MemoryStorage::remove_account(const AccountId& account) {
    content_.accounts.erase(account);
    content_.devices.erase(account);
    for (auto& [id, space] : content_.spaces) {
        const bool others = std::ranges::any_of(space.members, [&](const Member& member) {
            return !member.left && member.account != account;
        });
        if (!others)
            std::erase_if(space.members,
                          [&](const Member& member) { return member.account == account; });
    }
    std::erase_if(content_.spaces, [](const auto& entry) { return entry.second.members.empty(); });
}

void MemoryStorage::add_space(const SpaceId& space, SpaceKind kind,
                              const std::vector<AccountId>& members, const Epoch& epoch) {
    Kept kept{.kind = kind,
              .members = {},
              .epochs = {epoch},
              .log = {},
              .known = {},
              .held = {},
              .holds = {}};
    for (const AccountId& member : members)
        kept.members.push_back({.account = member, .keys = {}, .devices = {}, .left = false});
    content_.spaces.emplace(space, std::move(kept));
}

std::optional<SpaceStanding> MemoryStorage::standing(const SpaceId& space,
                                                     const AccountId& member) {
    if (!space_exists(space)) return std::nullopt;
    const auto present = members(space);
    if (std::ranges::find(present, member) == present.end()) return std::nullopt;
    const Kept& kept = at(space);
    return SpaceStanding{.kind = kept.kind,
                         .head = kept.log.size(),
                         .bytes = bytes_of(kept.log) + bytes_of(kept.held),
                         .newest_epoch = kept.epochs.back().n};
}

std::vector<AccountId> MemoryStorage::members(const SpaceId& space) {
    std::vector<AccountId> present;
    for (const Member& member : at(space).members)
        if (!member.left) present.push_back(member.account);
    return present;
}

void MemoryStorage::add_epoch(const SpaceId& space, const Epoch& epoch) {
    at(space).epochs.push_back(epoch);
}

std::vector<Member> MemoryStorage::everyone(const SpaceId& space) {
    auto all = at(space).members;
    for (Member& member : all) {
        if (member.left) continue;
        member.keys = account(member.account).value_or(AccountKeys{});
        member.devices = devices(member.account);
    }
    return all;
}

bool MemoryStorage::has_left(const SpaceId& space, const AccountId& account) {
    if (!space_exists(space)) return false;
    return std::ranges::any_of(at(space).members, [&](const Member& member) {
        return member.left && member.account == account;
    });
}

std::vector<SpaceId> MemoryStorage::spaces_left_by(const AccountId& account) {
    std::vector<SpaceId> spaces;
    for (const auto& [id, space] : content_.spaces)
        if (has_left(id, account)) spaces.push_back(id);
    return spaces;
}

void MemoryStorage::mark_left(const SpaceId& space, const AccountId& account, Moment /*now*/) {
    for (Member& member : at(space).members)
        if (member.account == account)
            member = {.account = account,
                      .keys = this->account(account).value_or(AccountKeys{}),
                      .devices = devices(account),
                      .left = true};
}

void MemoryStorage::erase_all_by(const SpaceId& space, const AccountId& account) {
    for (Record& record : at(space).log)
        if (record.author == account) record.sealed.reset();
}

void MemoryStorage::empty_space(const SpaceId& space) {
    Kept& kept = at(space);
    for (Member& member : kept.members) member.devices.clear();
    kept.epochs.clear();
    kept.log.clear();
    kept.known.clear();
    drop_all_held(space);
}

std::optional<KnownRecord> MemoryStorage::known(const SpaceId& space, const RecordId& id) {
    return space_exists(space) ? found_in(at(space).known, id) : std::nullopt;
}

void MemoryStorage::remember(const SpaceId& space, const RecordId& id, const KnownRecord& known) {
    at(space).known[id] = known;
}

void MemoryStorage::add_record(const SpaceId& space, const Record& record) {
    at(space).log.push_back(record);
}

void MemoryStorage::erase_sealed(const SpaceId& space, std::uint64_t seq) {
    at(space).log.at(seq - 1).sealed.reset();
}

RecordPage MemoryStorage::records(const SpaceId& space, std::uint64_t after, std::size_t limit,
                                  std::size_t bytes) {
    if (!space_exists(space)) return {};
    const auto& log = at(space).log;
    RecordPage page{{}, log.size()};
    std::size_t taken = 0;
    for (std::uint64_t seq = after; seq < log.size(); ++seq) {
        const bool full = page.records.size() >= limit || taken > bytes;
        const bool together =
            !page.records.empty() && log[seq].hold && page.records.back().hold == log[seq].hold;
        if (full && !page.records.empty() && !together) break;
        taken += log[seq].sealed ? log[seq].sealed->size() : 0;
        page.records.push_back(log[seq]);
    }
    return page;
}

std::vector<Record> MemoryStorage::held_by(const SpaceId& space, const AccountId& author) {
    auto held = at(space).held;
    std::erase_if(held, [&](const Record& record) { return record.author != author; });
    return held;
}

std::vector<Record> MemoryStorage::held_under(const SpaceId& space, const HoldId& hold) {
    auto held = at(space).held;
    std::erase_if(held, [&](const Record& record) { return record.hold != hold; });
    return held;
}

void MemoryStorage::put_held(const SpaceId& space, const Record& record) {
    drop_held(space, *record.hold, record.author);
    at(space).held.push_back(record);
}

void MemoryStorage::drop_held(const SpaceId& space, const HoldId& hold, const AccountId& author) {
    std::erase_if(at(space).held, [&](const Record& record) {
        return record.hold == hold && record.author == author;
    });
}

std::optional<Hold> MemoryStorage::hold(const SpaceId& space, const HoldId& hold) {
    return found_in(at(space).holds, hold);
}

void MemoryStorage::put_hold(const SpaceId& space, const HoldId& hold, const Hold& state) {
    at(space).holds[hold] = state;
}

void MemoryStorage::drop_hold(const SpaceId& space, const HoldId& hold) {
    at(space).holds.erase(hold);
}

void MemoryStorage::drop_all_held(const SpaceId& space) {
    at(space).held.clear();
    at(space).holds.clear();
}

std::vector<HeldBy> MemoryStorage::not_marked_lapsed(Moment until) {
    std::vector<HeldBy> due;
    for (const auto& [id, space] : content_.spaces)
        for (const Record& record : space.held)
            if (!record.lapsed && record.stamp <= until) due.push_back({id, record.author});
    return due;
}

void MemoryStorage::mark_lapsed(Moment until) {
    for (auto& [id, space] : content_.spaces)
        for (Record& record : space.held)
            if (record.stamp <= until) record.lapsed = true;
}

std::optional<Invitation> MemoryStorage::invitation(const Lookup& lookup) {
    return found_in(content_.invitations, lookup);
}

void MemoryStorage::put_invitation(const Invitation& invitation) {
    content_.invitations[invitation.lookup] = invitation;
}

std::optional<Invitation> MemoryStorage::invitation_with_code(const Lookup& code, Moment now) {
    for (const auto& [lookup, one] : content_.invitations)
        if (one.code == code && one.stage < Stage::Joined && one.expires > now) return one;
    return std::nullopt;
}

std::vector<Invitation> MemoryStorage::invitations_of(const AccountId& account) {
    std::vector<Invitation> all;
    for (const auto& [lookup, one] : content_.invitations)
        if (one.inviter == account || one.invitee == account) all.push_back(one);
    return all;
}

std::vector<Moment> MemoryStorage::open_invitations(const AccountId& inviter, Moment now) {
    std::vector<Moment> expiries;
    for (const auto& [lookup, one] : content_.invitations)
        if (one.inviter == inviter && one.stage < Stage::Joined && one.expires > now)
            expiries.push_back(one.expires);
    std::ranges::sort(expiries);
    return expiries;
}

void MemoryStorage::forget_invitations(Moment moment) {
    std::erase_if(content_.invitations,
                  [&](const auto& entry) { return entry.second.expires < moment; });
}

}  // namespace seen::server::test
