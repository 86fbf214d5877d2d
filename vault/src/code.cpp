#include "seen/vault/code.hpp"

#include "seen/vault/hash.hpp"

#include <sodium.h>

#include <algorithm>
#include <cctype>

namespace seen::vault {

namespace {

constexpr std::string_view letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t find_size = 5;
constexpr std::size_t secret_size = 12;
constexpr std::size_t drawn_size = find_size + secret_size;
constexpr std::size_t code_size = drawn_size + 1;
constexpr std::size_t memory = std::size_t{64} << 20U;
constexpr unsigned long long passes = 3;

/// The letters of a code as they were read: up to all of it, and how many there were.
struct Letters {
    Secret<code_size> text;
    std::size_t count = 0;
};

std::optional<char> read_letter(char typed) {
    const auto byte = static_cast<unsigned char>(typed);
    const char letter = byte < 128 ? static_cast<char>(std::toupper(byte)) : typed;
    if (letter == 'I' || letter == 'L') return '1';
    if (letter == 'O') return '0';
    if (letters.find(letter) == std::string_view::npos) return std::nullopt;
    return letter;
}

Result<Letters> read_letters(std::string_view typed) {
    Letters read;
    for (const char one : typed) {
        if (one == ' ' || one == '-') continue;
        const auto letter = read_letter(one);
        if (!letter) return refuse(Fault::CodeCharacter);
        if (read.count < code_size) read.text.fill()[read.count] = static_cast<Byte>(*letter);
        ++read.count;
    }
    return read;
}

char check_letter(View first) {
    std::size_t sum = 0;
    for (std::size_t at = 0; at < drawn_size; ++at)
        sum += (at + 1) * letters.find(static_cast<char>(first[at]));
    return letters[sum % 31];
}

TypedCode code_of(View drawn) {
    TypedCode code;
    code.find.assign(drawn.begin(), drawn.begin() + find_size);
    std::ranges::copy(drawn.subspan(find_size, secret_size), code.secret.fill().begin());
    return code;
}

Bytes code_aad(const TypedCode& code) {
    return enc({"seen/1/invite-code", code_lookup(code)});
}

}  // namespace

Result<TypedCode> read_code(std::string_view typed) {
    const auto read = read_letters(typed);
    if (!read) return refuse(read.error());
    if (read->count != code_size) return refuse(Fault::CodeLength);
    const View text = read->text.view();
    if (static_cast<char>(text.back()) != check_letter(text)) return refuse(Fault::CodeCheck);
    return code_of(text);
}

TypedCode draw_code(const Random& random) {
    Secret<drawn_size> drawn;
    random(drawn.fill());
    for (Byte& byte : drawn.fill()) byte = static_cast<Byte>(letters[byte % letters.size()]);
    return code_of(drawn.view());
}

std::string show_code(const TypedCode& code) {
    std::string text = code.find;
    text.append(code.secret.view().begin(), code.secret.view().end());
    text += check_letter(view_of(text));
    return text.insert(12, " ").insert(6, " ");
}

Id code_lookup(const TypedCode& code) {
    return hash16("code-lookup", {code.find});
}

Result<Key> code_key(const TypedCode& code, std::string_view origin) {
    const Id salt = hash16("code-salt", {code.find, origin});
    Key key;
    const int failed = crypto_pwhash(key.fill().data(), key.fill().size(),
                                     reinterpret_cast<const char*>(code.secret.view().data()),
                                     code.secret.view().size(), salt.data(), passes, memory,
                                     crypto_pwhash_ALG_ARGON2ID13);
    if (failed != 0) return refuse(Fault::CannotOpen);
    return key;
}

Bytes seal_code(const TypedCode& code, const Key& key, const InviteSecret& secret,
                const Random& random) {
    return seal(key, code_aad(code), secret.view(), random);
}

Result<InviteSecret> open_code(const TypedCode& code, const Key& key, View sealed) {
    const auto plain = open_sealed(key, code_aad(code), sealed);
    if (!plain || plain->size() != 16) return refuse(Fault::CannotOpen);
    return InviteSecret(plain->view().first<16>());
}

}  // namespace seen::vault
