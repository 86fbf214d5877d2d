#pragma once
/// spec/vectors, read once for each file, and short words for what the tests take out of them.

#include "seen/vault/json.hpp"
#include "seen/vault/random.hpp"
#include "seen/vault/secret.hpp"

#include <string>
#include <vector>

namespace seen::vault::tests {

/// Ends the program when the file is not there: a vector that is not read is no test.
[[nodiscard]] const Json& vectors(const std::string& name);

[[nodiscard]] Bytes bytes_of(const Json& text);

template <std::size_t Size>
[[nodiscard]] Fixed<Size> fixed_of(const Json& text) {
    const Bytes bytes = bytes_of(text);
    Fixed<Size> fixed{};
    for (std::size_t at = 0; at < Size && at < bytes.size(); ++at) fixed[at] = bytes[at];
    return fixed;
}

template <std::size_t Size>
[[nodiscard]] Secret<Size> secret_of(const Json& text) {
    return Secret<Size>(fixed_of<Size>(text));
}

/// Gives these bytes, in their order, and zeros after them.
[[nodiscard]] Random giving(Bytes bytes);
/// A stream that follows from a number.
[[nodiscard]] Random seeded(std::uint64_t seed);

}  // namespace seen::vault::tests
