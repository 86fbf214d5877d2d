#include "storage.hpp"

namespace seen::server {

namespace {

Record held_in(const Rows& rows) {
    return Record{.seq = 0,
                  .stamp = rows.i64(0),
                  .id = rows.id<RecordId>(1),
                  .author = rows.id<AccountId>(2),
                  .device = rows.id<DeviceId>(3),
                  .epoch = rows.u64(4),
                  .kind = RecordClass::Held,
                  .hold = rows.id<HoldId>(5),
                  .prev = std::nullopt,
                  .sealed = rows.bytes(6),
                  .lapsed = rows.i64(7) != 0};
}

std::vector<Record> all_held(Rows rows) {
    std::vector<Record> held;
    while (rows.next()) held.push_back(held_in(rows));
    return held;
}

}  // namespace

std::vector<Record> SqliteStorage::held_by(const SpaceId& space, const AccountId& author) {
    return all_held(
        db_.query("SELECT stamp, id, author, device, epoch, hold, sealed, lapsed FROM held "
                  "WHERE space = (SELECT number FROM spaces WHERE space = ?) AND author = ? "
                  "ORDER BY number",
                  space, author));
}

std::vector<Record> SqliteStorage::held_under(const SpaceId& space, const HoldId& hold) {
    return all_held(
        db_.query("SELECT stamp, id, author, device, epoch, hold, sealed, lapsed FROM held "
                  "WHERE space = (SELECT number FROM spaces WHERE space = ?) AND hold = ?",
                  space, hold));
}

void SqliteStorage::put_held(const SpaceId& space, const Record& record) {
    drop_held(space, *record.hold, record.author);
    const std::int64_t number = number_of(space);
    const View sealed{*record.sealed};
    db_.run(
        "INSERT INTO held(space, hold, author, id, stamp, device, epoch, sealed) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        number, record.hold, record.author, record.id, record.stamp, record.device, record.epoch,
        sealed);
    db_.run("UPDATE spaces SET bytes = bytes + ? WHERE number = ?",
            static_cast<std::uint64_t>(sealed.size()), number);
}

void SqliteStorage::drop_held(const SpaceId& space, const HoldId& hold, const AccountId& author) {
    const std::int64_t number = number_of(space);
    db_.run(
        "UPDATE spaces SET bytes = bytes - coalesce((SELECT length(sealed) FROM held "
        "WHERE space = spaces.number AND hold = ? AND author = ?), 0) WHERE number = ?",
        hold, author, number);
    db_.run("DELETE FROM held WHERE space = ? AND hold = ? AND author = ?", number, hold, author);
    if (db_.changes() > 0) erased_ = true;
}

std::optional<Hold> SqliteStorage::hold(const SpaceId& space, const HoldId& hold) {
    Rows rows = db_.query(
        "SELECT members, released FROM holds "
        "WHERE space = (SELECT number FROM spaces WHERE space = ?) AND hold = ?",
        space, hold);
    if (!rows.next()) return std::nullopt;
    Hold state{{}, rows.i64(1) != 0};
    const Bytes members = rows.bytes(0);
    for (std::size_t at = 0; at + 16 <= members.size(); at += 16) {
        AccountId member;
        std::memcpy(member.bytes.data(), members.data() + at, 16);
        state.members.push_back(member);
    }
    return state;
}

void SqliteStorage::put_hold(const SpaceId& space, const HoldId& hold, const Hold& state) {
    Bytes members;
    for (const AccountId& member : state.members)
        members.insert(members.end(), member.bytes.begin(), member.bytes.end());
    db_.run("INSERT OR REPLACE INTO holds(space, hold, members, released) VALUES(?, ?, ?, ?)",
            number_of(space), hold, View{members}, std::int64_t{state.released ? 1 : 0});
}

void SqliteStorage::drop_hold(const SpaceId& space, const HoldId& hold) {
    db_.run("DELETE FROM holds WHERE space = ? AND hold = ?", number_of(space), hold);
}

void SqliteStorage::drop_all_held(const SpaceId& space) {
    const std::int64_t number = number_of(space);
    db_.run(
        "UPDATE spaces SET bytes = bytes - coalesce((SELECT sum(length(sealed)) FROM held "
        "WHERE space = spaces.number), 0) WHERE number = ?",
        number);
    db_.run("DELETE FROM held WHERE space = ?", number);
    if (db_.changes() > 0) erased_ = true;
    db_.run("DELETE FROM holds WHERE space = ?", number);
}

std::vector<HeldBy> SqliteStorage::not_marked_lapsed(Moment until) {
    std::vector<HeldBy> waiting;
    Rows rows = db_.query(
        "SELECT DISTINCT s.space, h.author FROM held h JOIN spaces s ON s.number = h.space "
        "WHERE h.lapsed = 0 AND h.stamp <= ?",
        until);
    while (rows.next()) waiting.push_back({rows.id<SpaceId>(0), rows.id<AccountId>(1)});
    return waiting;
}

void SqliteStorage::mark_lapsed(Moment until) {
    db_.run("UPDATE held SET lapsed = 1 WHERE lapsed = 0 AND stamp <= ?", until);
}

}  // namespace seen::server
