#include "limits/rate.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

TEST(Rate, the_window_begins_with_the_first_and_says_how_long_to_wait) {
    Rate rate(2, 60'000);
    EXPECT_FALSE(rate.take("a", 0));
    EXPECT_FALSE(rate.take("a", 10'000));
    EXPECT_EQ(rate.take("a", 20'000), 40);
    EXPECT_FALSE(rate.take("b", 20'000)) << "each key for itself";
    EXPECT_EQ(rate.take("a", 59'999), 1);
    EXPECT_FALSE(rate.take("a", 60'000));
}

TEST(Rate, a_clock_that_was_set_back_locks_nobody_out) {
    Rate rate(1, 60'000);
    EXPECT_FALSE(rate.take("a", 1'000'000));
    EXPECT_FALSE(rate.take("a", 0));
}

TEST(Rate, a_flood_of_keys_is_taken_without_end) {
    Rate rate(1, 60'000);
    for (int i = 0; i < 150'000; ++i) EXPECT_FALSE(rate.take(std::to_string(i), 0));
}

}  // namespace seen::server::test
