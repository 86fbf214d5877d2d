#include "desk.hpp"

namespace seen::tests {
namespace {

TEST(BoundaryCalls, version_needs_no_journal) {
    Desk desk;
    const Json version = desk.ok({{"call", "version"}});
    EXPECT_EQ(version["events"], 1);
    EXPECT_TRUE(version["version"].is_string());
}

TEST(BoundaryCalls, every_other_call_needs_one_that_is_open) {
    for (const char* call : {"space", "intend", "absorb", "forget", "view"}) {
        Desk desk;
        EXPECT_EQ(desk.error({{"call", call}}), "not_opened") << call;
    }
}

TEST(BoundaryCalls, open_begins_with_an_empty_journal) {
    Desk desk = open_desk();
    desk.absorb({record("room", "n", "ada", 1, event("note.kept", {{"text", "a"}}))});
    desk.ok({{"call", "open"}, {"me", "ada"}});
    EXPECT_EQ(desk.error({{"call", "view"}, {"name", "room"}, {"now", 1}, {"limit", 9}}),
              "unknown_space");
}

TEST(BoundaryCalls, unknown_calls_views_and_intents_are_named) {
    Desk desk = open_desk();
    EXPECT_EQ(desk.error({{"call", "dance"}}), "unknown_call");
    EXPECT_EQ(desk.error({{"call", "view"}, {"name", "mood"}, {"now", 1}}), "unknown_call");
    EXPECT_EQ(desk.error(Desk::intent_call("room", "i", {{"type", "dance"}})), "unknown_call");
}

TEST(BoundaryCalls, a_room_has_me_alone_and_a_shared_space_has_two) {
    Desk desk;
    desk.ok({{"call", "open"}, {"me", "ada"}});
    const auto declare = [&](const char* kind, const Json& members) {
        return desk.error(
            {{"call", "space"}, {"space", "s"}, {"kind", kind}, {"members", members}});
    };
    EXPECT_EQ(declare("room", {"ben"}), "bad_argument");
    EXPECT_EQ(declare("room", Json::array({"ada", "ben"})), "bad_argument");
    EXPECT_EQ(declare("shared", {"ada"}), "bad_argument");
    EXPECT_EQ(declare("shared", Json::array({"ada", "ada"})), "bad_argument");
    EXPECT_EQ(declare("shared", Json::array({"ben", "cleo"})), "bad_argument");
    EXPECT_EQ(declare("shared", Json::array({"ada", 1})), "bad_argument");
    EXPECT_EQ(declare("cellar", {"ada"}), "bad_argument");
    EXPECT_EQ(declare("shared", Json::array({"ben", "ada"})), R"({"ok":{}})");
}

TEST(BoundaryCalls, declaring_the_same_space_again_keeps_what_is_in_it) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.ok({{"call", "space"}, {"space", "two"}, {"kind", "shared"}, {"members", {"ada", "ben"}}});
    EXPECT_EQ(desk.view("exchange", {{"space", "two"}})["counter"], 1);
    EXPECT_EQ(
        desk.error({{"call", "space"}, {"space", "two"}, {"kind", "room"}, {"members", {"ada"}}}),
        "bad_argument");
    EXPECT_EQ(
        desk.error({{"call", "space"}, {"space", "r2"}, {"kind", "room"}, {"members", {"ada"}}}),
        "bad_argument");
}

TEST(BoundaryCalls, absorb_counts_what_it_took_and_names_what_it_refused) {
    Desk desk = open_desk();
    const Json note = event("note.kept", {{"text", "a"}});
    const Json records = Json::array({
        record("room", "good", "ada", 1, note),
        record("attic", "lost", "ada", 2, note),
        record("room", "stranger", "ben", 3, note),
        record("two", "not-mine", "ben", std::nullopt, event("name.set", {{"name", "Ben"}})),
        record("room", "odd", "ada", 4, event("note.kept", {{"text", 7}})),
        record("two", "misplaced", "ada", 5, note),
        record("two", "not-held", "ada", 6, truth("a")),
        Json("not a record"),
        Json::object(),
    });
    const Json answer = desk.ok({{"call", "absorb"}, {"records", records}});
    EXPECT_EQ(answer["absorbed"], 1);
    std::string refused;
    for (const Json& one : answer["refused"]) {
        refused += core::write_json(one["id"]) + ":" + one["name"].get<std::string>() + " ";
    }
    EXPECT_EQ(refused,
              "\"lost\":unknown_space \"stranger\":not_a_member \"not-mine\":bad_argument "
              "\"odd\":bad_event \"misplaced\":bad_event \"not-held\":bad_event "
              "null:bad_argument null:bad_argument ");
}

TEST(BoundaryCalls, absorbing_twice_changes_nothing) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    const Json once = desk.view("today");
    desk.absorb(release("h0", 1));
    EXPECT_EQ(desk.view("today"), once);
}

TEST(BoundaryCalls, an_unacknowledged_record_can_be_forgotten_and_an_acknowledged_one_stays) {
    Desk desk = open_desk();
    const Json note = event("note.kept", {{"text", "a"}});
    desk.absorb({record("room", "sent", "ada", 1, note)});
    desk.absorb({record("room", "waits", "ada", std::nullopt, note)});
    EXPECT_EQ(desk.view("room", {{"limit", 9}})["items"].size(), 2U);
    for (const char* id : {"sent", "waits", "never"}) {
        desk.ok({{"call", "forget"}, {"space", "room"}, {"id", id}});
    }
    const Json items = desk.view("room", {{"limit", 9}})["items"];
    ASSERT_EQ(items.size(), 1U);
    EXPECT_EQ(items[0]["id"], "sent");
    EXPECT_EQ(desk.error({{"call", "forget"}, {"space", "attic"}, {"id", "x"}}), "unknown_space");
}

TEST(BoundaryCalls, half_a_surrogate_pair_does_not_cost_the_page) {
    Desk desk = open_desk();
    const std::string call =
        R"({"call":"absorb","records":[{"space":"room","id":"n","author":"ada","seq":1,"at":1,)"
        R"("hold":null,"event":{"v":1,"type":"note.kept","text":"a \ud83d b"}}]})";
    EXPECT_EQ(desk.boundary().call(call), R"({"ok":{"absorbed":1,"refused":[]}})");
    EXPECT_EQ(desk.view("room", {{"limit", 1}})["items"][0]["text"], "a \uFFFD b");
}

}  // namespace
}  // namespace seen::tests
