#include "desk.hpp"

namespace seen::tests {
namespace {

Json intend(Desk& desk, std::string_view space, const Json& intent) {
    return desk.ok(Desk::intent_call(space, "new", intent));
}
std::string refusal(Desk& desk, std::string_view space, const Json& intent) {
    return desk.error(Desk::intent_call(space, "new", intent));
}

TEST(Intents, an_intent_becomes_its_event_and_changes_nothing_yet) {
    Desk desk = open_desk();
    const Json answer = intend(desk, "room", {{"type", "keep_note"}, {"text", "a line "}});
    EXPECT_EQ(answer,
              (Json{{"class", "durable"}, {"event", event("note.kept", {{"text", "a line "}})}}));
    EXPECT_TRUE(desk.view("room", {{"limit", 9}})["items"].empty());
}

TEST(Intents, every_event_that_is_made_can_be_absorbed) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb({record("room", "note", "ada", 1, event("note.kept", {{"text", "a"}}))});
    desk.absorb({record("two", "gift", "ada", std::nullopt, truth("b"), "h1")});
    desk.absorb(agreed(4));
    desk.absorb({record("two", "told", "ada", 3, event("truth.waiting", {{"counter", 1}}))});
    const Json partner = {{"account", "ben"}, {"name", nullptr}};
    const Json room = Json::array(
        {{{"type", "set_name"}, {"name", " Ada "}},
         {{"type", "phrase_checked"}},
         {{"type", "joined"}, {"shared", "two"}, {"role", "opener"}, {"partner", partner}},
         {{"type", "keep_note"}, {"text", "a"}},
         {{"type", "change_note"}, {"target", "note"}, {"text", "b"}},
         {{"type", "remove_note"}, {"target", "note"}},
         {{"type", "name_device"}, {"device", "d"}, {"name", " Old phone "}},
         {{"type", "epoch_began"}, {"n", 2}},
         {{"type", "space_key"}, {"shared", "two"}, {"n", 2}},
         {{"type", "left"}, {"shared", "other"}}});
    const Json two = Json::array({{{"type", "set_name"}, {"name", "A"}},
                                  {{"type", "tell_waiting"}},
                                  {{"type", "tell_quiet"}},
                                  {{"type", "withdraw"}, {"target", "h0-ada"}},
                                  {{"type", "respond"}, {"target", "h0-ben"}, {"kind", "thanks"}},
                                  {{"type", "agree"}, {"tell", false}},
                                  {{"type", "epoch_began"}, {"n", 2}},
                                  {{"type", "leave"}}});
    std::uint64_t seq = 20;
    for (const Json* intents : {&room, &two}) {
        const char* space = intents == &room ? "room" : "two";
        for (const Json& intent : *intents) {
            const Json made = intend(desk, space, intent);
            ++seq;
            EXPECT_EQ(
                desk.absorb({record(space, "e" + std::to_string(seq), "ada", seq, made["event"])}),
                "")
                << intent;
        }
    }
}

TEST(Intents, what_is_given_is_held_under_the_counter_of_the_exchange_in_the_making) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    const Json answer = intend(desk, "two", {{"type", "give"}, {"text", "I missed you"}});
    EXPECT_EQ(answer["class"], "held");
    EXPECT_EQ(answer["counter"], 1);
    EXPECT_EQ(answer["event"], truth("I missed you"));
}

TEST(Intents, only_one_true_thing_of_mine_waits_at_a_time) {
    Desk desk = open_desk();
    desk.absorb({record("two", "gift", "ada", std::nullopt, truth("a"), "h0")});
    EXPECT_EQ(refusal(desk, "two", {{"type", "give"}, {"text", "b"}}), "already_given");
    desk.ok({{"call", "forget"}, {"space", "two"}, {"id", "gift"}});
    EXPECT_EQ(intend(desk, "two", {{"type", "give"}, {"text", "b"}})["counter"], 0);
}

TEST(Intents, only_what_waits_can_be_told_and_only_what_was_told_can_be_made_quiet) {
    Desk desk = open_desk();
    desk.absorb(agreed(10));
    EXPECT_EQ(refusal(desk, "two", {{"type", "tell_waiting"}}), "nothing_waits");
    EXPECT_EQ(refusal(desk, "two", {{"type", "tell_quiet"}}), "nothing_waits");
    desk.absorb({record("two", "gift", "ada", std::nullopt, truth("a"), "h0")});
    const Json told = intend(desk, "two", {{"type", "tell_waiting"}})["event"];
    EXPECT_EQ(told, event("truth.waiting", {{"counter", 0}}));
    desk.absorb({record("two", "told", "ada", 1, told)});
    desk.ok({{"call", "forget"}, {"space", "two"}, {"id", "gift"}});
    EXPECT_EQ(intend(desk, "two", {{"type", "tell_quiet"}})["event"],
              event("truth.quiet", {{"counter", 0}}));
}

