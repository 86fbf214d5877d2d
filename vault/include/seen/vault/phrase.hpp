#pragma once
/// Twelve words for 128 random bits, and the four words that two people compare.
///
///     128 bits ‖ first 4 bits of their SHA-256 = 12 × 11 bits = 12 words of 2048
///
/// Invariant: entropy_of(words_of(e)) = e; one wrong word is found with 15 in 16.
/// Worked value: sixteen zero bytes are "abandon" eleven times and "about".
/// Source: BIP39; the words are spec/words/english.txt.

#include "seen/vault/fault.hpp"
#include "seen/vault/secret.hpp"

#include <array>
#include <string_view>

namespace seen::vault {

/// Views into the word list, which lives for ever. The twelve together are as secret as the root.
[[nodiscard]] std::array<std::string_view, 12> words_of(const Entropy& entropy);

/// Reads words separated by white space; capitals do not matter. `UnknownWord` for a word that is
/// not on the list, `WrongPhrase` for another number of words or a wrong checksum.
[[nodiscard]] Result<Entropy> entropy_of(std::string_view phrase);

/// The first 44 bits of a transcript, 11 for each word.
[[nodiscard]] std::array<std::string_view, 4> four_words(const Hash& transcript);

}  // namespace seen::vault
