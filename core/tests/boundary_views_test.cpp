#include "desk.hpp"

namespace seen::tests {
namespace {

Json exchange(Desk& desk) {
    return desk.view("exchange", {{"space", "two"}});
}
Json one(const Json& item) {
    return Json::array({item});
}

TEST(ViewMe, nothing_is_known_at_first) {
    Desk desk = open_desk();
    EXPECT_EQ(
        desk.view("me"),
        parse(R"({"name":null,"phrase_checked":false,"joined":null,"over":"none","newer":false})"));
}

TEST(ViewMe, the_newest_name_counts_and_the_partner_is_called_as_they_wish) {
    Desk desk = open_desk();
    desk.absorb(one(record("room", "a", "ada", 1, event("name.set", {{"name", "Ada"}}))));
    desk.absorb(one(record("room", "b", "ada", 2, event("name.set", {{"name", "Adi"}}))));
    desk.absorb(one(record("room", "c", "ada", 3, event("phrase.checked"))));
    desk.absorb(
        one(record("room", "d", "ada", 4,
                   event("space.joined", {{"space", "two"},
                                          {"role", "opener"},
                                          {"partner", {{"account", "ben"}, {"name", "Ben"}}}}))));
    Json me = desk.view("me");
    EXPECT_EQ(me["name"], "Adi");
    EXPECT_EQ(me["phrase_checked"], true);
    EXPECT_EQ(me["joined"],
              parse(R"({"space":"two","role":"opener","partner":{"account":"ben","name":"Ben"}})"));
    desk.absorb(one(record("two", "e", "ada", 1, event("name.set", {{"name", "A."}}))));
    desk.absorb(one(record("two", "f", "ben", 2, event("name.set", {{"name", "Benno"}}))));
    me = desk.view("me");
    EXPECT_EQ(me["joined"]["partner"]["name"], "Benno");
    EXPECT_EQ(me["name"], "Adi");
}

TEST(ViewMe, what_a_newer_version_made_is_kept_and_said) {
    Desk desk = open_desk();
    EXPECT_EQ(desk.absorb(one(record("two", "n", "ben", 1, parse(R"({"v":2,"type":"x"})")))), "");
    EXPECT_EQ(desk.view("me")["newer"], true);
}

TEST(ViewExchange, a_held_answer_of_mine_waits_until_both_have_answered) {
    Desk desk = open_desk();
    EXPECT_EQ(
        exchange(desk),
        parse(
            R"({"counter":0,"state":"nothing","mine":null,"theirs_waits":false,"may_tell":false})"));
    desk.absorb(one(record("two", "h0-ada", "ada", std::nullopt, truth("of ada h0"), "h0")));
    EXPECT_EQ(
        exchange(desk),
        parse(
            R"({"counter":0,"state":"mine","mine":{"id":"h0-ada","text":"of ada h0","at":900,"lapsed":false},"theirs_waits":false,"may_tell":false})"));
    EXPECT_EQ(desk.view("today")["to_receive"], Json());
    desk.absorb(release("h0", 1));
    EXPECT_EQ(
        exchange(desk),
        parse(
            R"({"counter":1,"state":"nothing","mine":null,"theirs_waits":false,"may_tell":false})"));
    EXPECT_EQ(desk.view("today")["to_receive"]["theirs"]["text"], "of ben h0");
}

TEST(ViewExchange, a_half_that_stands_alone_is_counted_and_not_shown) {
    Desk desk = open_desk();
    desk.absorb(one(release("h0", 1)[1]));
    EXPECT_EQ(exchange(desk)["counter"], 1);
    EXPECT_TRUE(desk.view("between", {{"space", "two"}, {"limit", 9}})["items"].empty());
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}}), Json());
    EXPECT_EQ(desk.view("today")["to_receive"], Json());
    EXPECT_EQ(desk.error(Desk::intent_call(
                  "two", "new", {{"type", "respond"}, {"target", "h0-ben"}, {"kind", "thanks"}})),
              "unknown_target");
}

TEST(ViewExchange, a_sign_that_theirs_waits_is_shown_until_it_is_taken_back_or_opened) {
    Desk desk = open_desk();
    const Json told = event("truth.waiting", {{"counter", 0}});
    desk.absorb(agreed(7));
    desk.absorb(one(record("two", "own", "ada", 1, told)));
    EXPECT_EQ(exchange(desk)["theirs_waits"], false);
    desk.absorb(one(record("two", "told", "ben", 2, told)));
    EXPECT_EQ(exchange(desk)["state"], "theirs");
    desk.absorb(one(record("two", "gift", "ada", std::nullopt, truth("a"), "h0")));
    EXPECT_EQ(exchange(desk)["state"], "both");
    desk.absorb(one(record("two", "quiet", "ben", 3, event("truth.quiet", {{"counter", 0}}))));
    EXPECT_EQ(exchange(desk)["state"], "mine");
    desk.absorb(one(record("two", "again", "ben", 4, told)));
    desk.absorb(release("h0", 5));
    EXPECT_EQ(exchange(desk)["theirs_waits"], false);
}

