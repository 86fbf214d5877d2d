/// spec/vectors/codes.json, and what a typed code's check can find.
#include "seen/vault/code.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace seen::vault::tests {

namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

bool zero_and_z(char left, char right) {
    return (left == '0' && right == 'Z') || (left == 'Z' && right == '0');
}

std::string without_spaces(std::string code) {
    std::erase(code, ' ');
    return code;
}

}  // namespace

TEST(CodeVectors, a_code_is_read_however_it_is_typed) {
    for (const auto& one : vectors("codes")["good"])
        for (const auto& typed : one["typed"]) {
            const auto code = read_code(typed.get<std::string>());
            ASSERT_TRUE(code.has_value()) << typed;
            EXPECT_EQ(code->find, one["find"]);
            EXPECT_TRUE(equal_in_constant_time(code->secret.view(),
                                               view_of(one["secret"].get<std::string>())));
            EXPECT_EQ(show_code(*code), one["shown"]);
        }
}

TEST(CodeVectors, key_and_seal_follow_from_code_and_origin) {
    for (const auto& one : vectors("codes")["good"]) {
        const auto code = read_code(one["code"].get<std::string>()).value();
        EXPECT_EQ(base64url(code_lookup(code)), one["lookup"]);
        const auto key = code_key(code, one["origin"].get<std::string>()).value();
        EXPECT_TRUE(key == secret_of<32>(one["key"])) << one["name"];
        const auto invitation = secret_of<16>(one["invitation"]);
        EXPECT_EQ(base64url(seal_code(code, key, invitation, giving(bytes_of(one["nonce"])))),
                  one["sealed"]);
        EXPECT_TRUE(open_code(code, key, bytes_of(one["sealed"])).value() == invitation);
    }
}

TEST(CodeVectors, every_mistyped_code_is_refused_by_its_name) {
    for (const auto& one : vectors("codes")["mistyped"]) {
        const auto code = read_code(one["typed"].get<std::string>());
        ASSERT_FALSE(code.has_value()) << one["name"];
        EXPECT_EQ(name_of(code.error()), one["fault"].get<std::string>()) << one["name"];
    }
}

TEST(Codes, every_single_wrong_letter_is_found_but_zero_for_z) {
    const auto random = seeded(7);
    for (int round = 0; round < 50; ++round) {
        const std::string code = without_spaces(show_code(draw_code(random)));
        ASSERT_TRUE(read_code(code));
        for (std::size_t at = 0; at < code.size(); ++at)
            for (const char letter : letters) {
                std::string typed = code;
                typed[at] = letter;
                const bool silent =
                    letter == code[at] || (at + 1 < code.size() && zero_and_z(letter, code[at]));
                EXPECT_EQ(read_code(typed).has_value(), silent) << code << ' ' << typed;
            }
    }
}

TEST(Codes, every_two_letters_exchanged_are_found_but_zero_and_z) {
    const auto random = seeded(8);
    for (int round = 0; round < 200; ++round) {
        const std::string code = without_spaces(show_code(draw_code(random)));
        for (std::size_t left = 0; left < code.size(); ++left)
            for (std::size_t right = left + 1; right < code.size(); ++right) {
                std::string typed = code;
                std::swap(typed[left], typed[right]);
                const bool same = typed == code || zero_and_z(code[left], code[right]);
                if (same) continue;
                EXPECT_EQ(read_code(typed).error(), Fault::CodeCheck) << typed;
            }
    }
}

}  // namespace seen::vault::tests
