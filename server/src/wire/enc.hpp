#pragma once

/// enc(a, b, …) = lp(a) ‖ lp(b) ‖ … with lp(x) a 4-byte big-endian length before the bytes, and the
/// hashes over it. Worked value: enc("a", "") is 00 00 00 01 61 00 00 00 00. An absent value is the
/// empty byte string. Source: spec/envelope.md §1.

#include "seen/server/bytes.hpp"

namespace seen::server {

class Enc {
  public:
    Enc& add(View bytes);
    Enc& add(std::string_view text);
    Enc& add_u64(std::uint64_t value);
    template <class Tag>
    Enc& add(const Id<Tag>& id) {
        return add(View{id.bytes});
    }
    template <std::size_t N>
    Enc& add(const std::optional<Fixed<N>>& bytes) {
        return bytes ? add(View{*bytes}) : add(View{});
    }
    template <class Tag>
    Enc& add(const std::optional<Id<Tag>>& id) {
        return id ? add(*id) : add(View{});
    }

    [[nodiscard]] const Bytes& bytes() const { return bytes_; }
    /// BLAKE2b over what was added; start with the label "seen/1/…".
    [[nodiscard]] Hash hash() const;
    [[nodiscard]] Fixed<16> hash16() const;
    [[nodiscard]] bool is_signed(const Signature& signature, const PublicKey& key) const;

  private:
    Bytes bytes_;
};

}  // namespace seen::server
