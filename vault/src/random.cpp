#include "seen/vault/random.hpp"

#include <sodium.h>

#include <cstdlib>

namespace seen::vault {

Random system_random() {
    return [](std::span<Byte> bytes) { randombytes_buf(bytes.data(), bytes.size()); };
}

void open_vault() {
    // Below zero only where the system has no randomness at all: nothing can be kept secret there.
    if (sodium_init() < 0) std::abort();
}

}  // namespace seen::vault
