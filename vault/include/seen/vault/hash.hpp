#pragma once
/// H, H16, K and K16: labelled BLAKE2b over length-prefixed fields.
///
///     enc(a, b, …) = lp(a) ‖ lp(b) ‖ …            lp(x) = length, 4 bytes big-endian, then x
///     H(label, parts…) = BLAKE2b-256 of enc("seen/1/" + label, parts…)
///     K(key, label, parts…) = the same, keyed
///
/// Invariant: enc is injective, so two different lists of fields never give the same bytes:
/// enc("ab", "c") = 00000002 6162 00000001 63 and enc("a", "bc") = 00000001 61 00000002 6263.
/// An absent field is the empty one. Source: spec/envelope.md §1.

#include "seen/vault/bytes.hpp"
#include "seen/vault/secret.hpp"

#include <initializer_list>
#include <string_view>

namespace seen::vault {

/// One field, borrowed for the call that it stands in.
class Field {
  public:
    Field(View bytes) : bytes_(bytes) {}                       // NOLINT(*-explicit-*)
    Field(std::string_view text) : bytes_(view_of(text)) {}    // NOLINT(*-explicit-*)
    Field(const std::string& text) : bytes_(view_of(text)) {}  // NOLINT(*-explicit-*)
    Field(const char* text) : bytes_(view_of(text)) {}         // NOLINT(*-explicit-*)
    Field(const Bytes& bytes) : bytes_(bytes) {}               // NOLINT(*-explicit-*)
    template <std::size_t Size>
    Field(const Fixed<Size>& bytes) : bytes_(bytes) {}  // NOLINT(*-explicit-*)
    template <std::size_t Size>
    Field(const std::optional<Fixed<Size>>& bytes)  // NOLINT(*-explicit-*)
        : bytes_(bytes ? View(*bytes) : View()) {}

    [[nodiscard]] View bytes() const { return bytes_; }

  private:
    View bytes_;
};

using Fields = std::initializer_list<Field>;

/// 8 bytes, big-endian.
[[nodiscard]] Fixed<8> u64(std::uint64_t number);

[[nodiscard]] Bytes enc(Fields fields);
void append_enc(Bytes& bytes, Field field);

[[nodiscard]] Hash hash(std::string_view label, Fields parts);
[[nodiscard]] Id hash16(std::string_view label, Fields parts);
[[nodiscard]] Key keyed(View key, std::string_view label, Fields parts);
[[nodiscard]] Id keyed16(View key, std::string_view label, Fields parts);

}  // namespace seen::vault