TEST(ViewExchange, a_gift_under_a_hold_that_has_opened_does_not_wait) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb(one(record("two", "late", "ada", std::nullopt, truth("late"), "h0")));
    EXPECT_EQ(exchange(desk)["state"], "nothing");
}

TEST(ViewToday, it_is_without_an_exchange_when_alone) {
    Desk desk;
    desk.ok({{"call", "open"}, {"me", "ada"}});
    desk.ok({{"call", "space"}, {"space", "room"}, {"kind", "room"}, {"members", {"ada"}}});
    const Json today = desk.view("today");
    EXPECT_EQ(today["exchange"], Json());
    EXPECT_EQ(today["to_receive"], Json());
}

TEST(ViewToday, the_newest_unanswered_one_is_to_receive_and_then_the_one_before) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb(release("h1", 3));
    desk.absorb(release("h2", 5));
    EXPECT_EQ(desk.view("today")["to_receive"]["counter"], 2);
    desk.absorb(
        one(record("two", "w", "ben", 7, event("truth.withdrawn", {{"target", "h2-ben"}}))));
    EXPECT_EQ(desk.view("today")["to_receive"]["counter"], 1);
    desk.absorb(one(record("two", "r", "ada", std::nullopt,
                           event("response.given", {{"target", "h1-ben"}, {"kind", "thanks"}}))));
    EXPECT_EQ(desk.view("today")["to_receive"]["counter"], 0);
}

TEST(ViewOpened, it_shows_both_halves_side_by_side) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}}),
              parse(R"({"counter":0,"stamp":10001,
        "mine":{"id":"h0-ada","by":"ada","at":1,"text":"of ada h0","withdrawn":false,"response":null},
        "theirs":{"id":"h0-ben","by":"ben","at":2,"text":"of ben h0","withdrawn":false,"response":null}})"));
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 4294967296}}), Json());
}

TEST(ViewOpened, what_was_withdrawn_or_erased_leaves_its_place_and_no_words) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb(
        one(record("two", "forged", "ben", 3, event("truth.withdrawn", {{"target", "h0-ada"}}))));
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}})["mine"]["withdrawn"], false);
    desk.absorb(
        one(record("two", "w", "ada", 4, event("truth.withdrawn", {{"target", "h0-ada"}}))));
    desk.absorb(one(record("two", "h0-ben", "ben", 2, nullptr, "h0")));
    const Json opened = desk.view("opened", {{"space", "two"}, {"counter", 0}});
    for (const char* side : {"mine", "theirs"}) {
        EXPECT_EQ(opened[side]["withdrawn"], true) << side;
        EXPECT_EQ(opened[side]["text"], Json()) << side;
    }
    desk.absorb(release("h0", 1));
    EXPECT_EQ(desk.view("opened", {{"space", "two"}, {"counter", 0}}), opened);
}

TEST(ViewOpened, an_unreadable_half_keeps_its_place_in_the_release) {
    Desk desk = open_desk();
    Json both = release("h0", 1);
    both[1]["event"]["text"] = 7;
    EXPECT_EQ(desk.absorb(both), "bad_event");
    const Json opened = desk.view("opened", {{"space", "two"}, {"counter", 0}});
    EXPECT_EQ(opened["theirs"]["text"], Json());
    EXPECT_EQ(opened["theirs"]["withdrawn"], false);
    EXPECT_EQ(exchange(desk)["counter"], 1);
    EXPECT_EQ(desk.view("today")["to_receive"], Json());
}

TEST(ViewOpened, an_answer_counts_only_towards_the_others_and_the_second_replaces_the_first) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    const auto respond = [](const char* target, const char* text) {
        return event("response.given", {{"target", target}, {"kind", "words"}, {"text", text}});
    };
    desk.absorb(one(record("two", "r1", "ben", 3, respond("h0-ada", "first"))));
    desk.absorb(one(record("two", "r2", "ben", 4, respond("h0-ada", "second"))));
    desk.absorb(one(record("two", "r3", "ben", 5, respond("h0-ben", "to myself"))));
    const Json opened = desk.view("opened", {{"space", "two"}, {"counter", 0}});
    EXPECT_EQ(opened["mine"]["response"],
              parse(R"({"id":"r2","by":"ben","kind":"words","text":"second","at":4})"));
    EXPECT_EQ(opened["theirs"]["response"], Json());
}

TEST(ViewBetween, pages_meet_without_a_gap_and_skip_what_is_not_open) {
    Desk desk = open_desk();
    for (std::uint64_t counter = 0; counter < 7; ++counter) {
        const Json both = release("h" + std::to_string(counter), 1 + 2 * counter);
        desk.absorb(counter == 3 ? one(both[1]) : both);
    }
    std::string counters;
    Json before;
    for (bool more = true; more;) {
        const Json page =
            desk.view("between", {{"space", "two"}, {"before", before}, {"limit", 2}});
        for (const Json& item : page["items"]) counters += core::write_json(item["counter"]);
        before = page["items"].back()["counter"];
        more = page["more"] == true;
    }
    EXPECT_EQ(counters, "654210");
    EXPECT_TRUE(
        desk.view("between", {{"space", "two"}, {"before", 0}, {"limit", 2}})["items"].empty());
    EXPECT_EQ(
        desk.view("between", {{"space", "two"}, {"before", 4294967298}, {"limit", 9}})["items"]
            .size(),
        6U);
}

