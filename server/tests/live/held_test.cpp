#include "support/person.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <unistd.h>

namespace seen::test {

TEST(Held, an_answer_is_not_delivered_until_both_have_answered) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    FollowClient ben_hears = couple.ben.follow(couple.space);
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    const auto annas = couple.anna.held(hold);
    const Reply kept = couple.anna.append(couple.space, annas);
    EXPECT_EQ(kept.json(), nlohmann::json({{"kept", true}}));

    EXPECT_TRUE(couple.ben.page(couple.space).json()["records"].empty());
    EXPECT_EQ(couple.ben.page(couple.space).json()["head"], 0);
    EXPECT_TRUE(couple.ben.get("/v1/spaces/" + couple.space + "/held").json()["held"].empty());
    EXPECT_TRUE(ben_hears.hear(std::chrono::milliseconds(700)).is_null())
        << "not even a sign of it";

    const auto bens = couple.ben.held(hold);
    EXPECT_EQ(couple.ben.append(couple.space, bens).bytes, kept.bytes)
        << "the answer tells nothing";
    const auto frame = ben_hears.hear_with("records");
    ASSERT_EQ(frame["records"].size(), 2U);
    EXPECT_EQ(frame["records"][0]["id"], annas["id"]);
    EXPECT_EQ(frame["records"][1]["id"], bens["id"]);
}

TEST(Held, a_release_has_consecutive_seq_in_the_order_of_joining_and_one_stamp) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.durable()).status, 200);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.durable()).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    const auto records = couple.anna.page(couple.space).json()["records"];
    ASSERT_EQ(records.size(), 4U);
    EXPECT_EQ(records[2]["seq"], 3);
    EXPECT_EQ(records[2]["author"], couple.anna.account());
    EXPECT_EQ(records[3]["seq"], 4);
    EXPECT_EQ(records[3]["author"], couple.ben.account());
    EXPECT_EQ(records[2]["stamp"], records[3]["stamp"]);
    EXPECT_EQ(records[2]["hold"], hold);
}

TEST(Held, a_page_does_not_split_a_release) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.durable()).status, 200);
    const auto page = couple.anna.get("/v1/spaces/" + couple.space + "/records?limit=1").json();
    EXPECT_EQ(page["records"].size(), 2U);
    EXPECT_EQ(page["head"], 3);
}

TEST(Held, the_authors_own_devices_see_it_and_see_it_go) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    FollowClient anna_hears = couple.anna.follow(couple.space);
    EXPECT_TRUE(anna_hears.hear_with("held")["held"].empty());
    const auto record = couple.anna.held(hold);
    ASSERT_EQ(couple.anna.append(couple.space, record).status, 200);
    const auto held = anna_hears.hear_with("held")["held"];
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0]["sealed"], record["sealed"]);
    EXPECT_FALSE(held[0].contains("seq"));
    EXPECT_EQ(couple.anna.get("/v1/spaces/" + couple.space + "/held").json()["held"], held);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    EXPECT_TRUE(anna_hears.hear_with("held")["held"].empty());
}

TEST(Held, a_second_one_replaces_the_first_and_only_it_is_released) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    const auto first = couple.anna.held(hold);
    const auto second = couple.anna.held(hold);
    ASSERT_EQ(couple.anna.append(couple.space, first).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, second).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, first).status, 200)
        << "a late repetition of the first";
    const auto held = couple.anna.get("/v1/spaces/" + couple.space + "/held").json()["held"];
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0]["id"], second["id"]);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    const auto records = couple.ben.page(couple.space).json()["records"];
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0]["id"], second["id"]);
}

TEST(Held, taking_back_answers_the_same_whatever_there_was) {
    const RunningServer server;
    const Couple couple(server);
    const std::string waiting = random_id();
    const std::string released = random_id();
    const std::string never = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(released)).status, 200);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(released)).status, 200);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(waiting)).status, 200);
    const std::string path = "/v1/spaces/" + couple.space + "/held/";
    const Reply first = couple.anna.remove(path + waiting);
    EXPECT_EQ(first.json(), nlohmann::json({{"ok", true}, {"head", 2}}));
    EXPECT_EQ(couple.anna.remove(path + released).bytes, first.bytes);
    EXPECT_EQ(couple.anna.remove(path + never).bytes, first.bytes);
    EXPECT_EQ(couple.anna.remove(path + waiting).bytes, first.bytes);
}

TEST(Held, what_was_taken_back_is_never_released) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    const auto record = couple.anna.held(hold);
    ASSERT_EQ(couple.anna.append(couple.space, record).status, 200);
    ASSERT_EQ(couple.anna.remove("/v1/spaces/" + couple.space + "/held/" + hold).status, 200);
    EXPECT_EQ(couple.anna.append(couple.space, record).status, 200) << "a late repetition";
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    EXPECT_TRUE(couple.ben.page(couple.space).json()["records"].empty());
}

TEST(Held, taking_back_never_touches_what_the_other_gave) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    ASSERT_EQ(couple.ben.remove("/v1/spaces/" + couple.space + "/held/" + hold).status, 200);
    EXPECT_EQ(couple.anna.get("/v1/spaces/" + couple.space + "/held").json()["held"].size(), 1U);
}

TEST(Held, one_more_under_a_released_hold_is_out_of_turn) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    const auto bens = couple.ben.held(hold);
    const Reply kept = couple.ben.append(couple.space, bens);
    EXPECT_EQ(couple.ben.append(couple.space, bens).bytes, kept.bytes)
        << "the same one is only repeated";
    const Reply late = couple.anna.append(couple.space, couple.anna.held(hold));
    EXPECT_EQ(late.status, 409);
    EXPECT_EQ(late.error(), "out_of_turn");
}

TEST(Held, bytes_that_were_taken_back_are_nowhere_in_the_data_folder) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    const auto record = couple.anna.held(hold);
    Raw canary = random_bytes(4136);
    auto marked = record;
    marked["sealed"] = text_of(canary);
    ASSERT_EQ(couple.anna.append(couple.space, marked).status, 200);
    const std::string needle(canary.begin(), canary.begin() + 64);
    const auto found = [&] {
        for (const auto& file : std::filesystem::directory_iterator(server.data())) {
            std::string all;
            FILE* stream = std::fopen(file.path().c_str(), "rb");
            std::array<char, 65536> buffer{};
            while (const auto count = std::fread(buffer.data(), 1, buffer.size(), stream))
                all.append(buffer.data(), count);
            std::fclose(stream);
            if (all.find(needle) != std::string::npos) return true;
        }
        return false;
    };
    ASSERT_TRUE(found()) << "or this test could not find anything";
    ASSERT_EQ(couple.anna.remove("/v1/spaces/" + couple.space + "/held/" + hold).status, 200);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(5);
    while (found() && std::chrono::steady_clock::now() < until) ::usleep(50'000);
    EXPECT_FALSE(found());
}

}  // namespace seen::test
