#pragma once
/// Why the vault refuses, by the names of spec/envelope.md. One table makes the enum and its names.
///
/// A fault says which law was broken first, in the order that the specification gives, and never
/// what anybody wrote: it may be logged and shown. Worked value: a list whose third entry is signed
/// by a removed device is `Fault::RemovedSigner`, written "removed_signer".

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

// Fault and name, in the order of the specification: lists, epochs, records, codes, the phrase.
#define SEEN_VAULT_FAULTS(X)                \
    X(Shape, "shape")                       \
    X(AccountId, "account_id")              \
    X(Rewritten, "rewritten")               \
    X(Numbering, "numbering")               \
    X(Prev, "prev")                         \
    X(First, "first")                       \
    X(RemovedByDevice, "removed_by_device") \
    X(UnknownSigner, "unknown_signer")      \
    X(RemovedSigner, "removed_signer")      \
    X(BadSignature, "signature")            \
    X(AddedTwice, "added_twice")            \
    X(UnknownDevice, "unknown_device")      \
    X(NoneLeft, "none_left")                \
    X(Members, "members")                   \
    X(UnknownHead, "unknown_head")          \
    X(OlderHead, "older_head")              \
    X(RemovedDevice, "removed_device")      \
    X(Recipients, "recipients")             \
    X(CannotOpen, "cannot_open")            \
    X(BadPadding, "bad_padding")            \
    X(NotMine, "not_mine")                  \
    X(BadBody, "bad_body")                  \
    X(CodeCharacter, "code_character")      \
    X(CodeLength, "code_length")            \
    X(CodeCheck, "code_check")              \
    X(UnknownWord, "unknown_word")          \
    X(WrongPhrase, "wrong")

namespace seen::vault {

enum class Fault : std::uint8_t {
// One enumerator for each line of the table.
#define SEEN_VAULT_FAULT(fault, name) fault,
    SEEN_VAULT_FAULTS(SEEN_VAULT_FAULT)
#undef SEEN_VAULT_FAULT
};

[[nodiscard]] std::string_view name_of(Fault fault);
[[nodiscard]] std::optional<Fault> fault_of(std::string_view name);

template <typename Value>
using Result = std::expected<Value, Fault>;

[[nodiscard]] inline std::unexpected<Fault> refuse(Fault fault) {
    return std::unexpected(fault);
}

}  // namespace seen::vault
