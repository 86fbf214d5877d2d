#pragma once

/// Whether some bytes are anywhere in a data folder, in any of its files.

#include "support/person.hpp"

namespace seen::test {

[[nodiscard]] bool found_in(const std::filesystem::path& folder, const Raw& bytes);
/// Erasing reaches the last file a moment after the answer; waits for at most ten seconds.
[[nodiscard]] bool soon_gone_from(const std::filesystem::path& folder, const Raw& bytes);
/// The bytes of an id or a key that is written in base64url.
[[nodiscard]] Raw raw_of(const std::string& text);

}  // namespace seen::test
