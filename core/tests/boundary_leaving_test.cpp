/// What ends: an agreement, the seven days of one that waits, a space of two.

#include "desk.hpp"
#include "seen/core/practice/exchange.hpp"

namespace seen::tests {
namespace {

constexpr std::uint64_t seven_days = core::waiting_lasts;

Json exchange(Desk& desk, std::uint64_t now = 11'000) {
    return desk.view("exchange", {{"space", "two"}}, now);
}
Json one(const Json& item) {
    return Json::array({item});
}
Json intend(std::string_view space, const Json& intent) {
    return Desk::intent_call(space, "new", intent);
}
Json told(std::uint64_t counter) {
    return event("truth.waiting", {{"counter", counter}});
}
/// "gift" of ada, under the first hold.
Json gift(bool lapsed, std::string_view id = "gift") {
    Json made =
        record("two", id, "ada", std::nullopt, truth(std::string("words of ") + id.data()), "h0");
    made["lapsed"] = lapsed;
    return made;
}
Json joined(std::string_view space, std::string_view partner) {
    return event("space.joined", {{"space", space},
                                  {"role", "opener"},
                                  {"partner", {{"account", partner}, {"name", "Ben"}}}});
}
Json left(std::string_view space) {
    return event("space.left", {{"space", space}});
}

TEST(Agreement, one_that_waits_is_let_known_only_if_both_agreed) {
    Desk desk = open_desk();
    desk.absorb(one(gift(false)));
    desk.absorb(one(record("two", "told", "ben", 1, told(0))));
    std::uint64_t seq = 2;
    for (const bool ada : {false, true}) {
        for (const bool ben : {false, true}) {
            desk.absorb(agreed(seq, ada, ben));
            seq += 2;
            EXPECT_EQ(exchange(desk)["theirs_waits"], ada && ben);
            EXPECT_EQ(exchange(desk)["may_tell"], ada && ben);
            EXPECT_EQ(desk.answer(intend("two", {{"type", "tell_waiting"}})).contains("ok"),
                      ada && ben);
        }
    }
}

TEST(Agreement, each_ones_newest_word_counts_and_saying_nothing_is_no_yes) {
    Desk desk = open_desk();
    EXPECT_EQ(desk.view("agreement", {{"space", "two"}}), parse(R"({"mine":null,"theirs":null})"));
    EXPECT_EQ(desk.error(intend("two", {{"type", "tell_waiting"}})), "nothing_waits");
    desk.absorb(one(gift(false)));
    EXPECT_EQ(desk.error(intend("two", {{"type", "tell_waiting"}})), "not_agreed");
    desk.absorb(one(record("two", "b", "ben", 2, event("waiting.agreed", {{"tell", true}}))));
    EXPECT_EQ(exchange(desk)["may_tell"], false);
    desk.absorb(
        one(record("two", "a", "ada", std::nullopt, event("waiting.agreed", {{"tell", true}}))));
    EXPECT_EQ(desk.view("agreement", {{"space", "two"}}), parse(R"({"mine":true,"theirs":true})"));
    desk.absorb(one(record("two", "c", "ben", 3, event("waiting.agreed", {{"tell", false}}))));
    desk.absorb(one(record("two", "d", "ben", 1, event("waiting.agreed", {{"tell", true}}))));
    EXPECT_EQ(desk.view("agreement", {{"space", "two"}}), parse(R"({"mine":true,"theirs":false})"));
}

TEST(Lapsing, what_was_said_to_wait_is_no_longer_shown_after_seven_days) {
    Desk desk = open_desk();
    desk.absorb(agreed(1));
    desk.absorb(one(record("two", "told", "ben", 3, told(0))));
    const std::uint64_t stamp = 10'003;
    EXPECT_EQ(exchange(desk, stamp + seven_days - 1)["state"], "theirs");
    EXPECT_EQ(exchange(desk, stamp + seven_days)["state"], "nothing");
    EXPECT_EQ(desk.view("today", Json::object(), stamp + seven_days)["exchange"]["theirs_waits"],
              false);
    desk.absorb(one(record("two", "again", "ben", 4, told(0))));
    EXPECT_EQ(exchange(desk, stamp + seven_days)["state"], "theirs");
}

TEST(Lapsing, a_lapsed_one_keeps_its_words_for_its_author) {
    Desk desk = open_desk();
    desk.absorb(agreed(1));
    desk.absorb(one(gift(false)));
    desk.absorb(one(record("two", "told", "ada", 3, told(0))));
    EXPECT_EQ(exchange(desk)["state"], "mine");
    for (const bool lapsed : {true, false}) {
        desk.absorb(one(gift(lapsed)));
        EXPECT_EQ(exchange(desk)["state"], "nothing");
        EXPECT_EQ(exchange(desk)["mine"],
                  parse(R"({"id":"gift","text":"words of gift","at":900,"lapsed":true})"));
    }
    EXPECT_EQ(desk.error(intend("two", {{"type", "tell_waiting"}})), "nothing_waits");
    EXPECT_EQ(desk.ok(intend("two", {{"type", "tell_quiet"}}))["event"]["counter"], 0);
}

TEST(Lapsing, a_lapsed_one_can_be_given_anew_whichever_of_the_two_comes_first) {
    Desk desk = open_desk();
    desk.absorb(one(gift(true)));
    EXPECT_EQ(desk.ok(intend("two", {{"type", "give"}, {"text", "again"}}))["counter"], 0);
    // The new one before and behind the lapsed one in the order of writing.
    for (const std::uint64_t at : {899U, 901U}) {
        Json anew = gift(false, "anew");
        anew["at"] = at;
        desk.absorb(one(anew));
        EXPECT_EQ(exchange(desk)["state"], "mine");
        EXPECT_EQ(exchange(desk)["mine"]["id"], "anew");
        EXPECT_EQ(desk.error(intend("two", {{"type", "give"}, {"text", "b"}})), "already_given");
        desk.ok({{"call", "forget"}, {"space", "two"}, {"id", "anew"}});
        EXPECT_EQ(exchange(desk)["mine"]["id"], "gift");
    }
}

TEST(Lapsing, what_opened_after_all_is_open) {
    Desk desk = open_desk();
    Json mine = release("h0", 1)[0];
    mine["seq"] = nullptr;
    mine["lapsed"] = true;
    desk.absorb(one(mine));
    desk.absorb(release("h0", 1));
    EXPECT_EQ(exchange(desk)["counter"], 1);
    EXPECT_EQ(exchange(desk)["mine"], Json());
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}})["mine"]["text"], "of ada h0");
}

