#pragma once
/// The typed code: a small door to an invitation's secret, for a camera that fails.
///
///     7XK2M9 QPTW4H VNDRSS      5 to find it, 12 as its secret (60 bit), 1 to check
///
/// Crockford's base 32: capitals, `-` and spaces do not count; I and L are 1, O is 0; there is no
/// U. With v₁…v₁₇ the values, the last has (1·v₁ + … + 17·v₁₇) mod 31: every single wrong letter is
/// found but 0 for Z, and every exchange of two. Whoever guesses needs 2⁵⁹ tries of Argon2id with
/// 64 MiB, each for one server, for the origin is in the salt. Source: spec/envelope.md §7.

#include "seen/vault/invitation.hpp"

#include <string>
#include <string_view>

namespace seen::vault {

struct TypedCode {
    /// Public: the server finds the invitation by its hash.
    std::string find;
    /// 12 letters, as ASCII.
    Secret<12> secret;
};

/// `CodeCharacter`, `CodeLength` or `CodeCheck`, the first that fits.
[[nodiscard]] Result<TypedCode> read_code(std::string_view typed);
/// Draws 17 bytes.
[[nodiscard]] TypedCode draw_code(const Random& random);
/// Three groups of six, with the letter to check. As secret as the code.
[[nodiscard]] std::string show_code(const TypedCode& code);

[[nodiscard]] Id code_lookup(const TypedCode& code);
/// Argon2id13 with 64 MiB and three passes: about 150 ms. `CannotOpen` when memory is short.
[[nodiscard]] Result<Key> code_key(const TypedCode& code, std::string_view origin);
[[nodiscard]] Bytes seal_code(const TypedCode& code, const Key& key, const InviteSecret& secret,
                              const Random& random);
[[nodiscard]] Result<InviteSecret> open_code(const TypedCode& code, const Key& key, View sealed);

}  // namespace seen::vault
