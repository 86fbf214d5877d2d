#include "seen/core/error/error.hpp"

#include <array>

namespace seen::core {
namespace {

struct Entry {
    Code code;
    std::string_view name;
    std::string_view sentence;
};

constexpr std::array entries = {
#define SEEN_ERROR_ENTRY(code, number, name, sentence) Entry{Code::code, name, sentence},
    SEEN_ERROR_TABLE(SEEN_ERROR_ENTRY)
#undef SEEN_ERROR_ENTRY
};

const Entry& entry_of(Code code) {
    for (const Entry& entry : entries) {
        if (entry.code == code) return entry;
    }
    return entries.front();
}

}  // namespace

std::uint16_t number_of(Code code) {
    return static_cast<std::uint16_t>(code);
}
std::string_view name_of(Code code) {
    return entry_of(code).name;
}
std::string_view sentence_of(Code code) {
    return entry_of(code).sentence;
}

std::optional<Code> code_of(std::string_view name) {
    for (const Entry& entry : entries) {
        if (entry.name == name) return entry.code;
    }
    return std::nullopt;
}

std::optional<Code> code_of(std::uint16_t number) {
    for (const Entry& entry : entries) {
        if (number_of(entry.code) == number) return entry.code;
    }
    return std::nullopt;
}

std::string message_of(const Error& error) {
    std::string message(sentence_of(error.code));
    if (!error.detail.empty()) message += " (" + error.detail + ")";
    return message;
}

}  // namespace seen::core
