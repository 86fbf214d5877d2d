#include "seen/server/record.hpp"
#include "wire/enc.hpp"

#include <bit>

namespace seen::server {

namespace {

/// Nonce (24) and authenticator (16) around the padded plaintext.
constexpr std::size_t seal_bytes = 40;

/// Padmé: the smallest padded length that is at least `length`.
std::size_t padme(std::size_t length) {
    const auto exponent = static_cast<unsigned>(std::bit_width(length)) - 1U;
    const auto kept = static_cast<unsigned>(std::bit_width(exponent));
    const std::size_t step = std::size_t{1} << (exponent - kept);
    return (length + step - 1) / step * step;
}

}  // namespace

bool is_a_size_class(std::size_t sealed_bytes, RecordClass kind) {
    if (sealed_bytes <= seal_bytes) return false;
    const std::size_t plain = sealed_bytes - seal_bytes;
    if (plain == 1024) return kind == RecordClass::Durable;
    if (plain == 4096 || plain == 16384) return true;
    return plain > 16384 && padme(plain) == plain;
}

Hash append_digest(const AccountId& author, const NewRecord& record) {
    Enc enc;
    enc.add("seen/1/append").add(author).add(record.id).add(record.device).add_u64(record.epoch);
    enc.add_u64(static_cast<std::uint64_t>(record.kind)).add(record.hold).add(record.prev);
    enc.add(View{record.sealed}).add(record.erases);
    return enc.hash();
}

}  // namespace seen::server
