#pragma once

/// The tables: the first migration makes those of version 1, each later one changes what the one
/// before has left. How they are applied: migration.hpp.

#include "migration.hpp"

namespace seen::server {

[[nodiscard]] Migrations schema();

}  // namespace seen::server
