#pragma once

/// A file layer for SQLite that is the system's own, except that every sync takes two milliseconds
/// longer: a stand-in for a slower disk. It counts syncs as well.

#include <cstdint>

namespace seen::bench {

inline constexpr const char* slow_disk = "slow-disk";

/// Makes the layer known to SQLite under the name above.
void register_slow_disk();
[[nodiscard]] std::uint64_t slow_syncs();

}  // namespace seen::bench
