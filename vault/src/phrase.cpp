#include "seen/vault/phrase.hpp"

#include "word_list.hpp"

#include <sodium.h>

#include <algorithm>
#include <cctype>

namespace seen::vault {

namespace {

constexpr std::size_t bits_of_a_word = 11;

/// The 11 bits from `place` × 11 on, first bit first.
std::size_t index_at(View bytes, std::size_t place) {
    std::size_t index = 0;
    for (std::size_t bit = place * bits_of_a_word; bit < (place + 1) * bits_of_a_word; ++bit)
        index = (index << 1U) | ((bytes[bit / 8] >> (7 - bit % 8)) & 1U);
    return index;
}

void put_index(std::span<Byte> bytes, std::size_t place, std::size_t index) {
    for (std::size_t at = 0; at < bits_of_a_word; ++at) {
        const std::size_t bit = place * bits_of_a_word + at;
        const auto value = static_cast<Byte>((index >> (bits_of_a_word - 1 - at)) & 1U);
        bytes[bit / 8] = static_cast<Byte>(bytes[bit / 8] | (value << (7 - bit % 8)));
    }
}

/// 128 bits and the first 4 of their SHA-256, which are the high half of one more byte.
Secret<17> with_checksum(const Entropy& entropy) {
    Secret<17> bits;
    std::ranges::copy(entropy.view(), bits.fill().begin());
    Secret<32> sum;
    crypto_hash_sha256(sum.fill().data(), entropy.view().data(), entropy.view().size());
    bits.fill().back() = sum.view().front() & 0xf0U;
    return bits;
}

std::optional<std::size_t> index_of(std::string_view word) {
    char low[9] = {};
    if (word.size() > 8) return std::nullopt;
    std::ranges::transform(word, low, [](unsigned char letter) {
        return static_cast<char>(letter < 128 ? std::tolower(letter) : letter);
    });
    const auto* const found = std::ranges::lower_bound(word_list, std::string_view(low));
    const bool known = found != word_list.end() && *found == low;
    sodium_memzero(low, sizeof low);
    if (!known) return std::nullopt;
    return static_cast<std::size_t>(found - word_list.begin());
}

bool is_space(char letter) {
    return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
}

std::string_view next_word(std::string_view& left) {
    const auto* const begin = std::ranges::find_if_not(left, is_space);
    const auto* const end = std::find_if(begin, left.end(), is_space);
    const std::string_view word(begin, end);
    left = std::string_view(end, left.end());
    return word;
}

}  // namespace

std::array<std::string_view, 12> words_of(const Entropy& entropy) {
    const auto bits = with_checksum(entropy);
    std::array<std::string_view, 12> words;
    for (std::size_t place = 0; place < words.size(); ++place)
        words[place] = word_list[index_at(bits.view(), place)];
    return words;
}

Result<Entropy> entropy_of(std::string_view phrase) {
    Secret<17> bits;
    std::size_t count = 0;
    for (auto word = next_word(phrase); !word.empty(); word = next_word(phrase), ++count) {
        const auto index = index_of(word);
        if (!index) return refuse(Fault::UnknownWord);
        if (count < 12) put_index(bits.fill(), count, *index);
    }
    if (count != 12) return refuse(Fault::WrongPhrase);
    Entropy entropy(bits.view().first<16>());
    if (!(with_checksum(entropy) == bits)) return refuse(Fault::WrongPhrase);
    return entropy;
}

std::array<std::string_view, 4> four_words(const Hash& transcript) {
    std::array<std::string_view, 4> words;
    for (std::size_t place = 0; place < words.size(); ++place)
        words[place] = word_list[index_at(transcript, place)];
    return words;
}

}  // namespace seen::vault
