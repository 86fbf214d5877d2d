#include "seen/core/journal/fields.hpp"

#include <gtest/gtest.h>

namespace seen::core {
namespace {

TEST(Fields, what_is_there_and_of_its_kind_is_read) {
    const Json json = parse_json(R"({"text":"a","id":"x","n":9007199254740991,"list":[1]})");
    Fields fields(json, Code::BadArgument);
    EXPECT_EQ(fields.string("text"), "a");
    EXPECT_EQ(fields.id("id"), "x");
    EXPECT_EQ(fields.whole("n"), whole_limit);
    EXPECT_EQ(fields.array("list").size(), 1U);
    EXPECT_EQ(fields.failure(), std::nullopt);
}

TEST(Fields, the_first_wrong_field_is_named) {
    const Json json = parse_json(R"({"a":1,"b":"x"})");
    Fields fields(json, Code::BadEvent);
    EXPECT_EQ(fields.string("a"), "");
    EXPECT_EQ(fields.whole("b"), 0U);
    EXPECT_EQ(fields.failure(), (Error{Code::BadEvent, "a"}));
}

TEST(Fields, no_kind_of_value_can_stop_the_reader) {
    for (const char* text :
         {"null", "true", "1", "-1", "1.5", "\"x\"", "[]", "[[]]", "{}", "1e400"}) {
        const Json value = parse_json(text);
        Json object = Json::object();
        object["x"] = value.is_discarded() ? Json() : value;
        for (const Json* json : {&value, static_cast<const Json*>(&object)}) {
            Fields fields(*json, Code::BadArgument);
            static_cast<void>(fields.string("x"));
            static_cast<void>(fields.id("x"));
            static_cast<void>(fields.whole("x"));
            static_cast<void>(fields.instant("x"));
            static_cast<void>(fields.string_or_none("x"));
            static_cast<void>(fields.id_or_none("x"));
            static_cast<void>(fields.whole_or_none("x"));
            static_cast<void>(fields.instant_or_none("x"));
            static_cast<void>(fields.array("x"));
            EXPECT_NE(fields.failure(), std::nullopt) << text;
        }
    }
}

TEST(Fields, a_whole_number_is_neither_negative_nor_broken_nor_too_large) {
    for (const char* text : {"-1", "1.5", "9007199254740992", "18446744073709551616", "\"1\""}) {
        Json json = Json::object();
        json["n"] = parse_json(text);
        Fields fields(json, Code::BadArgument);
        EXPECT_EQ(fields.whole("n"), 0U) << text;
        EXPECT_NE(fields.failure(), std::nullopt) << text;
    }
}

TEST(Fields, absent_and_null_are_nothing_where_that_is_allowed) {
    const Json json = parse_json(R"({"a":null})");
    Fields fields(json, Code::BadArgument);
    EXPECT_EQ(fields.string_or_none("a"), std::nullopt);
    EXPECT_EQ(fields.whole_or_none("b"), std::nullopt);
    EXPECT_EQ(fields.failure(), std::nullopt);
}

TEST(Fields, an_id_has_one_to_sixty_four_bytes) {
    for (const std::size_t length : {std::size_t{0}, std::size_t{65}}) {
        Json json = Json::object();
        json["id"] = std::string(length, 'a');
        Fields fields(json, Code::BadArgument);
        static_cast<void>(fields.id("id"));
        EXPECT_NE(fields.failure(), std::nullopt) << length;
    }
}

TEST(Json, a_value_of_sixteen_levels_is_shallow_and_one_of_seventeen_is_not) {
    const auto nested = [](std::size_t levels) {
        return parse_json(std::string(levels, '[') + std::string(levels, ']'));
    };
    EXPECT_TRUE(is_shallow(nested(depth_limit)));
    EXPECT_FALSE(is_shallow(nested(depth_limit + 1)));
    EXPECT_FALSE(is_shallow(nested(500'000)));
    EXPECT_TRUE(is_shallow(parse_json("1")));
}

}  // namespace
}  // namespace seen::core
