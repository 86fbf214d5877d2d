#pragma once

/// How a fuzz target says that a law is broken: libFuzzer keeps the input of a program that stops.

#include <cstdio>
#include <cstdlib>

namespace seen::server::fuzz {

inline void need(bool kept, const char* law) {
    if (kept) return;
    std::fprintf(stderr, "not kept: %s\n", law);
    std::abort();
}

}  // namespace seen::server::fuzz
