#include "session/challenges.hpp"

#include "wire/enc.hpp"

#include <sodium.h>

namespace seen::server {

Challenges::Challenges() {
    randombytes_buf(key_.data(), key_.size());
}

Fixed<16> Challenges::mark(View random, Moment expires) const {
    Enc enc;
    enc.add("seen/1/challenge").add(random).add_u64(static_cast<std::uint64_t>(expires));
    Fixed<16> mark{};
    crypto_generichash(mark.data(), mark.size(), enc.bytes().data(), enc.bytes().size(),
                       key_.data(), key_.size());
    return mark;
}

Challenge Challenges::issue(Moment now) const {
    Challenge challenge{.nonce = {}, .expires = now + challenge_life_ms};
    randombytes_buf(challenge.nonce.data(), 16);
    const auto marked = mark(View{challenge.nonce}.first(16), challenge.expires);
    std::memcpy(challenge.nonce.data() + 16, marked.data(), marked.size());
    return challenge;
}

bool Challenges::good(const Challenge& challenge, Moment now) const {
    if (challenge.expires <= now) return false;
    const auto marked = mark(View{challenge.nonce}.first(16), challenge.expires);
    if (sodium_memcmp(marked.data(), challenge.nonce.data() + 16, marked.size()) != 0) return false;
    return !used_.contains({challenge.expires, challenge.nonce});
}

void Challenges::use(const Challenge& challenge, Moment now) {
    while (!used_.empty() && used_.begin()->first <= now) used_.erase(used_.begin());
    used_.emplace(challenge.expires, challenge.nonce);
}

}  // namespace seen::server
