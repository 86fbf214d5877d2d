#include "storage.hpp"

namespace seen::server {

namespace {

/// Where the records of a space begin; those of the next number begin where they end.
std::int64_t first_place(std::int64_t number) {
    return number << 32;
}

}  // namespace

std::vector<Member> SqliteStorage::everyone(const SpaceId& space) {
    std::vector<Member> members;
    const auto number = number_if(space);
    if (!number) return members;
    {
        Rows rows = db_.query(
            "SELECT m.account, m.left_at IS NOT NULL, coalesce(m.root_sign, a.root_sign), "
            "coalesce(m.root_box, a.root_box) FROM members m "
            "LEFT JOIN accounts a ON a.account = m.account WHERE m.space = ? ORDER BY m.place",
            *number);
        while (rows.next())
            members.push_back({.account = rows.id<AccountId>(0),
                               .keys = {rows.fixed<32>(2), rows.fixed<32>(3)},
                               .devices = {},
                               .left = rows.i64(1) != 0});
    }
    for (Member& member : members) {
        if (!member.left) {
            member.devices = devices(member.account);
            continue;
        }
        Rows rows = db_.query(
            "SELECT n, prev, kind, by, sign, box, signature FROM devices_at_leaving "
            "WHERE space = ? AND account = ? ORDER BY n",
            *number, member.account);
        while (rows.next()) member.devices.push_back(entry_in(rows));
    }
    return members;
}

bool SqliteStorage::has_left(const SpaceId& space, const AccountId& account) {
    Rows rows = db_.query(
        "SELECT 1 FROM members m JOIN spaces s ON s.number = m.space "
        "WHERE s.space = ? AND m.account = ? AND m.left_at IS NOT NULL",
        space, account);
    return rows.next();
}

std::vector<SpaceId> SqliteStorage::spaces_left_by(const AccountId& account) {
    std::vector<SpaceId> spaces;
    Rows rows = db_.query(
        "SELECT s.space FROM members m JOIN spaces s ON s.number = m.space "
        "WHERE m.account = ? AND m.left_at IS NOT NULL ORDER BY s.number",
        account);
    while (rows.next()) spaces.push_back(rows.id<SpaceId>(0));
    return spaces;
}

void SqliteStorage::mark_left(const SpaceId& space, const AccountId& account, Moment now) {
    const std::int64_t number = number_of(space);
    db_.run(
        "UPDATE members SET left_at = ?, "
        "root_sign = (SELECT root_sign FROM accounts a WHERE a.account = members.account), "
        "root_box = (SELECT root_box FROM accounts a WHERE a.account = members.account) "
        "WHERE space = ? AND account = ?",
        now, number, account);
    db_.run(
        "INSERT INTO devices_at_leaving(space, account, n, prev, kind, by, sign, box, signature) "
        "SELECT ?, account, n, prev, kind, by, sign, box, signature FROM devices "
        "WHERE account = ?",
        number, account);
}

void SqliteStorage::erase_all_by(const SpaceId& space, const AccountId& account) {
    const std::int64_t number = number_of(space);
    const std::int64_t from = first_place(number);
    const std::int64_t to = first_place(number + 1);
    db_.run(
        "UPDATE spaces SET bytes = bytes - coalesce((SELECT sum(length(sealed)) FROM records "
        "WHERE place >= ? AND place < ? AND author = ?), 0) WHERE number = ?",
        from, to, account, number);
    db_.run(
        "UPDATE records SET sealed = NULL "
        "WHERE place >= ? AND place < ? AND author = ? AND sealed IS NOT NULL",
        from, to, account);
    if (db_.changes() > 0) erased_ = true;
}

void SqliteStorage::empty_space(const SpaceId& space) {
    const std::int64_t number = number_of(space);
    drop_all_held(space);
    db_.run("DELETE FROM records WHERE place >= ? AND place < ?", first_place(number),
            first_place(number + 1));
    known_.remove(number);
    db_.run("DELETE FROM epochs WHERE space = ?", number);
    db_.run("DELETE FROM devices_at_leaving WHERE space = ?", number);
    db_.run("UPDATE spaces SET bytes = 0 WHERE number = ?", number);
    erased_ = true;
}

void SqliteStorage::remove_account(const AccountId& account) {
    std::vector<std::pair<std::int64_t, SpaceId>> spaces;
    {
        Rows rows = db_.query(
            "SELECT s.number, s.space FROM members m JOIN spaces s ON s.number = m.space "
            "WHERE m.account = ? AND NOT EXISTS(SELECT 1 FROM members o WHERE o.space = m.space "
            "AND o.account <> m.account AND o.left_at IS NULL)",
            account);
        while (rows.next()) spaces.emplace_back(rows.i64(0), rows.id<SpaceId>(1));
    }
    for (const auto& [number, space] : spaces) forget_membership(number, space, account);
    db_.run("DELETE FROM devices WHERE account = ?", account);
    db_.run("DELETE FROM accounts WHERE account = ?", account);
    erased_ = true;
}

void SqliteStorage::forget_membership(std::int64_t number, const SpaceId& space,
                                      const AccountId& account) {
    db_.run("DELETE FROM devices_at_leaving WHERE space = ? AND account = ?", number, account);
    db_.run("DELETE FROM members WHERE space = ? AND account = ?", number, account);
    db_.run(
        "DELETE FROM spaces WHERE number = ? AND NOT EXISTS("
        "SELECT 1 FROM members m WHERE m.space = spaces.number)",
        number);
    numbers_.erase(space);
}

}  // namespace seen::server
