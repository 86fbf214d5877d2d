#pragma once
/// Where random bytes come from is an argument: `system_random()` in the product, a counted stream
/// in tests, so that what is sealed there is exact to the byte.

#include "seen/vault/bytes.hpp"

#include <functional>
#include <span>

namespace seen::vault {

/// Fills all of what it is given. Nonces, keys and ids trust it to be unpredictable.
using Random = std::function<void(std::span<Byte>)>;

/// The system's generator, through libsodium.
[[nodiscard]] Random system_random();

/// Once, before anything else: libsodium picks the quickest code for this processor.
/// Without it everything is right, and slower.
void open_vault();

template <std::size_t Size>
[[nodiscard]] Fixed<Size> draw(const Random& random) {
    Fixed<Size> bytes{};
    random(bytes);
    return bytes;
}

}  // namespace seen::vault
