#pragma once

/// Storage in one SQLite file: WAL, `synchronous=FULL` (a commit is on the disk when it returns),
/// `secure_delete=ON` (what is erased is overwritten). One object writes; any number may read
/// beside it, each seeing what was committed before its begin(). Errors: opening says in one plain
/// line what is wrong, above all when the file was made by a newer version.

#include "seen/server/storage.hpp"

#include <memory>

namespace seen::server {

enum class SqliteUse : std::uint8_t { Write, Read };

/// `vfs` names another SQLite file layer, for tests and measurements; empty is the system's own.
[[nodiscard]] std::expected<std::unique_ptr<Storage>, std::string> open_sqlite(
    const std::string& file, SqliteUse use, const std::string& vfs = {});

}  // namespace seen::server
