#pragma once
/// The 2048 words, in the order of the alphabet, made from spec/words/english.txt by the build.

#include <array>
#include <string_view>

namespace seen::vault {

extern const std::array<std::string_view, 2048> word_list;

}  // namespace seen::vault
