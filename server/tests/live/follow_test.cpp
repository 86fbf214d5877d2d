#include "support/person.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <unistd.h>

namespace seen::test {

TEST(Follow, everything_comes_in_order_without_gaps_while_appends_go_on) {
    const RunningServer server;
    const Couple couple(server);
    constexpr std::uint64_t each = 150;
    for (std::uint64_t i = 0; i < 40; ++i)
        ASSERT_EQ(couple.anna.append(couple.space, couple.anna.durable()).status, 200);
    const auto write = [&](const Person& person) {
        for (std::uint64_t i = 0; i < each; ++i)
            EXPECT_EQ(person.append(couple.space, person.durable()).status, 200);
    };
    std::thread anna_writes([&] { write(couple.anna); });
    std::thread ben_writes([&] { write(couple.ben); });
    FollowClient follow = couple.ben.follow(couple.space, 7);
    std::uint64_t last = 7;
    while (last < 40 + 2 * each) {
        const auto frame = follow.hear_with("records");
        ASSERT_TRUE(frame.is_object()) << "silence after " << last;
        for (const auto& record : frame["records"]) ASSERT_EQ(record["seq"], ++last);
    }
    anna_writes.join();
    ben_writes.join();
}

TEST(Follow, a_follower_without_news_hears_at_once_where_it_stands) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    FollowClient follow = person.follow(person.room());
    const auto frame = follow.hear_with("records");
    EXPECT_EQ(frame["space"], person.room());
    EXPECT_EQ(frame["head"], 0);
    EXPECT_TRUE(frame["records"].empty());
}

TEST(Follow, asking_again_begins_again_from_there) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (int i = 0; i < 5; ++i)
        ASSERT_EQ(person.append(person.room(), person.durable()).status, 200);
    FollowClient follow = person.follow(person.room());
    EXPECT_EQ(follow.hear_with("records")["records"].size(), 5U);
    follow.say({{"follow", {{person.room(), 3}}}});
    EXPECT_EQ(follow.hear_with("records")["records"].size(), 2U);
}

TEST(Follow, a_foreign_space_and_none_at_all_end_it_in_the_same_way) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    const Person stranger = Person::arrived(server);
    for (const std::string& space : {person.room(), random_id()}) {
        FollowClient follow = stranger.follow(space);
        EXPECT_EQ(follow.hear_with("error"), nlohmann::json({{"error", "not_found"}}));
        EXPECT_TRUE(follow.hear().is_null());
        EXPECT_TRUE(follow.closed());
    }
}

TEST(Follow, without_a_good_token_it_ends) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (const char* first : {R"({"token":"x"})", R"({"follow":{}})", "not json", "[]", "{}"}) {
        FollowClient follow(server.address());
        follow.say_text(first);
        EXPECT_TRUE(follow.hear_with("error").is_object()) << first;
        EXPECT_TRUE(follow.hear().is_null());
        EXPECT_TRUE(follow.closed()) << first;
    }
    FollowClient wrong(server.address());
    wrong.say({{"token", text_of(random_bytes(32))}});
    EXPECT_EQ(wrong.hear_with("error")["error"], "unauthorized");
}

TEST(Follow, silence_at_the_beginning_ends_it_after_five_seconds) {
    const RunningServer server;
    FollowClient follow(server.address());
    EXPECT_TRUE(follow.hear(std::chrono::seconds(4)).is_null());
    EXPECT_FALSE(follow.closed());
    EXPECT_TRUE(follow.hear(std::chrono::seconds(4)).is_null());
    EXPECT_TRUE(follow.closed());
}

TEST(Follow, it_beats_every_ten_seconds) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    FollowClient follow = person.follow(person.room());
    ASSERT_TRUE(follow.hear_with("beat").is_object()) << "one at the start";
    const auto start = std::chrono::steady_clock::now();
    ASSERT_TRUE(follow.hear_with("beat", std::chrono::seconds(12)).is_object());
    const auto waited = std::chrono::steady_clock::now() - start;
    EXPECT_GT(waited, std::chrono::seconds(9));
    EXPECT_LT(waited, std::chrono::seconds(11));
}

TEST(Follow, an_account_has_at_most_sixteen) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    std::vector<std::unique_ptr<FollowClient>> follows;
    for (int i = 0; i < 16; ++i) {
        follows.push_back(std::make_unique<FollowClient>(server.address()));
        follows.back()->say({{"token", person.token}});
        ASSERT_TRUE(follows.back()->hear_with("beat").is_object());
    }
    FollowClient one_more(server.address(), person.token, {});
    EXPECT_EQ(one_more.hear_with("error")["error"], "slow_down");
    follows.pop_back();
    ::usleep(200'000);
    FollowClient after_one_left(server.address(), person.token, {});
    EXPECT_TRUE(after_one_left.hear_with("beat").is_object());
}

TEST(Follow, a_reader_that_takes_nothing_is_closed_and_hinders_nobody) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient slow(server.address());
    slow.socket().take_little();
    slow.say({{"token", couple.ben.token}});
    slow.say({{"follow", {{couple.space, 0}}}});
    for (int i = 0; i < 60; ++i) {
        auto record = couple.anna.durable();
        record["sealed"] = text_of(random_bytes(131072 + 40));
        ASSERT_EQ(couple.anna.append(couple.space, record).status, 200);
    }
    FollowClient quick = couple.ben.follow(couple.space);
    std::uint64_t last = 0;
    while (last < 60) {
        const auto frame = quick.hear_with("records");
        ASSERT_TRUE(frame.is_object());
        for (const auto& record : frame["records"]) ASSERT_EQ(record["seq"], ++last);
    }
    ::sleep(17);
    while (slow.hear(std::chrono::seconds(3)).is_object()) {
    }
    EXPECT_TRUE(slow.closed());
}

TEST(Follow, garbage_frames_end_it_and_nothing_else) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    const std::vector<std::string> garbage{
        std::string("\x81\xFE\xFF", 3), std::string("\xFF\xFF\xFF\xFF"),
        std::string("\x81\x05hello"), std::string(200, '\0'),
        std::string("\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10)};
    for (const std::string& bytes : garbage) {
        FollowClient follow(server.address(), person.token, {});
        ASSERT_TRUE(follow.hear_with("beat").is_object());
        follow.socket().send(bytes);
    }
    EXPECT_EQ(person.get("/v1/account").status, 200);
}

TEST(Follow, nothing_that_one_does_in_ones_own_room_reaches_the_other) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient ben_hears = couple.ben.follow(couple.space);
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    for (int i = 0; i < 20; ++i)
        ASSERT_EQ(couple.anna.append(couple.anna.room(), couple.anna.durable()).status, 200);
    EXPECT_TRUE(ben_hears.hear(std::chrono::seconds(1)).is_null());
}

}  // namespace seen::test
