#pragma once

/// Bytes as the protocol knows them: opaque, of a fixed length, written in JSON as base64url
/// without padding.
///
/// An id is 16 bytes (22 characters), a key or hash 32 (43), a signature 64 (86). Each kind of id
/// is its own type, so that a space can never be passed where an account is meant. Invariant:
/// from_base64url(base64url(x)) == x, and of all spellings only the canonical one is read ("AB" is
/// not a spelling of one byte, because its last bits are set). Everything returned owns its memory.
/// Source: spec/envelope.md §1.

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace seen::server {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;
template <std::size_t N>
using Fixed = std::array<std::uint8_t, N>;
using Hash = Fixed<32>;
using PublicKey = Fixed<32>;
using Signature = Fixed<64>;
/// Milliseconds since 1970.
using Moment = std::int64_t;

template <class Tag>
struct Id {
    Fixed<16> bytes{};
    friend auto operator<=>(const Id&, const Id&) = default;
};
using AccountId = Id<struct AccountTag>;
using DeviceId = Id<struct DeviceTag>;
using SpaceId = Id<struct SpaceTag>;
using RecordId = Id<struct RecordTag>;
using HoldId = Id<struct HoldTag>;
using Lookup = Id<struct LookupTag>;

/// For unordered containers. Ids are chosen by clients, so the hash is only as good as their
/// choice; maps stay bounded.
struct IdHash {
    template <class Tag>
    std::size_t operator()(const Id<Tag>& id) const {
        std::size_t start = 0;
        std::memcpy(&start, id.bytes.data(), sizeof start);
        return start;
    }
    std::size_t operator()(const Hash& hash) const {
        std::size_t start = 0;
        std::memcpy(&start, hash.data(), sizeof start);
        return start;
    }
};

[[nodiscard]] std::string base64url(View bytes);
template <class Tag>
[[nodiscard]] std::string base64url(const Id<Tag>& id) {
    return base64url(View{id.bytes});
}

/// Nothing when the text is not the canonical base64url of some bytes.
[[nodiscard]] std::optional<Bytes> from_base64url(std::string_view text);

/// Nothing when the text is not the canonical base64url of exactly N bytes.
template <std::size_t N>
[[nodiscard]] std::optional<Fixed<N>> fixed_from(std::string_view text) {
    if (text.size() != (N * 4 + 2) / 3) return std::nullopt;
    const auto bytes = from_base64url(text);
    if (!bytes || bytes->size() != N) return std::nullopt;
    Fixed<N> fixed{};
    std::memcpy(fixed.data(), bytes->data(), N);
    return fixed;
}

template <class AnyId>
[[nodiscard]] std::optional<AnyId> id_from(std::string_view text) {
    const auto bytes = fixed_from<16>(text);
    if (!bytes) return std::nullopt;
    return AnyId{*bytes};
}

}  // namespace seen::server