TEST(Intents, only_my_own_opened_thing_can_be_withdrawn_and_its_record_is_erased) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    desk.absorb({record("two", "gift", "ada", std::nullopt, truth("a"), "h1")});
    EXPECT_EQ(intend(desk, "two", {{"type", "withdraw"}, {"target", "h0-ada"}})["erases"],
              "h0-ada");
    EXPECT_EQ(refusal(desk, "two", {{"type", "withdraw"}, {"target", "h0-ben"}}), "not_yours");
    EXPECT_EQ(refusal(desk, "two", {{"type", "withdraw"}, {"target", "gift"}}), "unknown_target");
    EXPECT_EQ(refusal(desk, "two", {{"type", "withdraw"}, {"target", "none"}}), "unknown_target");
    desk.absorb({record("two", "w", "ada", 3, event("truth.withdrawn", {{"target", "h0-ada"}}))});
    EXPECT_EQ(refusal(desk, "two", {{"type", "withdraw"}, {"target", "h0-ada"}}), "unknown_target");
}

TEST(Intents, only_the_others_opened_thing_can_be_answered) {
    Desk desk = open_desk();
    desk.absorb(release("h0", 1));
    const auto respond = [&](const char* target) {
        return desk.answer(Desk::intent_call(
            "two", "new",
            {{"type", "respond"}, {"target", target}, {"kind", "words"}, {"text", "yes"}}));
    };
    EXPECT_EQ(respond("h0-ben")["ok"]["event"],
              event("response.given", {{"target", "h0-ben"}, {"kind", "words"}, {"text", "yes"}}));
    EXPECT_EQ(respond("h0-ada")["error"]["name"], "not_yours");
    EXPECT_EQ(respond("none")["error"]["name"], "unknown_target");
    desk.absorb({record("two", "w", "ben", 3, event("truth.withdrawn", {{"target", "h0-ben"}}))});
    EXPECT_EQ(respond("h0-ben")["error"]["name"], "unknown_target");
}

TEST(Intents, the_texts_of_a_person_are_refused_by_what_is_wrong_with_them) {
    Desk desk = open_desk();
    const auto give = [](std::size_t bytes) -> Json {
        return {{"type", "give"}, {"text", std::string(bytes, 'a')}};
    };
    EXPECT_EQ(refusal(desk, "two", give(0)), "text_empty");
    EXPECT_EQ(refusal(desk, "two", {{"type", "give"}, {"text", " \u200B\n"}}), "text_empty");
    EXPECT_EQ(refusal(desk, "two", give(12'001)), "text_too_long");
    EXPECT_EQ(intend(desk, "two", give(12'000))["class"], "held");
    EXPECT_EQ(refusal(desk, "room", {{"type", "keep_note"}, {"text", std::string(60'001, 'a')}}),
              "text_too_long");
    EXPECT_EQ(refusal(desk, "room", {{"type", "set_name"}, {"name", ""}}), "text_empty");
    EXPECT_EQ(refusal(desk, "room", {{"type", "set_name"}, {"name", std::string(41, 'a')}}),
              "name_too_long");
    EXPECT_EQ(refusal(desk, "room", {{"type", "keep_note"}}), "bad_argument");
}

TEST(Intents, a_name_is_trimmed_before_it_is_measured) {
    Desk desk = open_desk();
    const Json answer =
        intend(desk, "room", {{"type", "set_name"}, {"name", "  " + std::string(40, 'a') + " "}});
    EXPECT_EQ(answer["event"]["name"], std::string(40, 'a'));
}

TEST(Intents, notes_that_are_not_there_cannot_be_changed_or_removed) {
    Desk desk = open_desk();
    const Json note = event("note.kept", {{"text", "a"}});
    desk.absorb({record("room", "n", "ada", 1, note),
                 record("room", "r", "ada", 2, event("note.removed", {{"target", "n"}}))});
    for (const char* target : {"n", "none"}) {
        EXPECT_EQ(
            refusal(desk, "room", {{"type", "change_note"}, {"target", target}, {"text", "b"}}),
            "unknown_target");
        EXPECT_EQ(refusal(desk, "room", {{"type", "remove_note"}, {"target", target}}),
                  "unknown_target");
    }
}

TEST(Intents, a_note_that_is_removed_is_erased) {
    Desk desk = open_desk();
    desk.absorb(Json::array({record("room", "n", "ada", 1, event("note.kept", {{"text", "a"}}))}));
    EXPECT_EQ(intend(desk, "room", {{"type", "remove_note"}, {"target", "n"}})["erases"], "n");
}

TEST(Intents, they_belong_to_their_kind_of_space) {
    Desk desk = open_desk();
    EXPECT_EQ(refusal(desk, "room", {{"type", "give"}, {"text", "a"}}), "not_joined");
    EXPECT_EQ(refusal(desk, "two", {{"type", "keep_note"}, {"text", "a"}}), "bad_argument");
    EXPECT_EQ(refusal(desk, "attic", {{"type", "give"}, {"text", "a"}}), "unknown_space");
}

TEST(Intents, an_id_is_used_once) {
    Desk desk = open_desk();
    desk.absorb(Json::array({record("room", "new", "ada", 1, event("phrase.checked"))}));
    EXPECT_EQ(refusal(desk, "room", {{"type", "phrase_checked"}}), "bad_argument");
}

}  // namespace
}  // namespace seen::tests
