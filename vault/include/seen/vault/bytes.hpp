#pragma once
/// Public bytes: ids, hashes, public keys, signatures, and how they are written in JSON.
///
/// Nothing here is secret; secrets are `Secret` and `SecretBytes` (secret.hpp), which do not turn
/// into these by themselves. Text form: base64url without padding, and only the one form that an
/// encoder writes: "AA" is one zero byte, "AB" (last bits that no byte has) is refused.
/// Source: spec/envelope.md §1.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seen::vault {

using Byte = std::uint8_t;
using Bytes = std::vector<Byte>;
/// Borrowed: only for parameters, and never kept past the call.
using View = std::span<const Byte>;

template <std::size_t Size>
using Fixed = std::array<Byte, Size>;

/// Accounts, devices, spaces, records, holds, lookups.
using Id = Fixed<16>;
using Hash = Fixed<32>;
/// Ed25519 or X25519.
using PublicKey = Fixed<32>;
/// Ed25519, detached.
using Signature = Fixed<64>;

/// XChaCha20-Poly1305: nonce 24, tag 16.
inline constexpr std::size_t nonce_size = 24;
inline constexpr std::size_t seal_overhead = nonce_size + 16;
/// crypto_box_seal: an X25519 key of its own and a tag.
inline constexpr std::size_t box_overhead = 32 + 16;

[[nodiscard]] std::string base64url(View bytes);
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

/// The bytes of a text, borrowed.
[[nodiscard]] View view_of(std::string_view text);

}  // namespace seen::vault
