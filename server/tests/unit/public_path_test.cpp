#include "http/public_path.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

TEST(PublicPath, what_stands_below_it_comes_without_it_and_nothing_else_comes) {
    for (const char* url : {"https://example.org/seen", "https://example.org/seen/",
                            "http://example.org:8080/seen"}) {
        const PublicPath path(url);
        EXPECT_EQ(path.prefix(), "/seen");
        EXPECT_EQ(path.below("/seen/v1/about"), "/v1/about");
        EXPECT_EQ(path.below("/seen/"), "/");
        EXPECT_EQ(path.below("/seen"), "");
        for (const char* elsewhere : {"/", "/v1/about", "/seenless", "/see", "/Seen/", ""})
            EXPECT_FALSE(path.below(elsewhere).has_value()) << elsewhere;
    }
}

TEST(PublicPath, without_one_everything_stays_as_it_came) {
    for (const char* url : {"", "https://example.org", "https://example.org/"}) {
        const PublicPath path(url);
        EXPECT_EQ(path.prefix(), "");
        EXPECT_EQ(path.below("/"), "/");
        EXPECT_EQ(path.below("/v1/about"), "/v1/about");
    }
}

}  // namespace seen::server::test
