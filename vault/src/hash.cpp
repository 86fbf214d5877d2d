#include "seen/vault/hash.hpp"

#include <sodium.h>

namespace seen::vault {

namespace {

constexpr std::string_view version = "seen/1/";

Fixed<4> length_of(std::size_t size) {
    return {static_cast<Byte>(size >> 24), static_cast<Byte>(size >> 16),
            static_cast<Byte>(size >> 8), static_cast<Byte>(size)};
}

/// Takes field after field, so that no secret is ever put together in a buffer of its own.
class Blake {
  public:
    Blake(View key, std::size_t size) {
        crypto_generichash_init(&state_, key.data(), key.size(), size);
    }
    Blake(const Blake&) = delete;
    Blake& operator=(const Blake&) = delete;
    ~Blake() { sodium_memzero(&state_, sizeof state_); }

    void add(View bytes) { crypto_generichash_update(&state_, bytes.data(), bytes.size()); }

    void add_labelled(std::string_view label, Fields parts) {
        add(length_of(version.size() + label.size()));
        add(view_of(version));
        add(view_of(label));
        for (const Field& part : parts) {
            add(length_of(part.bytes().size()));
            add(part.bytes());
        }
    }

    void end(std::span<Byte> out) { crypto_generichash_final(&state_, out.data(), out.size()); }

  private:
    crypto_generichash_state state_{};
};

void blake(View key, std::string_view label, Fields parts, std::span<Byte> out) {
    Blake blake(key, out.size());
    blake.add_labelled(label, parts);
    blake.end(out);
}

}  // namespace

Fixed<8> u64(std::uint64_t number) {
    Fixed<8> bytes{};
    for (std::size_t at = 0; at < bytes.size(); ++at)
        bytes[at] = static_cast<Byte>(number >> (56 - 8 * at));
    return bytes;
}

void append_enc(Bytes& bytes, Field field) {
    const View value = field.bytes();
    const auto length = length_of(value.size());
    bytes.insert(bytes.end(), length.begin(), length.end());
    bytes.insert(bytes.end(), value.begin(), value.end());
}

Bytes enc(Fields fields) {
    Bytes bytes;
    for (const Field& field : fields) append_enc(bytes, field);
    return bytes;
}

Hash hash(std::string_view label, Fields parts) {
    Hash out{};
    blake({}, label, parts, out);
    return out;
}

Id hash16(std::string_view label, Fields parts) {
    Id out{};
    blake({}, label, parts, out);
    return out;
}

Key keyed(View key, std::string_view label, Fields parts) {
    Key out;
    blake(key, label, parts, out.fill());
    return out;
}

Id keyed16(View key, std::string_view label, Fields parts) {
    Id out{};
    blake(key, label, parts, out);
    return out;
}

}  // namespace seen::vault
