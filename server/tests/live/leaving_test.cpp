#include "support/data_search.hpp"
#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

namespace {

const nlohmann::json keep{{"erase", false}};
const nlohmann::json erase{{"erase", true}};
constexpr std::int64_t day_ms = 24LL * 3600 * 1000;

std::string path_of(const Couple& couple, const std::string& rest = {}) {
    return "/v1/spaces/" + couple.space + rest;
}

nlohmann::json marked(nlohmann::json record, const Raw& canary) {
    record["sealed"] = text_of(canary);
    return record;
}

}  // namespace

TEST(Leaving, when_anyone_leaves_what_is_held_is_deleted_and_never_released) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    FollowClient anna_hears = couple.anna.follow(couple.space);
    EXPECT_EQ(anna_hears.hear_with("held")["held"].size(), 1U);
    const Reply left = couple.ben.post(path_of(couple, "/leave"), keep);
    EXPECT_EQ(left.json(), nlohmann::json({{"ok", true}}));
    EXPECT_EQ(anna_hears.hear_with("turned")["turned"], 1);
    EXPECT_TRUE(anna_hears.hear_with("held")["held"].empty());
    EXPECT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 404);
    EXPECT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).error(), "out_of_turn");
    EXPECT_EQ(couple.anna.page(couple.space).json()["head"], 0);
}

TEST(Leaving, one_who_has_left_gets_the_same_404_as_a_stranger) {
    const RunningServer server;
    const Couple couple(server);
    const Person stranger = Person::arrived(server);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.durable()).status, 200);
    const Reply left = couple.ben.post(path_of(couple, "/leave"), keep);
    ASSERT_EQ(left.status, 200);
    EXPECT_EQ(couple.ben.post(path_of(couple, "/leave"), keep).bytes, left.bytes) << "again";
    const auto none = "/v1/spaces/" + random_id();
    const auto epoch = couple.ben.epoch(couple.space, 2, {&couple.ben});
    const auto all_of = [&](const Person& person, const std::string& space) {
        std::vector<std::string> answers{person.get(space).bytes,
                                         person.get(space + "/records").bytes,
                                         person.get(space + "/held").bytes,
                                         person.remove(space + "/held/" + random_id()).bytes,
                                         person.post(space + "/records", person.durable()).bytes,
                                         person.post(space + "/epochs", {{"epoch", epoch}}).bytes};
        return answers;
    };
    const auto nowhere = all_of(stranger, none);
    EXPECT_TRUE(nowhere[0].starts_with("HTTP/1.1 404"));
    for (const std::string& answer : nowhere) EXPECT_EQ(answer, nowhere[0]);
    EXPECT_EQ(all_of(couple.ben, path_of(couple)), nowhere);
    EXPECT_EQ(all_of(stranger, path_of(couple)), nowhere);
    EXPECT_EQ(stranger.post(path_of(couple, "/leave"), keep).bytes, nowhere[0]);
    EXPECT_EQ(couple.ben.get("/v1/account").json()["spaces"].size(), 1U);
}

TEST(Leaving, who_stays_reads_on_and_begins_the_next_epoch_alone) {
    const RunningServer server;
    const Couple couple(server);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.durable()).status, 200);
    ASSERT_EQ(couple.ben.post(path_of(couple, "/leave"), keep).status, 200);
    const auto space = couple.anna.get(path_of(couple)).json();
    EXPECT_FALSE(space["members"][0]["left"]);
    EXPECT_TRUE(space["members"][1]["left"]);
    EXPECT_EQ(space["members"][1]["devices"], nlohmann::json(couple.ben.list()));
    const auto with_both = couple.anna.epoch(couple.space, 2, {&couple.anna, &couple.ben});
    EXPECT_EQ(couple.anna.post(path_of(couple, "/epochs"), {{"epoch", with_both}}).error(),
              "stale_head");
    const auto alone = couple.anna.epoch(couple.space, 2, {&couple.anna});
    EXPECT_EQ(couple.anna.post(path_of(couple, "/epochs"), {{"epoch", alone}}).status, 201);
    auto record = couple.anna.durable();
    record["epoch"] = 2;
    EXPECT_EQ(couple.anna.append(couple.space, record).status, 200);
    EXPECT_TRUE(couple.anna.page(couple.space).json()["records"][0]["sealed"].is_string());
}

TEST(Leaving, ones_own_room_cannot_be_left) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    EXPECT_EQ(person.post("/v1/spaces/" + person.room() + "/leave", keep).error(), "out_of_turn");
}

TEST(Leaving, with_erase_no_byte_of_the_leavers_records_stays) {
    const RunningServer server;
    const Couple couple(server);
    const Raw kept = random_bytes(1064);
    const Raw held = random_bytes(4136);
    const Raw others = random_bytes(1064);
    const auto add = [&](const Person& person, const nlohmann::json& record) {
        ASSERT_EQ(person.append(couple.space, record).status, 200);
    };
    add(couple.ben, marked(couple.ben.durable(), kept));
    add(couple.ben, marked(couple.ben.held(random_id()), held));
    add(couple.anna, marked(couple.anna.durable(), others));
    ASSERT_TRUE(found_in(server.data(), kept) && found_in(server.data(), held))
        << "or this test could not find anything";
    ASSERT_EQ(couple.ben.post(path_of(couple, "/leave"), erase).status, 200);
    EXPECT_TRUE(soon_gone_from(server.data(), kept));
    EXPECT_TRUE(soon_gone_from(server.data(), held));
    EXPECT_TRUE(found_in(server.data(), others));
    const auto records = couple.anna.page(couple.space).json()["records"];
    EXPECT_TRUE(records[0]["sealed"].is_null());
    EXPECT_TRUE(records[1]["sealed"].is_string());
}

