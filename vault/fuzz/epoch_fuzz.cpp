/// An epoch as a stranger tells it, in JSON, for a space of nobody: refused by name.
///     build/fuzz/vault/fuzz/epoch_fuzz vault/fuzz/corpus/epoch -max_total_time=60

#include "law.hpp"
#include "seen/vault/epoch.hpp"

namespace vault = seen::vault;

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = vault::parse_json({data, size});
    if (!json) return 0;
    const auto epoch = vault::read_epoch(*json);
    if (!epoch) return 0;
    const auto again = vault::read_epoch(vault::Json(vault::write_epoch(*epoch)));
    vault::fuzz::need(again && *again == *epoch, "an epoch is read as it is written");
    const vault::EpochPlace nobodys{
        .space = {}, .kind = vault::SpaceKind::Shared, .present = {}, .before = &*epoch};
    vault::fuzz::need(!vault::check_epoch(*epoch, nobodys), "nobody's epoch does not hold");
    static const auto device = vault::device_of({});
    for (const auto& one : epoch->sealed)
        static_cast<void>(vault::open_epoch(*epoch, one.to, device));
    return 0;
}
