#include "migration.hpp"

#include "seen/server/clock.hpp"

#include <spdlog/spdlog.h>

#include <fcntl.h>
#include <filesystem>
#include <unistd.h>

namespace seen::server {

namespace fs = std::filesystem;

namespace {

std::int64_t version_of(Database& db) {
    {
        Rows table = db.query("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'");
        if (!table.next()) return 0;
    }
    Rows rows = db.query("SELECT coalesce(max(version), 0) FROM migrations");
    return rows.next() ? rows.i64(0) : 0;
}

/// A new name is on the disk only once its folder is.
void sync_folder(const fs::path& folder) {
    const int handle = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = handle >= 0 && ::fsync(handle) == 0;
    if (handle >= 0) ::close(handle);
    if (!synced) throw StorageFailure("the folder could not be written to the disk");
}

void check_whole(const std::string& file, const std::string& vfs) {
    Database copy(file, true, vfs);
    Rows rows = copy.query("PRAGMA quick_check(1)");
    if (!rows.next() || rows.text(0) != "ok") throw StorageFailure("the data file is damaged");
}

void remove_unfinished(const std::string& file) {
    std::error_code ignored;
    for (const char* ending : {"", "-journal", "-wal", "-shm"}) fs::remove(file + ending, ignored);
}

/// The copy gets its name when it is whole and on the disk, so that a file of that name can be
/// relied on.
void keep_copy(const Database& db, const std::string& name) {
    const std::string unfinished = name + ".unfinished";
    remove_unfinished(unfinished);
    try {
        db.copy_to(unfinished);
        check_whole(unfinished, db.vfs());
        fs::rename(unfinished, name);
        sync_folder(fs::absolute(name).parent_path());
    } catch (const std::exception&) {
        remove_unfinished(unfinished);
        throw;
    }
}

void run(Database& db, const char* migration, std::int64_t version) {
    db.execute("BEGIN IMMEDIATE");
    try {
        db.execute(
            "CREATE TABLE IF NOT EXISTS migrations("
            "version INTEGER PRIMARY KEY, applied INTEGER NOT NULL)");
        db.execute(migration);
        db.run("INSERT INTO migrations(version, applied) VALUES(?, ?)", version,
               SystemClock{}.now());
        db.execute("COMMIT");
    } catch (const StorageFailure&) {
        if (db.in_transaction()) db.execute("ROLLBACK");
        throw;
    }
}

}  // namespace

std::string copy_before(const std::string& file, std::int64_t version) {
    return file + ".version_" + std::to_string(version);
}

std::expected<void, std::string> migrate(Database& db, Migrations migrations) {
    std::int64_t version = version_of(db);
    const auto newest = static_cast<std::int64_t>(migrations.size());
    if (version > newest)
        return std::unexpected(
            "the data folder was written by a newer version of seen; "
            "please use that one");
    if (version == newest) return {};
    const bool has_data = version > 0;
    const std::string copy = copy_before(db.file(), version);
    try {
        if (has_data) keep_copy(db, copy);
    } catch (const std::exception& failure) {
        return std::unexpected(
            "the data is of an earlier version of seen, and no copy of it could "
            "be made before changing it (" +
            std::string(failure.what()) + "); nothing was changed");
    }
    try {
        for (; version < newest; ++version)
            run(db, migrations[static_cast<std::size_t>(version)], version + 1);
    } catch (const StorageFailure& failure) {
        return std::unexpected("the data could not be brought to version " +
                               std::to_string(version + 1) + " (" + failure.what() +
                               "); it is whole and of version " + std::to_string(version));
    }
    if (has_data) spdlog::info("the data is of version {} now; as it was: {}", newest, copy);
    return {};
}

}  // namespace seen::server
