#include "wire/requests.hpp"

#include <gtest/gtest.h>

#include <random>

namespace seen::server::test {

TEST(Requests, only_canonical_base64url_is_read) {
    EXPECT_EQ(from_base64url("AQ"), (Bytes{1}));
    EXPECT_FALSE(from_base64url("AR")) << "bits set behind the last byte";
    EXPECT_FALSE(from_base64url("AQ=="));
    EXPECT_FALSE(from_base64url("A+/A"));
    EXPECT_FALSE(from_base64url("A"));
    EXPECT_FALSE(id_from<SpaceId>(std::string(21, 'A')));
    EXPECT_TRUE(id_from<SpaceId>(std::string(22, 'A')));
}

TEST(Requests, bytes_written_and_read_are_the_same) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (std::size_t size = 0; size < 200; ++size) {
        Bytes bytes(size);
        for (auto& byte : bytes) byte = static_cast<std::uint8_t>(random());
        EXPECT_EQ(from_base64url(base64url(View{bytes})), bytes);
    }
}

TEST(Requests, changed_texts_are_read_or_refused_and_never_worse) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string whole =
        R"({"v":1,"id":"AAAAAAAAAAAAAAAAAAAAAA","device":"AAAAAAAAAAAAAAAAAAAAAA","epoch":1,"class":"durable",)"
        R"("hold":null,"prev":null,"sealed":")" +
        base64url(View{Bytes(1064, 0)}) +
        R"(","erases":null,"follow":{"AAAAAAAAAAAAAAAAAAAAAA":3}})";
    ASSERT_TRUE(read_new_record(whole));
    ASSERT_TRUE(read_follow_frame(whole));
    for (int i = 0; i < 4000; ++i) {
        std::string text = whole;
        for (int j = 0; j < 3; ++j) text[random() % 200] = static_cast<char>(random());
        if (i % 5 == 0) text.resize(random() % text.size());
        static_cast<void>(read_new_record(text));
        static_cast<void>(read_follow_frame(text));
        static_cast<void>(read_new_account(text));
        static_cast<void>(read_sign_in(text));
        static_cast<void>(read_confirmation(text));
    }
}

TEST(Requests, follow_frames_name_spaces_and_where_to_begin) {
    const auto frame = read_follow_frame(R"({"follow":{"AAAAAAAAAAAAAAAAAAAAAA":7}})");
    ASSERT_TRUE(frame);
    EXPECT_EQ(frame->after.at(SpaceId{}), 7U);
    EXPECT_FALSE(read_follow_frame(R"({"follow":{"AAAAAAAAAAAAAAAAAAAAAA":-7}})"));
    EXPECT_FALSE(read_follow_frame(R"({"follow":{"x":7}})"));
    EXPECT_FALSE(read_follow_frame(R"({"follow":[]})"));
    EXPECT_FALSE(read_follow_frame(R"({"token":7})"));
}

}  // namespace seen::server::test
