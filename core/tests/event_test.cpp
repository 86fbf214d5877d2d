#include "seen/core/journal/event.hpp"

#include <gtest/gtest.h>

#include <string>

namespace seen::core {
namespace {

constexpr const char* every_event[] = {
    R"({"v":1,"type":"name.set","name":"Ada"})",
    R"({"v":1,"type":"phrase.checked"})",
    R"({"v":1,"type":"space.joined","space":"s","role":"opener","partner":{"account":"b","name":"Ben"}})",
    R"({"v":1,"type":"space.joined","space":"s","role":"joiner","partner":{"account":"b"}})",
    R"({"v":1,"type":"space.key","space":"s","n":2})",
    R"({"v":1,"type":"space.left","space":"s"})",
    R"({"v":1,"type":"space.left"})",
    R"({"v":1,"type":"device.named","device":"d","name":"The old phone"})",
    R"({"v":1,"type":"epoch.began","n":2})",
    R"({"v":1,"type":"waiting.agreed","tell":true})",
    R"({"v":1,"type":"waiting.agreed","tell":false})",
    R"({"v":1,"type":"note.kept","text":"a line\nand another"})",
    R"({"v":1,"type":"note.changed","target":"n","text":"better"})",
    R"({"v":1,"type":"note.removed","target":"n"})",
    R"({"v":1,"type":"truth.given","text":"I was afraid to ask 😀"})",
    R"({"v":1,"type":"truth.waiting","counter":3})",
    R"({"v":1,"type":"truth.quiet","counter":3})",
    R"({"v":1,"type":"truth.withdrawn","target":"t"})",
    R"({"v":1,"type":"response.given","target":"t","kind":"thanks"})",
    R"({"v":1,"type":"response.given","target":"t","kind":"words","text":"Thank you"})",
};

TEST(Event, every_event_is_written_as_it_was_read) {
    for (const char* text : every_event) {
        const Json json = parse_json(text);
        const auto event = read_event(json);
        ASSERT_TRUE(event) << text << " " << event.error().detail;
        EXPECT_FALSE(std::holds_alternative<Unknown>(event->act)) << text;
        EXPECT_TRUE(event->rest.is_null()) << text;
        EXPECT_EQ(write_event(*event), json) << text;
    }
}

TEST(Event, unknown_fields_are_kept_beside_the_known_ones) {
    for (const char* text : every_event) {
        Json json = parse_json(text);
        json["weather"] = {{"rain", {1, 2, 3}}};
        if (json.contains("partner")) json["partner"]["colour"] = "tide";
        const auto event = read_event(json);
        ASSERT_TRUE(event) << text;
        EXPECT_EQ(write_event(*event), json) << text;
    }
}

TEST(Event, an_unknown_type_and_a_newer_version_are_kept_whole) {
    const Json unknown = parse_json(R"({"v":1,"type":"mirror.begun","turns":[1,2]})");
    const auto read_unknown = read_event(unknown);
    ASSERT_TRUE(read_unknown);
    EXPECT_TRUE(std::holds_alternative<Unknown>(read_unknown->act));
    EXPECT_EQ(write_event(*read_unknown), unknown);

    const Json newer = parse_json(R"({"v":2,"type":"note.kept","text":7})");
    const auto read_newer = read_event(newer);
    ASSERT_TRUE(read_newer);
    EXPECT_TRUE(std::holds_alternative<Newer>(read_newer->act));
    EXPECT_EQ(write_event(*read_newer), newer);
}

TEST(Event, a_missing_field_is_refused_by_its_name) {
    for (const char* text : every_event) {
        const Json whole = parse_json(text);
        for (const auto& [name, value] : whole.items()) {
            if (name == "text" && whole["type"] == "response.given") continue;
            if (name == "space" && whole["type"] == "space.left") continue;
            Json json = whole;
            json.erase(name);
            const auto event = read_event(json);
            ASSERT_FALSE(event) << name << " of " << text;
            EXPECT_EQ(event.error(), (Error{Code::BadEvent, name})) << text;
        }
    }
}

TEST(Event, a_field_of_a_wrong_kind_is_refused) {
    for (const char* text : every_event) {
        const Json whole = parse_json(text);
        for (const auto& [name, value] : whole.items()) {
            for (const char* wrong : {"-1", "1.5", "[]", "{}", "true", "0"}) {
                const Json other = parse_json(wrong);
                if ((name == "counter" || name == "n") && other == 0) continue;
                if (name == "tell" && other == true) continue;
                Json json = whole;
                json[name] = other;
                const auto event = read_event(json);
                ASSERT_FALSE(event) << name << "=" << wrong << " of " << text;
                EXPECT_EQ(event.error().code, Code::BadEvent);
            }
        }
    }
}

TEST(Event, words_in_answer_need_words) {
    EXPECT_FALSE(
        read_event(parse_json(R"({"v":1,"type":"response.given","target":"t","kind":"words"})")));
    EXPECT_FALSE(
        read_event(parse_json(R"({"v":1,"type":"response.given","target":"t","kind":"hug"})")));
}

TEST(Event, the_limits_hold_for_what_others_wrote_too) {
    Json json = {{"v", 1}, {"type", "truth.given"}, {"text", std::string(12'000, 'a')}};
    EXPECT_TRUE(read_event(json));
    json["text"] = std::string(12'001, 'a');
    EXPECT_FALSE(read_event(json));
    json["text"] = " \n ";
    EXPECT_FALSE(read_event(json));
    json = {{"v", 1}, {"type", "note.kept"}, {"text", std::string(60'000, 'a')}};
    EXPECT_TRUE(read_event(json));
    json["text"] = std::string(60'001, 'a');
    EXPECT_FALSE(read_event(json));
}

TEST(Event, what_is_nested_too_deep_is_refused_and_not_followed) {
    Json json = parse_json(R"({"v":1,"type":"note.kept","text":"a"})");
    json["deep"] = parse_json(std::string(200'000, '[') + std::string(200'000, ']'));
    const auto event = read_event(json);
    ASSERT_FALSE(event);
    EXPECT_EQ(event.error().detail, "too deep");
}

TEST(Event, acts_stand_only_where_they_belong) {
    EXPECT_TRUE(may_stand(NoteKept{}, SpaceKind::Room, false));
    EXPECT_FALSE(may_stand(NoteKept{}, SpaceKind::Shared, false));
    EXPECT_FALSE(may_stand(NoteKept{}, SpaceKind::Room, true));
    EXPECT_TRUE(may_stand(TruthGiven{}, SpaceKind::Shared, true));
    EXPECT_FALSE(may_stand(TruthGiven{}, SpaceKind::Shared, false));
    EXPECT_TRUE(may_stand(NameSet{}, SpaceKind::Room, false));
    EXPECT_TRUE(may_stand(NameSet{}, SpaceKind::Shared, false));
    EXPECT_TRUE(may_stand(Unknown{}, SpaceKind::Shared, true));
    EXPECT_TRUE(may_stand(SpaceLeft{}, SpaceKind::Shared, false));
    EXPECT_TRUE(may_stand(SpaceLeft{"s"}, SpaceKind::Room, false));
    EXPECT_FALSE(may_stand(SpaceLeft{}, SpaceKind::Room, false));
    EXPECT_FALSE(may_stand(SpaceLeft{}, SpaceKind::Shared, true));
    EXPECT_FALSE(may_stand(WaitingAgreed{}, SpaceKind::Room, false));
    EXPECT_FALSE(may_stand(DeviceNamed{}, SpaceKind::Shared, false));
}

TEST(Event, every_spelling_is_read_back) {
    for (const Role role : {Role::Opener, Role::Joiner})
        EXPECT_EQ(role_of(spelling_of(role)), role);
    for (const ResponseKind kind : {ResponseKind::Thanks, ResponseKind::Words}) {
        EXPECT_EQ(response_kind_of(spelling_of(kind)), kind);
    }
    EXPECT_EQ(role_of("owner"), std::nullopt);
    EXPECT_EQ(response_kind_of(""), std::nullopt);
}

}  // namespace
}  // namespace seen::core
