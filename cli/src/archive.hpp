#pragma once

/// Where archive.S has put the web app: bytes that live as long as the program.

#include <span>

extern "C" {
extern const unsigned char seen_archive_begin[];  // NOLINT(readability-identifier-naming)
extern const unsigned char seen_archive_end[];    // NOLINT(readability-identifier-naming)
}

namespace seen::cli {

[[nodiscard]] inline std::span<const unsigned char> embedded_archive() {
    return {seen_archive_begin, seen_archive_end};
}

}  // namespace seen::cli
