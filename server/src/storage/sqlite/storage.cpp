#include "storage.hpp"

#include "schema.hpp"
#include "seen/server/sqlite_storage.hpp"

namespace seen::server {

SqliteStorage::SqliteStorage(const std::string& file, bool writes, const std::string& vfs)
    : db_(file, writes, vfs), writes_(writes) {}

void SqliteStorage::begin() {
    db_.run("BEGIN");
    if (!writes_) known_.forget();
}

void SqliteStorage::commit() {
    db_.run("COMMIT");
}

void SqliteStorage::rollback() noexcept {
    numbers_.clear();
    known_.forget();
    try {
        if (db_.in_transaction()) db_.run("ROLLBACK");
    } catch (const StorageFailure&) {
        // SQLite has rolled back by itself, or the file is gone; the next begin() will say so.
        return;
    }
}

void SqliteStorage::sort_in_known() {
    try {
        begin();
        known_.sort_in();
        commit();
        known_.forget();
    } catch (const StorageFailure&) {
        rollback();
        throw;
    }
}

void SqliteStorage::tidy() {
    if (known_.enough_to_sort_in()) sort_in_known();
    if (!erased_) return;
    // A reader in the middle is in the way; then the next call tries again.
    if (db_.truncate_log()) erased_ = false;
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
