#include "seen/core/error/error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <string>

namespace seen::core {
namespace {

constexpr std::array codes = {
#define SEEN_ERROR_ENTRY(code, number, name, sentence) Code::code,
    SEEN_ERROR_TABLE(SEEN_ERROR_ENTRY)
#undef SEEN_ERROR_ENTRY
};

TEST(Error, every_code_is_read_back_from_its_name_and_from_its_number) {
    for (const Code code : codes) {
        EXPECT_EQ(code_of(name_of(code)), code) << name_of(code);
        EXPECT_EQ(code_of(number_of(code)), code) << name_of(code);
    }
}

TEST(Error, no_two_codes_share_a_name_a_number_or_a_sentence) {
    std::set<std::string> seen;
    for (const Code code : codes) {
        EXPECT_TRUE(seen.emplace(name_of(code)).second) << name_of(code);
        EXPECT_TRUE(seen.insert(std::to_string(number_of(code))).second) << name_of(code);
        EXPECT_TRUE(seen.emplace(sentence_of(code)).second) << name_of(code);
    }
}

TEST(Error, the_numbers_that_the_boundary_promises_do_not_move) {
    EXPECT_EQ(number_of(Code::NotJson), 101);
    EXPECT_EQ(number_of(Code::UnknownCall), 102);
    EXPECT_EQ(number_of(Code::BadArgument), 103);
    EXPECT_EQ(number_of(Code::TextTooLong), 201);
    EXPECT_EQ(number_of(Code::TextEmpty), 202);
    EXPECT_EQ(number_of(Code::NameTooLong), 203);
    EXPECT_EQ(number_of(Code::UnknownSpace), 301);
    EXPECT_EQ(number_of(Code::NotJoined), 302);
    EXPECT_EQ(number_of(Code::UnknownTarget), 303);
    EXPECT_EQ(number_of(Code::NotYours), 304);
    EXPECT_EQ(number_of(Code::AlreadyGiven), 305);
    EXPECT_EQ(number_of(Code::NothingWaits), 306);
    EXPECT_EQ(number_of(Code::BadEvent), 401);
}

TEST(Error, a_message_ends_with_its_detail_and_is_a_sentence_without_one) {
    EXPECT_EQ(message_of({Code::TextEmpty, ""}), "The text is empty.");
    EXPECT_EQ(message_of({Code::TextEmpty, "name"}), "The text is empty. (name)");
}

TEST(Error, an_unknown_name_or_number_is_no_code) {
    EXPECT_EQ(code_of("text_too_lon"), std::nullopt);
    EXPECT_EQ(code_of(""), std::nullopt);
    EXPECT_EQ(code_of(std::uint16_t{0}), std::nullopt);
}

}  // namespace
}  // namespace seen::core
