#pragma once

/// An epoch as bytes in one column, for an invitation that proposes it, and its sealed keys for a
/// space that has it. Layout: fixed fields in order, then for each key 16 bytes, a 2-byte
/// big-endian length and the box.

#include "seen/server/space.hpp"

namespace seen::server {

[[nodiscard]] Bytes sealed_keys_to_blob(const std::vector<SealedKey>& keys);
/// Throws StorageFailure when the bytes are not of this layout.
[[nodiscard]] std::vector<SealedKey> sealed_keys_from_blob(View blob);
[[nodiscard]] Bytes epoch_to_blob(const Epoch& epoch);
[[nodiscard]] Epoch epoch_from_blob(View blob);

}  // namespace seen::server
