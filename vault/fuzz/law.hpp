#pragma once

/// How a fuzz target says that a law is broken: libFuzzer keeps the input of a program that stops.

#include "seen/vault/random.hpp"

#include <cstdio>
#include <cstdlib>

namespace seen::vault::fuzz {

inline void need(bool kept, const char* law) {
    if (kept) return;
    std::fprintf(stderr, "not kept: %s\n", law);
    std::abort();
}

/// All the same: the laws here do not depend on what was drawn.
inline Random sevens() {
    return [](std::span<Byte> bytes) {
        for (Byte& byte : bytes) byte = 7;
    };
}

}  // namespace seen::vault::fuzz
