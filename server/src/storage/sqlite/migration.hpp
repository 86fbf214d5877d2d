#pragma once

/// How an older file becomes a newer one.
///
/// A file of version n has had the first n migrations, each noted in its table `migrations`. Before
/// the first change to a file that already holds something a whole copy is made beside it,
/// `seen.sqlite.version_1` for a file of version 1, and checked; it stays. If it cannot be made,
/// nothing is begun. Each migration then runs in one transaction together with its note: whatever
/// happens, the file is of one version or of the next, and usable by whoever knows that version. A
/// file of more migrations than are known here is refused and left alone.

#include "database.hpp"

#include <span>

namespace seen::server {

/// SQL, several statements allowed. Migrations are only ever added at the end and never changed.
using Migrations = std::span<const char* const>;

/// The reason in one plain line when the file cannot be brought to the newest version.
[[nodiscard]] std::expected<void, std::string> migrate(Database& db, Migrations migrations);

/// Where the copy of a file of this version is put.
[[nodiscard]] std::string copy_before(const std::string& file, std::int64_t version);

}  // namespace seen::server
