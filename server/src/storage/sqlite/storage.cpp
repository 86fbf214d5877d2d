#include "storage.hpp"

#include "schema.hpp"
#include "seen/server/sqlite_storage.hpp"

namespace seen::server {

SqliteStorage::SqliteStorage(const std::string& file, bool writes, const std::string& vfs)
    : db_(file, writes, vfs) {}

void SqliteStorage::begin() {
    db_.run("BEGIN");
}

void SqliteStorage::commit() {
    db_.run("COMMIT");
}

void SqliteStorage::rollback() noexcept {
    numbers_.clear();
    try {
        if (db_.in_transaction()) db_.run("ROLLBACK");
    } catch (const StorageFailure&) {
        // SQLite has rolled back by itself, or the file is gone; the next begin() will say so.
        return;
    }
}

void SqliteStorage::tidy() {
    if (!erased_) return;
    Rows rows = db_.query("PRAGMA wal_checkpoint(TRUNCATE)");
    // Column 0 is 1 when a reader was in the way; then the next call tries again.
    if (rows.next() && rows.i64(0) == 0) erased_ = false;
}

std::expected<std::unique_ptr<Storage>, std::string> open_sqlite(const std::string& file,
                                                                 SqliteUse use,
                                                                 const std::string& vfs) {
    try {
        const bool writes = use == SqliteUse::Write;
        auto storage = std::make_unique<SqliteStorage>(file, writes, vfs);
        if (writes) {
            const auto migrated = migrate(storage->database(), schema());
            if (!migrated) return std::unexpected(migrated.error());
        }
        return storage;
    } catch (const StorageFailure& failure) {
        return std::unexpected("cannot open " + file + ": " + failure.what());
    }
}

}  // namespace seen::server
