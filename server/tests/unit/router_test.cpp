#include "http/router.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

TEST(Router, a_pattern_matches_piece_by_piece) {
    Router router;
    router.add({"GET", "/v1/spaces/{}", Needs::Nothing, {}});
    router.add({"GET", "/v1/spaces/{}/held", Needs::Nothing, {}});
    router.add({"DELETE", "/v1/spaces/{}/held/{}", Needs::Nothing, {}});
    EXPECT_EQ(router.match("GET", "/v1/spaces/abc").parts, std::vector<std::string>{"abc"});
    EXPECT_EQ(router.match("DELETE", "/v1/spaces/a/held/b").parts,
              (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(router.match("POST", "/v1/spaces/a/held").allow, "GET");
    for (const char* path :
         {"", "/", "/v1", "/v1/spaces", "/v1/spaces/", "/v1/spaces/a/", "/v1/spaces/a/held/b/c",
          "v1/spaces/a", "/V1/spaces/a", "/v1//spaces/a"}) {
        const Match match = router.match("GET", path);
        EXPECT_EQ(match.route, nullptr) << path;
        EXPECT_TRUE(match.allow.empty()) << path;
    }
}

TEST(Router, numbers_in_a_query_are_whole_and_not_negative) {
    EXPECT_EQ(number_in("after=5&limit=7", "limit", 1), Result<std::uint64_t>(7));
    EXPECT_EQ(number_in("", "limit", 1), Result<std::uint64_t>(1));
    EXPECT_EQ(number_in("xlimit=3", "limit", 1), Result<std::uint64_t>(1));
    for (const char* query : {"limit=", "limit=-1", "limit=1x", "limit=99999999999999999999"})
        EXPECT_FALSE(number_in(query, "limit", 1)) << query;
}

}  // namespace seen::server::test
