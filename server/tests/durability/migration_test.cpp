/// What becomes of data that an earlier version has written.

#include "durability/data_file.hpp"
#include "record/log.hpp"
#include "storage/sqlite/schema.hpp"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

namespace seen::server::test {

namespace {

constexpr const char* one_more_table = "CREATE TABLE later(a INTEGER); INSERT INTO later VALUES(1)";
constexpr const char* one_that_fails =
    "CREATE TABLE later(a INTEGER); UPDATE spaces SET head = 0; INSERT INTO no_such VALUES(1)";

std::unique_ptr<Storage> opened(const DataFile& data) {
    auto storage = open_sqlite(data.file(), SqliteUse::Write);
    if (!storage) throw std::runtime_error(storage.error());
    return std::move(*storage);
}

/// The schema as it is, and one more.
std::vector<const char*> schema_and(const char* migration) {
    std::vector<const char*> migrations(schema().begin(), schema().end());
    migrations.push_back(migration);
    return migrations;
}

std::int64_t version_of(const DataFile& data) {
    Database db(data.file(), false, {});
    Rows rows = db.query("SELECT max(version) FROM migrations");
    return rows.next() ? rows.i64(0) : 0;
}

/// Everything that is in the file of version 1 by its own count, as text.
std::vector<std::string> rows_of(const std::string& file) {
    Database db(file, false, {});
    std::vector<std::string> found;
    Rows rows = db.query(
        "SELECT 'spaces ' || count(*) || ' ' || sum(head) FROM spaces UNION ALL "
        "SELECT 'records ' || count(*) || ' ' || hex(max(id)) FROM records UNION ALL "
        "SELECT 'held ' || count(*) || ' ' || hex(max(id)) FROM held UNION ALL "
        "SELECT 'version ' || max(version) FROM migrations");
    while (rows.next()) found.push_back(rows.text(0));
    return found;
}

/// Overwrites the first page of a table.
void damage(const DataFile& data, const char* table) {
    std::int64_t page = 0;
    {
        Database db(data.file(), false, {});
        Rows rows =
            db.query("SELECT rootpage FROM sqlite_schema WHERE name = ?", std::string(table));
        if (rows.next()) page = rows.i64(0);
    }
    std::fstream file(data.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * 4096);
    file << std::string(4096, '\xff');
}

}  // namespace

TEST(Migration, data_of_version_1_is_found_whole_and_goes_on) {
    const DataFile data;
    const auto storage = opened(data);
    EXPECT_EQ(data.missing_in(*storage), std::vector<std::string>{});
    EXPECT_EQ(version_of(data), static_cast<std::int64_t>(schema().size()));
    const auto space = data.id<SpaceId>("space");
    const auto ben = data.id<AccountId>("ben");
    const auto head = data.content()["records"].size();
    NewRecord record;
    record.id.bytes.fill(7);
    record.epoch = 1;
    record.sealed = Bytes(1064, 7);
    storage->begin();
    EXPECT_EQ(append(*storage, space, ben, record, 1)->seq, head + 1);
    // The other half of what waits: both open.
    record.id.bytes.fill(8);
    record.kind = RecordClass::Held;
    record.hold = id_from<HoldId>(data.content()["held"][0]["hold"].get<std::string>());
    record.sealed = Bytes(4136, 8);
    EXPECT_TRUE(append(*storage, space, ben, record, 1)->log_grew);
    EXPECT_EQ(storage->standing(space, ben)->head, head + 3);
    storage->commit();
}

TEST(Migration, what_is_looked_for_would_be_missed) {
    const DataFile data;
    const auto storage = opened(data);
    storage->begin();
    storage->erase_sealed(data.id<SpaceId>("room"), 1);
    storage->drop_held(data.id<SpaceId>("space"),
                       *id_from<HoldId>(data.content()["held"][0]["hold"].get<std::string>()),
                       data.id<AccountId>("anna"));
    storage->commit();
    EXPECT_EQ(data.missing_in(*storage),
              (std::vector<std::string>{"the records of a room", "what waits"}));
}

TEST(Migration, before_a_change_a_whole_copy_is_put_beside_and_stays) {
    const DataFile data;
    const auto before = rows_of(data.file());
    Database db(data.file(), true, {});
    ASSERT_TRUE(migrate(db, schema_and(one_more_table)));
    const std::string copy = copy_before(data.file(), 1);
    EXPECT_EQ(rows_of(copy), before);
    EXPECT_NE(rows_of(data.file()), before);
    ASSERT_TRUE(migrate(db, schema_and(one_more_table))) << "once only";
    EXPECT_EQ(rows_of(copy), before);
}

TEST(Migration, new_data_and_data_of_this_version_need_no_copy) {
    const DataFile data;
    const auto fresh = data.folder() / "fresh.sqlite";
    for (int i = 0; i < 2; ++i) ASSERT_TRUE(open_sqlite(fresh.string(), SqliteUse::Write));
    for (const auto& entry : std::filesystem::directory_iterator(data.folder()))
        EXPECT_EQ(entry.path().string().find("fresh.sqlite.version"), std::string::npos);
}

TEST(Migration, without_a_copy_nothing_is_begun_and_it_says_why) {
    const DataFile data;
    const auto before = rows_of(data.file());
    // What is in the way cannot be removed: a folder with something in it.
    std::filesystem::create_directories(copy_before(data.file(), 1) + ".unfinished/x");
    Database db(data.file(), true, {});
    const auto migrated = migrate(db, schema_and(one_more_table));
    ASSERT_FALSE(migrated);
    EXPECT_NE(migrated.error().find("no copy of it could be made"), std::string::npos);
    EXPECT_NE(migrated.error().find("nothing was changed"), std::string::npos);
    EXPECT_EQ(rows_of(data.file()), before);
}

TEST(Migration, a_damaged_file_is_not_migrated) {
    const DataFile data;
    damage(data, "records");
    Database db(data.file(), true, {});
    const auto migrated = migrate(db, schema_and(one_more_table));
    ASSERT_FALSE(migrated);
    EXPECT_FALSE(std::filesystem::exists(copy_before(data.file(), 1)));
}

TEST(Migration, one_that_fails_leaves_the_data_as_it_was_and_says_so) {
    const DataFile data;
    const auto before = rows_of(data.file());
    {
        Database db(data.file(), true, {});
        const std::array one{schema()[0]};
        ASSERT_TRUE(migrate(db, one));
        const std::array failing{schema()[0], one_that_fails};
        const auto migrated = migrate(db, failing);
        ASSERT_FALSE(migrated);
        EXPECT_NE(migrated.error().find("version 2"), std::string::npos) << migrated.error();
        EXPECT_NE(migrated.error().find("of version 1"), std::string::npos) << migrated.error();
        EXPECT_EQ(rows_of(data.file()), before);
    }
    const auto storage = opened(data);
    EXPECT_EQ(data.missing_in(*storage), std::vector<std::string>{});
}

}  // namespace seen::server::test
