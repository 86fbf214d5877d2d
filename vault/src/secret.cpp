#include "seen/vault/secret.hpp"

#include <sodium.h>

#include <utility>

namespace seen::vault {

void wipe(std::span<Byte> bytes) {
    if (!bytes.empty()) sodium_memzero(bytes.data(), bytes.size());
}

void wipe(std::string& text) {
    if (!text.empty()) sodium_memzero(text.data(), text.size());
    text.clear();
}

bool equal_in_constant_time(View left, View right) {
    if (left.size() != right.size()) return false;
    return left.empty() || sodium_memcmp(left.data(), right.data(), left.size()) == 0;
}

SecretBytes::SecretBytes(std::size_t size) : bytes_(std::make_unique<Byte[]>(size)), size_(size) {}

SecretBytes::SecretBytes(View bytes) : SecretBytes(bytes.size()) {
    std::ranges::copy(bytes, bytes_.get());
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : bytes_(std::move(other.bytes_)), size_(std::exchange(other.size_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this == &other) return *this;
    seen::vault::wipe(fill());
    bytes_ = std::move(other.bytes_);
    size_ = std::exchange(other.size_, 0);
    return *this;
}

SecretBytes::~SecretBytes() {
    seen::vault::wipe(fill());
}

}  // namespace seen::vault
