#pragma once
/// Secrets: key bytes and plaintext that are wiped when their owner ends.
///
/// Invariant: every byte that a `Secret` or a `SecretBytes` held is zero once it has been
/// destroyed, moved from or assigned over. They cannot be copied by accident (`twin` says it
/// aloud), cannot be printed, turn into nothing else by themselves, and are compared in constant
/// time. What is read through `view` is borrowed; whoever copies it has made a secret that nobody
/// wipes. Not promised: pages are not locked, so a swapped-out process may leave them on disk.

#include "seen/vault/bytes.hpp"

#include <algorithm>
#include <cstddef>
#include <iosfwd>
#include <memory>
#include <span>

namespace seen::vault {

/// Not removed by any optimiser (sodium_memzero).
void wipe(std::span<Byte> bytes);
void wipe(std::string& text);
/// The lengths are no secret; the bytes take the same time whatever they are.
[[nodiscard]] bool equal_in_constant_time(View left, View right);

/// `Size` bytes inside the object itself. A new one is all zeros.
template <std::size_t Size>
class Secret {
  public:
    Secret() = default;
    explicit Secret(std::span<const Byte, Size> bytes) {
        std::copy(bytes.begin(), bytes.end(), bytes_.begin());
    }
    Secret(Secret&& other) noexcept : bytes_(other.bytes_) { seen::vault::wipe(other.bytes_); }
    Secret& operator=(Secret&& other) noexcept {
        if (this != &other) {
            bytes_ = other.bytes_;
            seen::vault::wipe(other.bytes_);
        }
        return *this;
    }
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret() { seen::vault::wipe(bytes_); }

    [[nodiscard]] Secret twin() const { return Secret(view()); }
    [[nodiscard]] std::span<const Byte, Size> view() const { return bytes_; }
    /// To be filled by whoever draws or derives it.
    [[nodiscard]] std::span<Byte, Size> fill() { return bytes_; }

    friend bool operator==(const Secret& left, const Secret& right) {
        return equal_in_constant_time(left.bytes_, right.bytes_);
    }

  private:
    Fixed<Size> bytes_{};
};

/// Secret bytes of any length on the heap: plaintexts.
class SecretBytes {
  public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    explicit SecretBytes(View bytes);
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    [[nodiscard]] View view() const { return {bytes_.get(), size_}; }
    [[nodiscard]] std::span<Byte> fill() { return {bytes_.get(), size_}; }
    [[nodiscard]] std::size_t size() const { return size_; }

    friend bool operator==(const SecretBytes& left, const SecretBytes& right) {
        return equal_in_constant_time(left.view(), right.view());
    }

  private:
    std::unique_ptr<Byte[]> bytes_;
    std::size_t size_ = 0;
};

template <std::size_t Size>
std::ostream& operator<<(std::ostream&, const Secret<Size>&) = delete;
std::ostream& operator<<(std::ostream&, const SecretBytes&) = delete;

/// The entropy of the twelve words.
using Entropy = Secret<16>;
/// Epoch keys, record keys, author keys.
using Key = Secret<32>;

}  // namespace seen::vault
