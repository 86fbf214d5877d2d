#pragma once

/// An epoch as bytes in one column, for an invitation that proposes it, and its heads and sealed
/// keys for a space that has it. Layout: n (8 bytes, big-endian), device, signature, the number of
/// heads (1 byte), for each an account (16) and a hash (32), then for each key 16 bytes, a 2-byte
/// big-endian length and the box.

#include "seen/server/space.hpp"

namespace seen::server {

[[nodiscard]] Bytes heads_to_blob(const std::vector<ListHead>& heads);
/// Throws StorageFailure when the bytes are not of this layout, like all that read here.
[[nodiscard]] std::vector<ListHead> heads_from_blob(View blob);
[[nodiscard]] Bytes sealed_keys_to_blob(const std::vector<SealedKey>& keys);
[[nodiscard]] std::vector<SealedKey> sealed_keys_from_blob(View blob);
[[nodiscard]] Bytes epoch_to_blob(const Epoch& epoch);
[[nodiscard]] Epoch epoch_from_blob(View blob);

}  // namespace seen::server
