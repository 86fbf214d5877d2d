#pragma once

/// The tables, and how an older file becomes a newer one. Migrations are only ever added at the
/// end; each runs once, in one transaction, and is noted in `migrations`. A file with more of them
/// than this version knows is refused.

#include "database.hpp"

namespace seen::server {

/// The reason in one plain line when the file cannot be used.
[[nodiscard]] std::expected<void, std::string> migrate(Database& db);

}  // namespace seen::server
