#pragma once

/// Who is signed in. A token is 32 random bytes, known here only as a keyed hash, in memory, for 24
/// hours; after a restart everybody signs in again. An account has at most `sessions_per_account`;
/// the oldest makes room.

#include "seen/server/bytes.hpp"

#include <deque>
#include <unordered_map>

namespace seen::server {

struct Session {
    AccountId account;
    std::optional<DeviceId>
        device;  ///< Nothing: opened by the root, good for the device list only.
    Moment expires = 0;
};

inline constexpr Moment session_life_ms = 24LL * 60 * 60 * 1000;

class Sessions {
  public:
    Sessions();
    /// The token, to be given to the device and forgotten.
    [[nodiscard]] Hash open(const AccountId& account, const std::optional<DeviceId>& device,
                            Moment now);
    [[nodiscard]] std::optional<Session> find(const Hash& token, Moment now) const;
    /// At once, for good: of one device, or, without one, everything of the account.
    void end(const AccountId& account, const std::optional<DeviceId>& device);
    /// How often something was ended. Whoever has read a key before must read it again when this
    /// has moved on.
    [[nodiscard]] std::uint64_t endings() const { return endings_; }

  private:
    [[nodiscard]] Hash hashed(const Hash& token) const;

    Hash key_{};
    std::unordered_map<Hash, Session, IdHash> by_hash_;
    std::unordered_map<AccountId, std::deque<Hash>, IdHash> by_account_;  ///< Oldest first.
    std::uint64_t endings_ = 0;
};

}  // namespace seen::server
