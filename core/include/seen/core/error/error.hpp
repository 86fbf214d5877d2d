#pragma once
/// What can go wrong, in numbered families: 1xx the call, 2xx texts, 3xx the state, 4xx events.
///
/// One table makes the enum, its number, its name and its sentence, so that none can be missing:
/// `Code::text_too_long` is 201, is written "text_too_long" and is read back from either.
/// A code keeps its number for ever; the sentence may change. Source: wasm/boundary.md.

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The one table that everything else is made from: code, number, name, sentence.
#define SEEN_ERROR_TABLE(X)                                                            \
    X(NotJson, 101, "not_json", "The call is not JSON.")                               \
    X(UnknownCall, 102, "unknown_call", "There is no such call, intent or view.")      \
    X(BadArgument, 103, "bad_argument", "An argument is missing or of a wrong kind.")  \
    X(TextTooLong, 201, "text_too_long", "The text is too long.")                      \
    X(TextEmpty, 202, "text_empty", "The text is empty.")                              \
    X(NameTooLong, 203, "name_too_long", "The name is too long.")                      \
    X(UnknownSpace, 301, "unknown_space", "There is no such space here.")              \
    X(NotJoined, 302, "not_joined", "This needs a space of two.")                      \
    X(UnknownTarget, 303, "unknown_target", "What this is about is not here.")         \
    X(NotYours, 304, "not_yours", "Only the other of the two can do this.")            \
    X(AlreadyGiven, 305, "already_given", "One of yours waits already.")               \
    X(NothingWaits, 306, "nothing_waits", "Nothing of yours waits.")                   \
    X(NotOpened, 307, "not_opened", "The journal has not been opened.")                \
    X(Over, 308, "over", "One of the two has left this space.")                        \
    X(NotAgreed, 309, "not_agreed", "The two have not agreed to let each other know.") \
    X(BadEvent, 401, "bad_event", "The event does not have its shape.")                \
    X(NotAMember, 402, "not_a_member", "The author does not belong to the space.")
// A number is never given twice, not even after its code has gone.

namespace seen::core {

enum class Code : std::uint16_t {
// One enumerator for each line of the table.
#define SEEN_ERROR_ENTRY(code, number, name, sentence) code = (number),
    SEEN_ERROR_TABLE(SEEN_ERROR_ENTRY)
#undef SEEN_ERROR_ENTRY
};

/// `detail` names the field or the place, never what a person wrote. Owned.
struct Error {
    Code code = Code::BadArgument;
    std::string detail;

    friend bool operator==(const Error&, const Error&) = default;
};

template <typename Value>
using Result = std::expected<Value, Error>;

[[nodiscard]] std::uint16_t number_of(Code code);
[[nodiscard]] std::string_view name_of(Code code);
[[nodiscard]] std::string_view sentence_of(Code code);
[[nodiscard]] std::optional<Code> code_of(std::string_view name);
[[nodiscard]] std::optional<Code> code_of(std::uint16_t number);

/// The sentence, with the detail after it where there is one: "An argument … (limit)."
[[nodiscard]] std::string message_of(const Error& error);

[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string detail = {}) {
    return std::unexpected(Error{code, std::move(detail)});
}

}  // namespace seen::core
