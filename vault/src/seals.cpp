#include "seen/vault/keys.hpp"

#include <sodium.h>

namespace seen::vault {

namespace {

/// crypto_box_seal's nonce: BLAKE2b-192 of both public keys.
Fixed<nonce_size> box_nonce(const PublicKey& ephemeral, const PublicKey& to) {
    Fixed<nonce_size> nonce{};
    crypto_generichash_state state{};
    crypto_generichash_init(&state, nullptr, 0, nonce.size());
    crypto_generichash_update(&state, ephemeral.data(), ephemeral.size());
    crypto_generichash_update(&state, to.data(), to.size());
    crypto_generichash_final(&state, nonce.data(), nonce.size());
    return nonce;
}

}  // namespace

Result<Bytes> seal_to_box(View message, const PublicKey& to, const Random& random) {
    Secret<32> secret;
    random(secret.fill());
    PublicKey ephemeral{};
    crypto_scalarmult_base(ephemeral.data(), secret.view().data());
    Bytes sealed(box_overhead + message.size());
    std::ranges::copy(ephemeral, sealed.begin());
    const auto nonce = box_nonce(ephemeral, to);
    const int failed =
        crypto_box_easy(sealed.data() + ephemeral.size(), message.data(), message.size(),
                        nonce.data(), to.data(), secret.view().data());
    if (failed != 0) return refuse(Fault::Shape);
    return sealed;
}

Result<SecretBytes> open_box(View sealed, const PublicKey& box, const Secret<32>& box_secret) {
    if (sealed.size() < box_overhead) return refuse(Fault::CannotOpen);
    SecretBytes plain(sealed.size() - box_overhead);
    const int failed = crypto_box_seal_open(plain.fill().data(), sealed.data(), sealed.size(),
                                            box.data(), box_secret.view().data());
    if (failed != 0) return refuse(Fault::CannotOpen);
    return plain;
}

Bytes seal(const Key& key, View aad, View plain, const Random& random) {
    Bytes sealed(seal_overhead + plain.size());
    random(std::span(sealed).first<nonce_size>());
    crypto_aead_xchacha20poly1305_ietf_encrypt(sealed.data() + nonce_size, nullptr, plain.data(),
                                               plain.size(), aad.data(), aad.size(), nullptr,
                                               sealed.data(), key.view().data());
    return sealed;
}

Result<SecretBytes> open_sealed(const Key& key, View aad, View sealed) {
    if (sealed.size() < seal_overhead) return refuse(Fault::CannotOpen);
    SecretBytes plain(sealed.size() - seal_overhead);
    const View box = sealed.subspan(nonce_size);
    const int failed = crypto_aead_xchacha20poly1305_ietf_decrypt(
        plain.fill().data(), nullptr, nullptr, box.data(), box.size(), aad.data(), aad.size(),
        sealed.data(), key.view().data());
    if (failed != 0) return refuse(Fault::CannotOpen);
    return plain;
}

}  // namespace seen::vault