TEST(ViewRoom, notes_come_newest_first_with_their_newest_text) {
    Desk desk = open_desk();
    const auto note = [](const char* text) { return event("note.kept", {{"text", text}}); };
    desk.absorb(one(record("room", "a", "ada", 1, note("first"))));
    desk.absorb(one(record("room", "b", "ada", 2, note("second"))));
    desk.absorb(one(record("room", "c", "ada", 3,
                           event("note.changed", {{"target", "a"}, {"text", "better"}}))));
    desk.absorb(one(record("room", "d", "ada", 4, note("gone"))));
    desk.absorb(one(record("room", "e", "ada", 5, event("note.removed", {{"target", "d"}}))));
    desk.absorb(one(record("room", "f", "ada", std::nullopt, note("new"))));
    EXPECT_EQ(desk.view("room", {{"limit", 9}}), parse(R"({"more":false,"items":[
        {"id":"f","seq":null,"text":"new","at":900,"changed_at":null,"pending":true},
        {"id":"b","seq":2,"text":"second","at":2,"changed_at":null,"pending":false},
        {"id":"a","seq":1,"text":"better","at":1,"changed_at":3,"pending":false}]})"));
}

TEST(ViewRoom, pages_meet_without_a_gap_and_what_waits_stands_in_front) {
    Desk desk = open_desk();
    const Json note = event("note.kept", {{"text", "a"}});
    for (std::uint64_t seq = 1; seq <= 7; ++seq)
        desk.absorb(one(record("room", "n" + std::to_string(seq), "ada", seq, note)));
    for (const char* id : {"p1", "p2", "p3"})
        desk.absorb(one(record("room", id, "ada", std::nullopt, note)));
    desk.absorb(one(record("room", "x", "ada", 8, event("note.removed", {{"target", "n4"}}))));
    std::string ids;
    Json before;
    for (bool more = true; more;) {
        const Json page = desk.view("room", {{"before", before}, {"limit", 2}});
        for (const Json& item : page["items"]) ids += item["id"].get<std::string>() + " ";
        before = page["items"].back()["seq"];
        more = page["more"] == true;
    }
    EXPECT_EQ(ids, "p3 p2 p1 n7 n6 n5 n3 n2 n1 ");
}

TEST(ViewNote, a_note_is_found_by_its_id_however_far_back_it_stands) {
    Desk desk = open_desk();
    const Json note = event("note.kept", {{"text", "a"}});
    for (std::uint64_t seq = 1; seq <= 600; ++seq)
        desk.absorb(one(record("room", "n" + std::to_string(seq), "ada", seq, note)));
    desk.absorb(one(record("room", "c", "ada", std::nullopt,
                           event("note.changed", {{"target", "n1"}, {"text", "better"}}))));
    EXPECT_EQ(
        desk.view("note", {{"id", "n1"}}),
        parse(R"({"id":"n1","seq":1,"text":"better","at":1,"changed_at":900,"pending":true})"));
}

TEST(ViewNote, what_is_no_note_or_has_been_removed_is_null) {
    Desk desk = open_desk();
    desk.absorb(one(record("room", "a", "ada", 1, event("note.kept", {{"text", "gone"}}))));
    desk.absorb(one(record("room", "b", "ada", 2, event("name.set", {{"name", "Ada"}}))));
    EXPECT_EQ(desk.view("note", {{"id", "a"}})["text"], "gone");
    desk.absorb(one(record("room", "c", "ada", 3, event("note.removed", {{"target", "a"}}))));
    for (const char* id : {"a", "b", "elsewhere"}) {
        EXPECT_EQ(desk.view("note", {{"id", id}}), Json()) << id;
    }
}

TEST(ViewNote, there_is_none_without_a_room_or_an_id) {
    Desk desk;
    desk.ok({{"call", "open"}, {"me", "ada"}});
    Json call = {{"call", "view"}, {"name", "note"}, {"now", 1}, {"id", "a"}};
    EXPECT_EQ(desk.error(call), "unknown_space");
    call.erase("id");
    EXPECT_EQ(desk.error(call), "bad_argument");
}

TEST(Views, limits_and_places_are_checked) {
    Desk desk = open_desk();
    const auto error = [&](Json call) {
        call["call"] = "view";
        call["now"] = 1;
        return desk.error(call);
    };
    EXPECT_EQ(error({{"name", "room"}, {"limit", 0}}), "bad_argument");
    EXPECT_EQ(error({{"name", "room"}, {"limit", 501}}), "bad_argument");
    EXPECT_EQ(error({{"name", "room"}}), "bad_argument");
    EXPECT_EQ(error({{"name", "between"}, {"space", "room"}, {"limit", 1}}), "not_joined");
    EXPECT_EQ(error({{"name", "exchange"}, {"space", "attic"}}), "unknown_space");
    EXPECT_EQ(error({{"name", "opened"}, {"space", "two"}}), "bad_argument");
}

}  // namespace
}  // namespace seen::tests
