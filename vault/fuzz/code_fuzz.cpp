/// What somebody types: a code, a fault by name, and what is read is shown and read again.
///     build/fuzz/vault/fuzz/code_fuzz vault/fuzz/corpus/code -max_total_time=60

#include "law.hpp"
#include "seen/vault/code.hpp"
#include "seen/vault/phrase.hpp"

namespace vault = seen::vault;

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view typed(reinterpret_cast<const char*>(data), size);
    static_cast<void>(vault::entropy_of(typed));
    static_cast<void>(vault::secret_from_link(typed, vault::InviteKind::Person));
    const auto code = vault::read_code(typed);
    if (!code) return 0;
    const std::string shown = vault::show_code(*code);
    const auto again = vault::read_code(shown);
    vault::fuzz::need(again && again->find == code->find && again->secret == code->secret,
                      "a code that is shown is read again");
    return 0;
}
