#include "enc.hpp"

#include <sodium.h>

namespace seen::server {

Enc& Enc::add(View bytes) {
    const auto length = static_cast<std::uint32_t>(bytes.size());
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        bytes_.push_back(static_cast<std::uint8_t>(length >> shift));
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    return *this;
}

Enc& Enc::add(std::string_view text) {
    const Bytes bytes(text.begin(), text.end());
    return add(View{bytes});
}

Enc& Enc::add_u64(std::uint64_t value) {
    Fixed<8> bytes{};
    for (auto at = bytes.rbegin(); at != bytes.rend(); ++at, value >>= 8U)
        *at = static_cast<std::uint8_t>(value);
    return add(View{bytes});
}

Hash Enc::hash() const {
    Hash hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_.data(), bytes_.size(), nullptr, 0);
    return hash;
}

Fixed<16> Enc::hash16() const {
    Fixed<16> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_.data(), bytes_.size(), nullptr, 0);
    return hash;
}

bool Enc::is_signed(const Signature& signature, const PublicKey& key) const {
    return crypto_sign_verify_detached(signature.data(), bytes_.data(), bytes_.size(),
                                       key.data()) == 0;
}

}  // namespace seen::server
