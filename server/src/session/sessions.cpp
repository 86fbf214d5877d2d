#include "session/sessions.hpp"

#include "seen/server/limits.hpp"

#include <sodium.h>

namespace seen::server {

Sessions::Sessions() {
    randombytes_buf(key_.data(), key_.size());
}

Hash Sessions::hashed(const Hash& token) const {
    Hash hash{};
    crypto_generichash(hash.data(), hash.size(), token.data(), token.size(), key_.data(),
                       key_.size());
    return hash;
}

Hash Sessions::open(const AccountId& account, const std::optional<DeviceId>& device, Moment now) {
    Hash token{};
    randombytes_buf(token.data(), token.size());
    auto& own = by_account_[account];
    while (!own.empty()) {
        const auto oldest = by_hash_.find(own.front());
        const bool over = oldest == by_hash_.end() || oldest->second.expires <= now;
        if (!over && own.size() < limits::sessions_per_account) break;
        if (oldest != by_hash_.end()) by_hash_.erase(oldest);
        own.pop_front();
    }
    const Hash hash = hashed(token);
    by_hash_[hash] = {account, device, now + session_life_ms};
    own.push_back(hash);
    return token;
}

std::optional<Session> Sessions::find(const Hash& token, Moment now) const {
    const auto found = by_hash_.find(hashed(token));
    if (found == by_hash_.end() || found->second.expires <= now) return std::nullopt;
    return found->second;
}

void Sessions::end(const AccountId& account, const std::optional<DeviceId>& device) {
    ++endings_;
    const auto own = by_account_.find(account);
    if (own == by_account_.end()) return;
    std::erase_if(own->second, [&](const Hash& hash) {
        const auto session = by_hash_.find(hash);
        if (session == by_hash_.end()) return true;
        if (device && session->second.device != device) return false;
        by_hash_.erase(session);
        return true;
    });
    if (own->second.empty()) by_account_.erase(own);
}

}  // namespace seen::server
