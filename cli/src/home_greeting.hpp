#pragma once

/// What `seen serve --lan` says after its address: where a new phone begins, and how it comes to
/// trust this server.

#include "seen/server/server.hpp"

#include <string>

namespace seen::cli {

[[nodiscard]] std::string home_greeting(const server::HomeNetwork& home, bool coloured);

}  // namespace seen::cli
