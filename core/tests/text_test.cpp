#include "seen/core/text/limits.hpp"
#include "seen/core/text/surrogates.hpp"
#include "seen/core/text/utf8.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace seen::core {
namespace {

TEST(Utf8, every_shortest_form_is_valid) {
    for (const std::string_view text :
         {"", "a", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
          "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
        EXPECT_TRUE(is_valid_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(Utf8, long_forms_surrogates_cut_ends_and_what_lies_beyond_are_not_valid) {
    for (const std::string_view text :
         {"\x80", "\xC0\x80", "\xC1\xBF", "\xC2", "\xE0\x80\x80", "\xE0\x9F\xBF", "\xED\xA0\x80",
          "\xED\xBF\xBF", "\xE2\x82", "\xF0\x80\x80\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80",
          "\xF5\x80\x80\x80", "\xFF", "a\xFE", "\xF0\x9F\x98", "\xE2\x28\xA1"}) {
        EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
    }
}

TEST(Utf8, code_points_are_counted_and_not_bytes) {
    EXPECT_EQ(count_code_points(""), 0U);
    EXPECT_EQ(count_code_points("abc"), 3U);
    EXPECT_EQ(count_code_points("é"), 1U);
    EXPECT_EQ(count_code_points("👩‍🚀"), 3U);
    EXPECT_EQ(count_code_points("שלום"), 4U);
}

TEST(Utf8, blanks_at_both_ends_are_trimmed_and_those_inside_stay) {
    EXPECT_EQ(trimmed("  a b \n"), "a b");
    EXPECT_EQ(trimmed("\u00A0\u2003a\u200B\u3000"), "a");
    EXPECT_EQ(trimmed("👩‍🚀"), "👩‍🚀");
    EXPECT_EQ(trimmed("❤️"), "❤️");
}

TEST(Utf8, a_text_of_nothing_that_can_be_seen_is_empty) {
    for (const std::string_view text :
         {"", " ", "\t\n\r", "\u200B\u200B", "\uFEFF", "\u2060\u00AD"}) {
        EXPECT_TRUE(trimmed(text).empty()) << testing::PrintToString(text);
    }
}

TEST(Limits, a_name_has_forty_characters_of_any_alphabet) {
    std::string name;
    for (int count = 0; count < 40; ++count) name += "é";
    EXPECT_EQ(check_name(name), std::nullopt);
    EXPECT_EQ(check_name(name + "é")->code, Code::NameTooLong);
    EXPECT_EQ(check_name("   ")->code, Code::TextEmpty);
}

TEST(Limits, a_text_is_measured_in_bytes) {
    EXPECT_EQ(check_text(std::string(given_limit, 'a'), given_limit), std::nullopt);
    EXPECT_EQ(check_text(std::string(given_limit + 1, 'a'), given_limit)->code, Code::TextTooLong);
    EXPECT_EQ(check_text("éé", 3)->code, Code::TextTooLong);
    EXPECT_EQ(check_text("\n", 3)->code, Code::TextEmpty);
}

TEST(Surrogates, half_a_pair_becomes_a_replacement_and_whole_pairs_stay) {
    EXPECT_EQ(mend_surrogates(R"("\ud83d")"), R"("\ufffd")");
    EXPECT_EQ(mend_surrogates(R"("\ude00\ud83d")"), R"("\ufffd\ufffd")");
    EXPECT_EQ(mend_surrogates(R"("\ud83d\ude00")"), R"("\ud83d\ude00")");
    EXPECT_EQ(mend_surrogates(R"("\ud83d\ud83d\ude00")"), R"("\ufffd\ud83d\ude00")");
}

TEST(Surrogates, what_only_looks_like_an_escape_stays) {
    for (const std::string_view text :
         {R"("\\ud83d")", R"("\u00e9")", R"("\u12")", R"("\ud83)", R"("\)", R"("\u")", ""}) {
        EXPECT_EQ(mend_surrogates(text), text);
    }
}

}  // namespace
}  // namespace seen::core