TEST(Resealing, one_sealed_anew_takes_the_place_of_the_first_and_nothing_answers_the_first) {
    Desk desk = open_desk();
    desk.absorb(one(gift(false)));
    desk.ok({{"call", "forget"}, {"space", "two"}, {"id", "gift"}});
    desk.absorb(one(gift(false, "sealed anew")));
    EXPECT_EQ(exchange(desk)["mine"]["id"], "sealed anew");
    desk.absorb(Json::array({record("two", "sealed anew", "ada", 1, truth("words"), "h0"),
                             record("two", "theirs", "ben", 2, truth("theirs"), "h0")}));
    for (const char* target : {"gift", "sealed anew"}) {
        desk.absorb(one(record("two", std::string("r ") + target, "ben", 3,
                               event("response.given", {{"target", target}, {"kind", "thanks"}}))));
        const Json opened = desk.view("opened", {{"space", "two"}, {"counter", 0}});
        EXPECT_EQ(opened["mine"]["id"], "sealed anew");
        EXPECT_EQ(opened["mine"]["response"].is_null(), std::string_view(target) == "gift");
    }
}

TEST(Leaving, after_leaving_nothing_is_in_the_making_and_what_was_opened_stays) {
    for (const char* leaver : {"ada", "ben"}) {
        Desk desk = open_desk();
        desk.absorb(one(record("room", "j", "ada", 1, joined("two", "ben"))));
        desk.absorb(release("h0", 1));
        desk.absorb(agreed(3));
        desk.absorb(one(record("two", "told", "ben", 5, told(1))));
        desk.absorb(one(record("two", "waits", "ada", std::nullopt, truth("later"), "h1")));
        EXPECT_EQ(exchange(desk)["state"], "both");
        EXPECT_EQ(desk.view("me")["over"], "none");
        desk.absorb(one(record("two", "end", leaver, 6, event("space.left"))));
        EXPECT_EQ(exchange(desk), Json());
        EXPECT_EQ(desk.view("agreement", {{"space", "two"}}), Json());
        EXPECT_EQ(desk.view("today")["exchange"], Json());
        EXPECT_EQ(desk.view("today")["to_receive"], Json());
        EXPECT_EQ(desk.view("me")["over"],
                  std::string_view(leaver) == "ada" ? "i_left" : "they_left");
        EXPECT_EQ(desk.view("me")["joined"]["partner"]["name"], "Ben");
        const Json between = desk.view("between", {{"space", "two"}, {"limit", 9}});
        EXPECT_EQ(between["items"][0]["theirs"]["text"], "of ben h0");
    }
}

TEST(Leaving, nothing_new_is_begun_with_one_who_has_left) {
    for (const char* leaver : {"ada", "ben"}) {
        Desk desk = open_desk();
        desk.absorb(release("h0", 1));
        desk.absorb(one(record("two", "end", leaver, 3, event("space.left"))));
        const Json intents =
            Json::array({{{"type", "give"}, {"text", "a"}},
                         {{"type", "agree"}, {"tell", true}},
                         {{"type", "tell_waiting"}},
                         {{"type", "tell_quiet"}},
                         {{"type", "respond"}, {"target", "h0-ben"}, {"kind", "thanks"}}});
        for (const Json& intent : intents) EXPECT_EQ(desk.error(intend("two", intent)), "over");
        // Who stays may still take away what is their own, leave as well, and begin an epoch.
        const bool stays = std::string_view(leaver) == "ben";
        for (const Json& intent :
             {Json{{"type", "withdraw"}, {"target", "h0-ada"}}, Json{{"type", "leave"}}}) {
            EXPECT_EQ(desk.answer(intend("two", intent)).contains("ok"), stays) << intent;
        }
        EXPECT_TRUE(desk.answer(intend("two", {{"type", "epoch_began"}, {"n", 2}})).contains("ok"));
    }
}

