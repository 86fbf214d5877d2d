#include "database.hpp"

namespace seen::server {

namespace {

/// Longer than another program, a copying one perhaps, should hold the file.
constexpr int busy_ms = 5000;

[[noreturn]] void fail(int code) {
    throw StorageFailure(std::string("SQLite: ") + sqlite3_errstr(code));
}

void check(int code) {
    if (code != SQLITE_OK) fail(code);
}

}  // namespace

Rows::~Rows() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
}

bool Rows::next() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    fail(code);
}

bool Rows::null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Rows::i64(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::uint64_t Rows::u64(int column) const {
    return static_cast<std::uint64_t>(i64(column));
}

Bytes Rows::bytes(int column) const {
    Bytes value(static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
    copy_blob(column, value.data(), value.size());
    return value;
}

std::optional<Bytes> Rows::bytes_if(int column) const {
    if (null(column)) return std::nullopt;
    return bytes(column);
}

std::string Rows::text(int column) const {
    const Bytes value = bytes(column);
    return {value.begin(), value.end()};
}

void Rows::copy_blob(int column, std::uint8_t* to, std::size_t size) const {
    const void* blob = sqlite3_column_blob(statement_, column);
    if (static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)) != size)
        fail(SQLITE_CORRUPT);
    if (size > 0) std::memcpy(to, blob, size);
}

Database::Handle Database::open(const std::string& file, const std::string& vfs, int flags) {
    sqlite3* raw = nullptr;
    const int code = sqlite3_open_v2(file.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX,
                                     vfs.empty() ? nullptr : vfs.c_str());
    Handle handle(raw);
    check(code);
    return handle;
}

Database::Database(const std::string& file, bool writes, const std::string& vfs)
    : file_(file),
      vfs_(vfs),
      db_(open(file, vfs, SQLITE_OPEN_READWRITE | (writes ? SQLITE_OPEN_CREATE : 0))) {
    sqlite3_extended_result_codes(db_.get(), 1);
    sqlite3_busy_timeout(db_.get(), busy_ms);
    execute(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        "PRAGMA trusted_schema=OFF; PRAGMA cache_size=-16000;");
    if (!writes) execute("PRAGMA query_only=ON;");
}

Database::~Database() {
    statements_.clear();
}

void Database::execute(const char* sql) {
    check(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr));
}

bool Database::in_transaction() const {
    return sqlite3_get_autocommit(db_.get()) == 0;
}

bool Database::truncate_log() {
    sqlite3_busy_timeout(db_.get(), 0);
    const int code =
        sqlite3_wal_checkpoint_v2(db_.get(), "main", SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db_.get(), busy_ms);
    if ((code & 0xff) == SQLITE_BUSY) return false;
    check(code);
    return true;
}

void Database::copy_to(const std::string& file) const {
    const Handle copy = open(file, vfs_, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    // What is unfinished is thrown away, so it needs no journal; the sync at the end it does need.
    check(sqlite3_exec(copy.get(), "PRAGMA journal_mode=OFF; PRAGMA synchronous=FULL", nullptr,
                       nullptr, nullptr));
    sqlite3_backup* backup = sqlite3_backup_init(copy.get(), "main", db_.get(), "main");
    if (backup == nullptr) fail(sqlite3_extended_errcode(copy.get()));
    const int copied = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (copied != SQLITE_DONE) fail(copied);
    check(finished);
}

sqlite3_stmt* Database::prepared(const char* sql) {
    auto& kept = statements_[sql];
    if (!kept) {
        sqlite3_stmt* raw = nullptr;
        check(sqlite3_prepare_v3(db_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
        kept.reset(raw);
    }
    return kept.get();
}

void Database::bind(sqlite3_stmt* statement, int place, View bytes) {
    // A zero-length blob with a null pointer would be NULL.
    static constexpr std::uint8_t nothing = 0;
    const void* data = bytes.empty() ? &nothing : bytes.data();
    check(sqlite3_bind_blob64(statement, place, data, bytes.size(), SQLITE_TRANSIENT));
}

void Database::bind(sqlite3_stmt* statement, int place, std::int64_t value) {
    check(sqlite3_bind_int64(statement, place, value));
}

void Database::bind(sqlite3_stmt* statement, int place, std::uint64_t value) {
    bind(statement, place, static_cast<std::int64_t>(value));
}

void Database::bind(sqlite3_stmt* statement, int place, const std::string& text) {
    check(sqlite3_bind_text64(statement, place, text.data(), text.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}

void Database::bind(sqlite3_stmt* statement, int place, std::nullopt_t /*nothing*/) {
    check(sqlite3_bind_null(statement, place));
}

}  // namespace seen::server
