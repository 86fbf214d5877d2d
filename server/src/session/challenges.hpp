#pragma once

/// Challenges that cost the server no memory until they are used well.
///
///     nonce = 16 random bytes ‖ keyed hash (16) over them and the time when it expires
///
/// To anybody else these are 32 random bytes. Only a nonce under which somebody really signed in is
/// remembered, until it expires; so a flood of requests fills nothing and locks nobody. The key
/// lives as long as the process.

#include "seen/server/bytes.hpp"

#include <set>

namespace seen::server {

struct Challenge {
    Hash nonce{};
    Moment expires = 0;
};

inline constexpr Moment challenge_life_ms = 60'000;

class Challenges {
  public:
    Challenges();
    [[nodiscard]] Challenge issue(Moment now) const;
    /// Made here, not expired, not used.
    [[nodiscard]] bool good(const Challenge& challenge, Moment now) const;
    /// After this the challenge is never good again.
    void use(const Challenge& challenge, Moment now);

  private:
    [[nodiscard]] Fixed<16> mark(View random, Moment expires) const;

    Hash key_{};
    std::set<std::pair<Moment, Hash>> used_;  ///< By expiry, so that the old ones are first.
};

}  // namespace seen::server
