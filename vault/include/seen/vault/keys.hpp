#pragma once
/// Root and device keys, the ids that follow from them, and what is derived from epoch keys.
///
///     12 words ⇄ 128 bits ─▶ root (Ed25519, X25519) ─▶ account id = H16 of the public halves
///     64 random bytes      ─▶ device (Ed25519, X25519) ─▶ device id
///
/// A root is made from the phrase when it is needed and ends with its owner; device keys live on
/// that device alone. Worked values: spec/vectors/keys.json. Source: spec/envelope.md §2.

#include "seen/vault/bytes.hpp"
#include "seen/vault/fault.hpp"
#include "seen/vault/random.hpp"
#include "seen/vault/secret.hpp"

namespace seen::vault {

struct PublicKeys {
    /// Ed25519
    PublicKey sign{};
    /// X25519
    PublicKey box{};

    friend bool operator==(const PublicKeys&, const PublicKeys&) = default;
};

struct KeyPairs {
    PublicKeys keys;
    Secret<64> sign_secret;
    Secret<32> box_secret;
};

/// The box pair alone, as an invitation has one.
struct BoxPair {
    PublicKey box{};
    Secret<32> secret;
};

[[nodiscard]] KeyPairs root_of(const Entropy& entropy);
/// The two seeds of a device, 32 bytes each: for signing, then for boxes.
[[nodiscard]] KeyPairs device_of(const Secret<64>& seeds);
[[nodiscard]] BoxPair box_pair_of(const Secret<32>& seed);

[[nodiscard]] Id account_id(const PublicKeys& root);
[[nodiscard]] Id device_id(const PublicKeys& device);

[[nodiscard]] Signature sign(View message, const Secret<64>& sign_secret);
[[nodiscard]] bool signature_holds(const Signature& signature, View message, const PublicKey& by);

/// crypto_box_seal with the ephemeral key drawn from `random`: only the holder of `to` opens it.
/// `Shape` where `to` is a point of small order, which has no secret to share.
[[nodiscard]] Result<Bytes> seal_to_box(View message, const PublicKey& to, const Random& random);
/// `CannotOpen` when it is not for this pair, or a bit differs.
[[nodiscard]] Result<SecretBytes> open_box(View sealed, const PublicKey& box,
                                           const Secret<32>& box_secret);

/// nonce(24) ‖ XChaCha20-Poly1305-IETF, the nonce drawn from `random`.
[[nodiscard]] Bytes seal(const Key& key, View aad, View plain, const Random& random);
/// `CannotOpen` when a single bit of key, associated data or sealed bytes differs.
[[nodiscard]] Result<SecretBytes> open_sealed(const Key& key, View aad, View sealed);

[[nodiscard]] Key record_key(const Key& epoch_key);
/// From the key of epoch 1 of one's own room; one for each space. Only the author's devices have
/// it.
[[nodiscard]] Key author_key(const Key& room_key, const Id& space);
/// K16(hold key, "exchange", counter): the id of the exchange that both derive. Envelope §6.
[[nodiscard]] Id hold_id(const Key& first_epoch_key, std::uint64_t counter);

/// What a device (or the root, where `device` is empty) signs to sign in: protocol.md §1.
[[nodiscard]] Bytes sign_in_bytes(std::string_view origin, const Id& account,
                                  const std::optional<Id>& device, std::uint64_t expires,
                                  View nonce);

}  // namespace seen::vault
