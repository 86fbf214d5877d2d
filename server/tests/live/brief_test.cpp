#include "support/person.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace seen::test {

namespace {

using nlohmann::json;

json brief(const Person& person) {
    return {{"v", 1},
            {"id", random_id()},
            {"device", text_of(person.device().id())},
            {"epoch", 1},
            {"sealed", text_of(random_bytes(1024 + 40))}};
}

std::string brief_path(const std::string& space) {
    return "/v1/spaces/" + space + "/brief";
}

void listen(const FollowClient& follow, const std::string& space, const json& ring = nullptr,
            std::uint64_t after = 0) {
    follow.say({{"brief", {{space, {{"ring", ring}, {"after", after}}}}}});
}

json silence(FollowClient& follow, const std::string& field) {
    return follow.hear_with(field, std::chrono::milliseconds(300));
}

std::string bytes_of_folder(const std::filesystem::path& folder) {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

}  // namespace

TEST(Brief, what_is_said_is_heard_by_both_in_order_and_what_was_missed_is_given_again) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient ben = couple.ben.follow(couple.space);
    listen(ben, couple.space);
    ASSERT_EQ(couple.anna.post(brief_path(couple.space), brief(couple.anna)).status, 200);
    json ring;
    for (std::uint64_t n = 2; n <= 5; ++n) {
        const Reply reply = couple.anna.post(brief_path(couple.space), brief(couple.anna));
        ASSERT_EQ(reply.status, 200);
        EXPECT_EQ(reply.json()["n"], n);
        EXPECT_EQ(reply.json()["heard"], true);
        ring = reply.json()["ring"];
    }
    for (std::uint64_t heard = 0; heard < 5;) {
        const auto frame = ben.hear_with("brief");
        ASSERT_TRUE(frame.is_object()) << "silence after " << heard;
        EXPECT_EQ(frame["ring"], ring);
        for (const auto& one : frame["brief"]) {
            EXPECT_EQ(one["n"], ++heard);
            EXPECT_EQ(one["author"], couple.anna.account());
        }
    }
    FollowClient again = couple.ben.follow(couple.space);
    listen(again, couple.space, ring, 3);
    EXPECT_EQ(again.hear_with("brief")["brief"].size(), 2U);
    FollowClient other_ring = couple.ben.follow(couple.space);
    listen(other_ring, couple.space, random_id(), 3);
    EXPECT_EQ(other_ring.hear_with("brief")["brief"].size(), 5U);
}

TEST(Brief, nothing_of_it_is_kept_in_the_log_or_in_any_file_and_a_restart_forgets_it) {
    RunningServer server;
    const Couple couple(server);
    json said = brief(couple.anna);
    const Raw canary = raw("brief-canary-that-nobody-keeps");
    Raw sealed = random_bytes(1024 + 40);
    std::ranges::copy(canary, sealed.begin());
    said["sealed"] = text_of(sealed);
    ASSERT_EQ(couple.anna.post(brief_path(couple.space), said).status, 200);
    EXPECT_EQ(couple.anna.page(couple.space).json()["head"], 0);
    const std::string looked_for(canary.begin(), canary.end());
    EXPECT_EQ(bytes_of_folder(server.data()).find(looked_for), std::string::npos);

    // The control: the same bytes as a durable record are found, so the search can find.
    json kept = couple.anna.durable();
    kept["sealed"] = text_of(sealed);
    ASSERT_EQ(couple.anna.append(couple.space, kept).status, 200);
    EXPECT_NE(bytes_of_folder(server.data()).find(looked_for), std::string::npos);

    server.end_with(SIGTERM);
    server.start();
    Person anna = couple.anna;
    anna.sign_in();
    FollowClient follow = anna.follow(couple.space);
    listen(follow, couple.space);
    EXPECT_TRUE(silence(follow, "brief").is_null());
}

TEST(Brief, the_same_again_has_its_first_answer_and_wrong_ones_are_refused_by_name) {
    const RunningServer server;
    const Couple couple(server);
    const auto path = brief_path(couple.space);
    const json once = brief(couple.anna);
    EXPECT_EQ(couple.anna.post(path, once).json(), couple.anna.post(path, once).json());
    json other = once;
    other["sealed"] = text_of(random_bytes(1024 + 40));
    EXPECT_EQ(couple.anna.post(path, other).json()["error"], "different");
    const auto refusal = [&](const char* field, const json& value) {
        json wrong = brief(couple.anna);
        wrong[field] = value;
        return couple.anna.post(path, wrong).json()["error"].get<std::string>();
    };
    EXPECT_EQ(refusal("epoch", 2), "stale_epoch");
    EXPECT_EQ(refusal("epoch", 0), "stale_epoch");
    EXPECT_EQ(refusal("v", 2), "bad_request");
    EXPECT_EQ(refusal("device", random_id()), "bad_request");
    EXPECT_EQ(refusal("sealed", text_of(random_bytes(1065))), "wrong_size");
    EXPECT_EQ(refusal("sealed", text_of(random_bytes(17408 + 40))), "too_large");
}

TEST(Brief, a_stranger_is_told_what_anyone_is_told_of_a_space_that_is_not_there) {
    const RunningServer server;
    const Couple couple(server);
    const Person stranger = Person::arrived(server);
    const Reply foreign = stranger.post(brief_path(couple.space), brief(stranger));
    const Reply none = stranger.post(brief_path(random_id()), brief(stranger));
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(foreign.body, none.body);
    FollowClient follow = stranger.follow(stranger.room());
    follow.say({{"enter", couple.space}});
    EXPECT_TRUE(follow.hear_with("error").is_object());
}

TEST(Brief, one_who_follows_without_asking_for_it_hears_nothing_of_it) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient quiet = couple.ben.follow(couple.space);
    ASSERT_EQ(couple.anna.post(brief_path(couple.space), brief(couple.anna)).status, 200);
    EXPECT_TRUE(silence(quiet, "brief").is_null());
}

TEST(Presence, it_is_told_only_to_those_who_have_entered_and_ends_with_the_line) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient outside = couple.ben.follow(couple.space);
    FollowClient anna = couple.anna.follow(couple.space);
    anna.say({{"enter", couple.space}});
    EXPECT_EQ(anna.hear_with("present")["present"], json::array({couple.anna.account()}));
    EXPECT_TRUE(silence(outside, "present").is_null());
    {
        FollowClient ben = couple.ben.follow(couple.space);
        ben.say({{"enter", couple.space}});
        const json both = json::array({couple.anna.account(), couple.ben.account()});
        EXPECT_EQ(ben.hear_with("present")["present"], both);
        EXPECT_EQ(anna.hear_with("present")["present"], both);
    }
    EXPECT_EQ(anna.hear_with("present")["present"], json::array({couple.anna.account()}));
    anna.say({{"leave", couple.space}});
    FollowClient ben = couple.ben.follow(couple.space);
    ben.say({{"enter", couple.space}});
    EXPECT_EQ(ben.hear_with("present")["present"], json::array({couple.ben.account()}));
    EXPECT_TRUE(silence(anna, "present").is_null());
    EXPECT_TRUE(silence(outside, "present").is_null());
}

}  // namespace seen::test