TEST(Leaving, when_both_have_left_nothing_of_the_space_stays) {
    const RunningServer server;
    const Couple couple(server);
    const Raw canary = random_bytes(1064);
    ASSERT_EQ(couple.anna.append(couple.space, marked(couple.anna.durable(), canary)).status, 200);
    ASSERT_EQ(couple.ben.post(path_of(couple, "/leave"), keep).status, 200);
    ASSERT_TRUE(found_in(server.data(), canary));
    ASSERT_EQ(couple.anna.post(path_of(couple, "/leave"), keep).status, 200);
    EXPECT_TRUE(soon_gone_from(server.data(), canary));
    EXPECT_EQ(couple.anna.post(path_of(couple, "/leave"), keep).status, 200) << "again";
}

TEST(Deletion, a_deleted_account_answers_like_one_that_never_was) {
    const RunningServer server;
    const Couple couple(server);
    const Raw canary = random_bytes(1064);
    ASSERT_EQ(couple.ben.append(couple.ben.room(), marked(couple.ben.durable(), canary)).status,
              200);
    const std::string lookup = random_id();
    ASSERT_EQ(
        couple.ben
            .post("/v1/invitations", {{"lookup", lookup}, {"blob", text_of(random_bytes(50))}})
            .status,
        201);
    EXPECT_EQ(couple.ben.remove("/v1/account", keep.dump()).status, 401) << "a device's token";
    FollowClient ben_hears = couple.ben.follow(couple.ben.room());
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    const Person root = couple.ben.by_root();
    ASSERT_TRUE(found_in(server.data(), canary));
    ASSERT_EQ(root.remove("/v1/account", keep.dump()).status, 200);
    EXPECT_EQ(root.get("/v1/account").status, 401);
    EXPECT_EQ(couple.ben.get("/v1/account").status, 401);
    while (ben_hears.hear(std::chrono::seconds(2)).is_object()) {
    }
    EXPECT_TRUE(ben_hears.closed());
    EXPECT_TRUE(soon_gone_from(server.data(), canary));
    EXPECT_TRUE(soon_gone_from(server.data(), raw_of(couple.ben.room())));
    EXPECT_EQ(
        couple.anna.post("/v1/invitations/" + lookup + "/claim", nlohmann::json::object()).error(),
        "ended");
    EXPECT_TRUE(couple.anna.get(path_of(couple)).json()["members"][1]["left"]);
}

TEST(Deletion, of_somebody_alone_no_byte_stays) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    ASSERT_EQ(person.append(person.room(), person.durable()).status, 200);
    ASSERT_EQ(
        person
            .post("/v1/invitations", {{"lookup", random_id()}, {"blob", text_of(random_bytes(50))}})
            .status,
        201);
    const std::vector<Raw> own{person.account_bytes(), raw_of(person.room()),
                               person.device().sign.public_key, person.device().box};
    for (const Raw& bytes : own) ASSERT_TRUE(found_in(server.data(), bytes));
    ASSERT_EQ(person.by_root().remove("/v1/account", keep.dump()).status, 200);
    for (const Raw& bytes : own) EXPECT_TRUE(soon_gone_from(server.data(), bytes));
}

TEST(Lapsing, a_lapsed_one_opens_nothing_and_only_its_author_sees_it) {
    const RunningServer server({"--demo"});
    Couple couple(server);
    const std::string hold = random_id();
    const auto annas = couple.anna.held(hold);
    ASSERT_EQ(couple.anna.append(couple.space, annas).status, 200);
    ASSERT_EQ(couple.anna.post("/v1/demo/clock", {{"offset_ms", 7 * day_ms + 1000}}).status, 200);
    couple.anna.sign_in();
    couple.ben.sign_in();
    FollowClient anna_hears = couple.anna.follow(couple.space);
    const auto held = anna_hears.hear_with("held")["held"];
    ASSERT_EQ(held.size(), 1U);
    EXPECT_EQ(held[0]["lapsed"], true);
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    EXPECT_EQ(couple.ben.page(couple.space).json()["head"], 0);
    const auto bens = couple.ben.get(path_of(couple, "/held")).json()["held"];
    ASSERT_EQ(bens.size(), 1U);
    EXPECT_FALSE(bens[0].contains("lapsed"));
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    EXPECT_EQ(couple.ben.page(couple.space).json()["head"], 2) << "given anew, it opens";
}

TEST(Lapsing, the_authors_followers_hear_of_it_when_the_time_comes) {
    const RunningServer server({"--demo"});
    const Couple couple(server);
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(random_id())).status, 200);
    ASSERT_EQ(
        couple.anna.post("/v1/demo/clock", {{"offset_ms", 7 * day_ms - 12 * 3600 * 1000}}).status,
        200);
    Person anna = couple.anna;
    Person ben = couple.ben;
    anna.sign_in();
    ben.sign_in();
    FollowClient anna_hears = anna.follow(couple.space);
    FollowClient ben_hears = ben.follow(couple.space);
    EXPECT_FALSE(anna_hears.hear_with("held")["held"][0].contains("lapsed"));
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    ASSERT_EQ(anna.post("/v1/demo/clock", {{"offset_ms", 7 * day_ms + 1000}}).status, 200);
    EXPECT_EQ(anna_hears.hear_with("held")["held"][0]["lapsed"], true);
    EXPECT_TRUE(ben_hears.hear_with("held", std::chrono::seconds(1)).is_null());
}

}  // namespace seen::test
