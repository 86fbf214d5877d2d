#include "session/challenges.hpp"

#include "seen/server/limits.hpp"
#include "session/sessions.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace seen::server::test {

TEST(Challenges, each_is_good_until_used_or_expired) {
    ASSERT_GE(sodium_init(), 0);
    Challenges challenges;
    const Challenge challenge = challenges.issue(0);
    EXPECT_TRUE(challenges.good(challenge, 59'999));
    EXPECT_FALSE(challenges.good(challenge, 60'000));
    challenges.use(challenge, 1);
    EXPECT_FALSE(challenges.good(challenge, 2));
}

TEST(Challenges, no_bit_of_it_can_be_changed) {
    const Challenges challenges;
    const Challenge challenge = challenges.issue(0);
    for (std::size_t bit = 0; bit < 256; ++bit) {
        Challenge changed = challenge;
        changed.nonce[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        EXPECT_FALSE(challenges.good(changed, 1));
    }
    EXPECT_FALSE(challenges.good({challenge.nonce, challenge.expires + 1}, 1));
    EXPECT_FALSE(Challenges{}.good(challenge, 1)) << "another server made it";
}

TEST(Sessions, the_oldest_makes_room_for_one_too_many) {
    Sessions sessions;
    const Hash first = sessions.open({}, std::nullopt, 0);
    Hash last{};
    for (std::size_t i = 0; i < limits::sessions_per_account; ++i)
        last = sessions.open({}, std::nullopt, 1);
    EXPECT_FALSE(sessions.find(first, 2));
    EXPECT_TRUE(sessions.find(last, 2));
    EXPECT_FALSE(sessions.find(last, 1 + session_life_ms));
}

}  // namespace seen::server::test