TEST(Leaving, what_the_leaver_says_afterwards_has_no_effect) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb(one(record("two", "end", "ben", 3, event("space.left"))));
    desk.absorb(one(record("two", "name", "ben", 4, event("name.set", {{"name", "Late"}}))));
    desk.absorb(
        one(record("two", "w", "ben", 5, event("truth.withdrawn", {{"target", "h0-ben"}}))));
    desk.absorb(one(record("room", "j", "ada", 1, joined("two", "ben"))));
    EXPECT_EQ(desk.view("me")["joined"]["partner"]["name"], "Ben");
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}})["theirs"]["withdrawn"],
              false);
}

TEST(Leaving, the_server_may_say_it_too_and_it_is_not_unsaid) {
    Desk desk = open_desk();
    const auto declare = [](const Json& gone) {
        return Json{{"call", "space"},
                    {"space", "two"},
                    {"kind", "shared"},
                    {"members", {"ada", "ben"}},
                    {"left", gone}};
    };
    desk.absorb(one(record("room", "j", "ada", 1, joined("two", "ben"))));
    desk.absorb(one(gift(false)));
    desk.ok(declare(Json::array()));
    EXPECT_EQ(desk.view("me")["over"], "none");
    desk.ok(declare({"ben"}));
    for (int again = 0; again < 2; ++again) {
        EXPECT_EQ(desk.view("me")["over"], "they_left");
        EXPECT_EQ(exchange(desk), Json());
        desk.ok(declare(Json::array()));
    }
    desk.ok(declare({"ada", "stranger"}));
    EXPECT_EQ(desk.view("me")["over"], "i_left");
    EXPECT_EQ(desk.error(declare({7})), "bad_argument");
}

TEST(Leaving, one_may_join_anew_and_the_new_space_takes_the_place) {
    Desk desk = open_desk();
    desk.ok(
        {{"call", "space"}, {"space", "next"}, {"kind", "shared"}, {"members", {"cleo", "ada"}}});
    desk.absorb(one(record("room", "j", "ada", 1, joined("two", "ben"))));
    EXPECT_TRUE(desk.answer(intend("room", {{"type", "left"}, {"shared", "two"}})).contains("ok"));
    desk.absorb(one(record("room", "l", "ada", 2, left("two"))));
    EXPECT_EQ(desk.error(intend("room", {{"type", "left"}, {"shared", "two"}})), "over");
    EXPECT_EQ(desk.view("me")["over"], "i_left");
    EXPECT_EQ(exchange(desk), Json());
    desk.absorb(one(record("room", "k", "ada", 3, joined("next", "cleo"))));
    // A device that was away speaks of the first once more.
    desk.absorb(one(record("room", "echo", "ada", 4, joined("two", "ben"))));
    EXPECT_EQ(desk.view("me")["joined"]["space"], "next");
    EXPECT_EQ(desk.view("me")["over"], "none");
    EXPECT_EQ(desk.view("today")["exchange"]["state"], "nothing");
    EXPECT_EQ(desk.error(intend("two", {{"type", "give"}, {"text", "a"}})), "over");
}

TEST(Devices, each_is_called_as_it_was_named_last) {
    Desk desk = open_desk();
    EXPECT_EQ(desk.view("devices"), parse(R"({"names":{}})"));
    const auto named = [](const char* device, const char* name) {
        return event("device.named", {{"device", device}, {"name", name}});
    };
    desk.absorb(one(record("room", "a", "ada", 1, named("d", "Phone"))));
    desk.absorb(one(record("room", "c", "ada", 3, named("d", "Old phone"))));
    desk.absorb(one(record("room", "b", "ada", 2, named("d", "My phone"))));
    desk.absorb(one(record("room", "e", "ada", 4, named("c", "Desk"))));
    EXPECT_EQ(desk.view("devices"), parse(R"({"names":{"c":"Desk","d":"Old phone"}})"));
    EXPECT_EQ(desk.ok(intend("room", {{"type", "name_device"},
                                      {"device", "d"},
                                      {"name", " Kitchen "}}))["event"]["name"],
              "Kitchen");
    EXPECT_EQ(desk.error(intend("room", {{"type", "name_device"}, {"device", "d"}, {"name", " "}})),
              "text_empty");
}

}  // namespace
}  // namespace seen::tests
