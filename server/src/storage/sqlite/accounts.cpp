#include "storage.hpp"

namespace seen::server {

DeviceEntry SqliteStorage::entry_in(const Rows& rows) {
    DeviceEntry entry{.n = rows.u64(0),
                      .prev = std::nullopt,
                      .kind = static_cast<EntryKind>(rows.i64(2)),
                      .by = rows.id_if<DeviceId>(3),
                      .sign = rows.fixed<32>(4),
                      .box = rows.fixed<32>(5),
                      .signature = rows.fixed<64>(6)};
    if (!rows.null(1)) entry.prev = rows.fixed<32>(1);
    return entry;
}

std::optional<AccountKeys> SqliteStorage::account(const AccountId& account) {
    Rows rows = db_.query("SELECT root_sign, root_box FROM accounts WHERE account = ?", account);
    if (!rows.next()) return std::nullopt;
    return AccountKeys{rows.fixed<32>(0), rows.fixed<32>(1)};
}

void SqliteStorage::add_account(const AccountId& account, const AccountKeys& keys, Moment now) {
    db_.run("INSERT INTO accounts(account, root_sign, root_box, created) VALUES(?, ?, ?, ?)",
            account, View{keys.root_sign}, View{keys.root_box}, now);
}

std::vector<DeviceEntry> SqliteStorage::devices(const AccountId& account) {
    std::vector<DeviceEntry> entries;
    Rows rows = db_.query(
        "SELECT n, prev, kind, by, sign, box, signature FROM devices WHERE account = ? ORDER BY n",
        account);
    while (rows.next()) entries.push_back(entry_in(rows));
    return entries;
}

void SqliteStorage::add_device(const AccountId& account, const DeviceEntry& entry) {
    std::optional<View> prev;
    if (entry.prev) prev = View{*entry.prev};
    db_.run(
        "INSERT INTO devices(account, n, prev, kind, by, sign, box, signature) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?)",
        account, entry.n, prev, static_cast<std::int64_t>(entry.kind), entry.by, View{entry.sign},
        View{entry.box}, View{entry.signature});
}

std::vector<NamedSpace> SqliteStorage::spaces_of(const AccountId& account) {
    std::vector<NamedSpace> spaces;
    Rows rows = db_.query(
        "SELECT s.space, s.kind FROM members m JOIN spaces s ON s.number = m.space "
        "WHERE m.account = ? AND m.left_at IS NULL ORDER BY s.number",
        account);
    while (rows.next())
        spaces.push_back({rows.id<SpaceId>(0), static_cast<SpaceKind>(rows.i64(1))});
    return spaces;
}

}  // namespace seen::server
