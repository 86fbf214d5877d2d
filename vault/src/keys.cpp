#include "seen/vault/keys.hpp"

#include "seen/vault/hash.hpp"

#include <sodium.h>

namespace seen::vault {

namespace {

KeyPairs pairs_of(std::span<const Byte, 32> sign_seed, std::span<const Byte, 32> box_seed) {
    KeyPairs pairs;
    crypto_sign_seed_keypair(pairs.keys.sign.data(), pairs.sign_secret.fill().data(),
                             sign_seed.data());
    crypto_box_seed_keypair(pairs.keys.box.data(), pairs.box_secret.fill().data(), box_seed.data());
    return pairs;
}

}  // namespace

KeyPairs root_of(const Entropy& entropy) {
    const Key sign_seed = keyed(entropy.view(), "root-sign", {});
    const Key box_seed = keyed(entropy.view(), "root-box", {});
    return pairs_of(sign_seed.view(), box_seed.view());
}

KeyPairs device_of(const Secret<64>& seeds) {
    return pairs_of(seeds.view().first<32>(), seeds.view().last<32>());
}

BoxPair box_pair_of(const Secret<32>& seed) {
    BoxPair pair;
    crypto_box_seed_keypair(pair.box.data(), pair.secret.fill().data(), seed.view().data());
    return pair;
}

Id account_id(const PublicKeys& root) {
    return hash16("account", {root.sign, root.box});
}

Id device_id(const PublicKeys& device) {
    return hash16("device", {device.sign, device.box});
}

Signature sign(View message, const Secret<64>& sign_secret) {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         sign_secret.view().data());
    return signature;
}

bool signature_holds(const Signature& signature, View message, const PublicKey& by) {
    return crypto_sign_verify_detached(signature.data(), message.data(), message.size(),
                                       by.data()) == 0;
}

Key record_key(const Key& epoch_key) {
    return keyed(epoch_key.view(), "record", {});
}

Key author_key(const Key& room_key, const Id& space) {
    return keyed(room_key.view(), "author", {space});
}

Id hold_id(const Key& first_epoch_key, std::uint64_t counter) {
    const Key hold_key = keyed(first_epoch_key.view(), "hold", {});
    return keyed16(hold_key.view(), "exchange", {u64(counter)});
}

Bytes sign_in_bytes(std::string_view origin, const Id& account, const std::optional<Id>& device,
                    std::uint64_t expires, View nonce) {
    const Field who = device ? Field(*device) : Field("root");
    return enc({"seen/1/sign-in", origin, account, who, u64(expires), nonce});
}

}  // namespace seen::vault
