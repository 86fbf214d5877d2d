#include "epoch_blob.hpp"
#include "storage.hpp"

namespace seen::server {

std::optional<std::int64_t> SqliteStorage::number_if(const SpaceId& space) {
    constexpr std::size_t most_remembered = 10'000;
    const auto remembered = numbers_.find(space);
    if (remembered != numbers_.end()) return remembered->second;
    Rows rows = db_.query("SELECT number FROM spaces WHERE space = ?", space);
    if (!rows.next()) return std::nullopt;
    if (numbers_.size() >= most_remembered) numbers_.clear();
    numbers_[space] = rows.i64(0);
    return rows.i64(0);
}

std::int64_t SqliteStorage::number_of(const SpaceId& space) {
    const auto number = number_if(space);
    if (!number) throw StorageFailure("a space that was there is not there");
    return *number;
}

bool SqliteStorage::space_exists(const SpaceId& space) {
    return number_if(space).has_value();
}

void SqliteStorage::add_space(const SpaceId& space, SpaceKind kind,
                              const std::vector<AccountId>& members, const Epoch& epoch) {
    db_.run("INSERT INTO spaces(space, kind, epoch) VALUES(?, ?, ?)", space,
            static_cast<std::int64_t>(kind), epoch.n);
    const std::int64_t number = number_of(space);
    std::int64_t place = 0;
    for (const AccountId& member : members)
        db_.run("INSERT INTO members(space, account, place) VALUES(?, ?, ?)", number, member,
                ++place);
    insert_epoch(number, epoch);
}

void SqliteStorage::add_epoch(const SpaceId& space, const Epoch& epoch) {
    const std::int64_t number = number_of(space);
    insert_epoch(number, epoch);
    db_.run("UPDATE spaces SET epoch = ? WHERE number = ?", epoch.n, number);
}

void SqliteStorage::insert_epoch(std::int64_t number, const Epoch& epoch) {
    db_.run(
        "INSERT INTO epochs(space, n, device, heads, sealed, signature) VALUES(?, ?, ?, ?, ?, ?)",
        number, epoch.n, epoch.device, View{heads_to_blob(epoch.heads)},
        View{sealed_keys_to_blob(epoch.sealed)}, View{epoch.signature});
}

std::optional<SpaceStanding> SqliteStorage::standing(const SpaceId& space,
                                                     const AccountId& member) {
    Rows rows = db_.query(
        "SELECT s.kind, s.head, s.bytes, s.epoch FROM spaces s "
        "JOIN members m ON m.space = s.number AND m.account = ? AND m.left_at IS NULL WHERE "
        "s.space = ?",
        member, space);
    if (!rows.next()) return std::nullopt;
    return SpaceStanding{static_cast<SpaceKind>(rows.i64(0)), rows.u64(1), rows.u64(2),
                         rows.u64(3)};
}

std::vector<AccountId> SqliteStorage::members(const SpaceId& space) {
    std::vector<AccountId> members;
    Rows rows = db_.query(
        "SELECT m.account FROM members m JOIN spaces s ON s.number = m.space "
        "WHERE s.space = ? AND m.left_at IS NULL ORDER BY m.place",
        space);
    while (rows.next()) members.push_back(rows.id<AccountId>(0));
    return members;
}

std::vector<Epoch> SqliteStorage::epochs(const SpaceId& space) {
    std::vector<Epoch> epochs;
    Rows rows = db_.query(
        "SELECT e.n, e.device, e.heads, e.sealed, e.signature FROM epochs e "
        "JOIN spaces s ON s.number = e.space WHERE s.space = ? ORDER BY e.n",
        space);
    while (rows.next()) {
        epochs.push_back({.n = rows.u64(0),
                          .device = rows.id<DeviceId>(1),
                          .heads = heads_from_blob(rows.bytes(2)),
                          .sealed = sealed_keys_from_blob(rows.bytes(3)),
                          .signature = rows.fixed<64>(4)});
    }
    return epochs;
}

}  // namespace seen::server
