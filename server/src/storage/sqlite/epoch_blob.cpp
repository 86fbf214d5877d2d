#include "epoch_blob.hpp"

#include "seen/server/storage.hpp"

namespace seen::server {

namespace {

void append(Bytes& blob, View bytes) {
    blob.insert(blob.end(), bytes.begin(), bytes.end());
}

/// Takes pieces off the front; throws when there is not enough left.
class Taker {
  public:
    explicit Taker(View rest) : rest_(rest) {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    View take(std::size_t size) {
        if (rest_.size() < size) throw StorageFailure("a stored epoch is cut short");
        const View front = rest_.first(size);
        rest_ = rest_.subspan(size);
        return front;
    }
    template <std::size_t N>
    Fixed<N> fixed() {
        const View front = take(N);
        Fixed<N> value{};
        std::memcpy(value.data(), front.data(), N);
        return value;
    }
    std::uint64_t number(std::size_t size) {
        std::uint64_t value = 0;
        for (const std::uint8_t byte : take(size)) value = value << 8U | byte;
        return value;
    }
    View rest() { return take(rest_.size()); }

  private:
    View rest_;
};

}  // namespace

Bytes heads_to_blob(const std::vector<ListHead>& heads) {
    Bytes blob;
    for (const ListHead& head : heads) {
        append(blob, head.account.bytes);
        append(blob, head.head);
    }
    return blob;
}

std::vector<ListHead> heads_from_blob(View blob) {
    std::vector<ListHead> heads;
    Taker taker(blob);
    while (!taker.empty())
        heads.push_back({.account = AccountId{taker.fixed<16>()}, .head = taker.fixed<32>()});
    return heads;
}

Bytes sealed_keys_to_blob(const std::vector<SealedKey>& keys) {
    Bytes blob;
    for (const SealedKey& key : keys) {
        append(blob, key.to);
        blob.push_back(static_cast<std::uint8_t>(key.box.size() >> 8U));
        blob.push_back(static_cast<std::uint8_t>(key.box.size()));
        append(blob, key.box);
    }
    return blob;
}

std::vector<SealedKey> sealed_keys_from_blob(View blob) {
    std::vector<SealedKey> keys;
    Taker taker(blob);
    while (!taker.empty()) {
        SealedKey key{.to = taker.fixed<16>(), .box = {}};
        const View box = taker.take(static_cast<std::size_t>(taker.number(2)));
        key.box.assign(box.begin(), box.end());
        keys.push_back(std::move(key));
    }
    return keys;
}

Bytes epoch_to_blob(const Epoch& epoch) {
    Bytes blob;
    for (const unsigned shift : {56U, 48U, 40U, 32U, 24U, 16U, 8U, 0U})
        blob.push_back(static_cast<std::uint8_t>(epoch.n >> shift));
    append(blob, epoch.device.bytes);
    append(blob, epoch.signature);
    const Bytes heads = heads_to_blob(epoch.heads);
    blob.push_back(static_cast<std::uint8_t>(epoch.heads.size()));
    append(blob, heads);
    append(blob, sealed_keys_to_blob(epoch.sealed));
    return blob;
}

Epoch epoch_from_blob(View blob) {
    Taker taker(blob);
    Epoch epoch;
    epoch.n = taker.number(8);
    epoch.device.bytes = taker.fixed<16>();
    epoch.signature = taker.fixed<64>();
    constexpr std::size_t head_bytes = 48;
    const auto count = static_cast<std::size_t>(taker.number(1));
    epoch.heads = heads_from_blob(taker.take(count * head_bytes));
    epoch.sealed = sealed_keys_from_blob(taker.rest());
    return epoch;
}

}  // namespace seen::server
