#include "house/metrics.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

TEST(Metrics, a_count_is_told_as_the_power_of_two_below_it) {
    EXPECT_EQ(bucket(16), 16U);
    EXPECT_EQ(bucket(31), 16U);
    EXPECT_EQ(bucket(1000), 512U);
    EXPECT_EQ(bucket(~0ULL), 1ULL << 63U);
}

TEST(Metrics, a_handful_is_told_as_none) {
    for (std::uint64_t count = 0; count < 16; ++count) EXPECT_EQ(bucket(count), 0U);
}

/// Every number of the page, whatever was counted.
TEST(Metrics, no_other_number_is_ever_told) {
    for (const std::uint64_t count : {1U, 2U, 17U, 100U, 4095U, 4096U}) {
        Metrics metrics;
        metrics.answers.fill(count);
        metrics.connections = metrics.followers = count;
        const std::string text = metrics.text(count);
        std::size_t told = 0;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = text.find('\n', at);
            const std::string line = text.substr(at, end - at);
            at = end + 1;
            if (line.starts_with('#')) continue;
            EXPECT_EQ(line.substr(line.rfind(' ') + 1), std::to_string(bucket(count))) << line;
            ++told;
        }
        EXPECT_EQ(told, 7U);
    }
}

}  // namespace seen::server::test
