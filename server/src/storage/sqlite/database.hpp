#pragma once

/// SQLite as this server uses it: prepared statements that are kept, values bound by type, rows
/// read by column.
///
///     Rows rows = db.query("SELECT seq FROM records WHERE id = ?", id);
///     while (rows.next()) use(rows.u64(0));
///
/// Every failure is thrown as StorageFailure with SQLite's own code and never a value. A Rows
/// object resets its statement when it goes; two of the same SQL text must not be open at once.
/// Times and counts stay below 2^63.

#include "seen/server/storage.hpp"

#include <sqlite3.h>

#include <memory>
#include <unordered_map>
#include <utility>

namespace seen::server {

class Rows {
  public:
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows& operator=(Rows&&) = delete;
    ~Rows();

    [[nodiscard]] bool next();
    [[nodiscard]] bool null(int column) const;
    [[nodiscard]] std::int64_t i64(int column) const;
    [[nodiscard]] std::uint64_t u64(int column) const;
    [[nodiscard]] Bytes bytes(int column) const;
    [[nodiscard]] std::optional<Bytes> bytes_if(int column) const;
    [[nodiscard]] std::string text(int column) const;

    template <std::size_t N>
    [[nodiscard]] Fixed<N> fixed(int column) const {
        Fixed<N> value{};
        copy_blob(column, value.data(), N);
        return value;
    }
    template <class AnyId>
    [[nodiscard]] AnyId id(int column) const {
        return AnyId{fixed<16>(column)};
    }
    template <class AnyId>
    [[nodiscard]] std::optional<AnyId> id_if(int column) const {
        if (null(column)) return std::nullopt;
        return id<AnyId>(column);
    }

  private:
    void copy_blob(int column, std::uint8_t* to, std::size_t size) const;
    sqlite3_stmt* statement_;
};

class Database {
  public:
    Database(const std::string& file, bool writes, const std::string& vfs);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// `sql` must be a literal: the prepared statement is kept under its address.
    template <class... Values>
    [[nodiscard]] Rows query(const char* sql, const Values&... values) {
        sqlite3_stmt* statement = prepared(sql);
        int place = 0;  // NOLINT(misc-const-correctness): without values it does not count
        (bind(statement, ++place, values), ...);
        return Rows{statement};
    }
    template <class... Values>
    void run(const char* sql, const Values&... values) {
        Rows rows = query(sql, values...);
        while (rows.next()) {
        }
    }
    /// Any SQL, several statements allowed, nothing kept.
    void execute(const char* sql);
    [[nodiscard]] bool in_transaction() const;
    /// Brings everything from the log beside the file into the file and empties the log. False,
    /// without waiting, when somebody still reads from it.
    [[nodiscard]] bool truncate_log();
    /// Writes all of it, as it stands, into a new file of this name; there it is on the disk when
    /// this returns.
    void copy_to(const std::string& file) const;
    [[nodiscard]] const std::string& file() const { return file_; }
    /// Of the file layer below; empty is the system's own.
    [[nodiscard]] const std::string& vfs() const { return vfs_; }
    /// Rows that the last statement changed.
    [[nodiscard]] int changes() const { return sqlite3_changes(db_.get()); }

  private:
    sqlite3_stmt* prepared(const char* sql);

    static void bind(sqlite3_stmt* statement, int place, View bytes);
    static void bind(sqlite3_stmt* statement, int place, std::int64_t value);
    static void bind(sqlite3_stmt* statement, int place, std::uint64_t value);
    static void bind(sqlite3_stmt* statement, int place, const std::string& text);
    static void bind(sqlite3_stmt* statement, int place, std::nullopt_t nothing);
    template <class Tag>
    static void bind(sqlite3_stmt* statement, int place, const Id<Tag>& id) {
        bind(statement, place, View{id.bytes});
    }
    template <class T>
    static void bind(sqlite3_stmt* statement, int place, const std::optional<T>& value) {
        value ? bind(statement, place, *value) : bind(statement, place, std::nullopt);
    }

    struct Close {
        void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
    };
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    using Handle = std::unique_ptr<sqlite3, Close>;
    static Handle open(const std::string& file, const std::string& vfs, int flags);

    std::string file_;
    std::string vfs_;
    Handle db_;
    std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace seen::server
