/// A member as a stranger tells it, in JSON: refused by name, or a list that is what it says.
///     build/fuzz/vault/fuzz/list_fuzz vault/fuzz/corpus/list -max_total_time=60

#include "law.hpp"
#include "seen/vault/device_list.hpp"

namespace vault = seen::vault;

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto json = vault::parse_json({data, size});
    if (!json) return 0;
    const auto member = vault::read_member(*json);
    if (!member) return 0;
    const auto again = vault::read_entries(vault::Json(vault::write_entries(member->devices)));
    vault::fuzz::need(again && *again == member->devices, "entries are read as they are written");
    const auto list = vault::DeviceList::check(*member);
    if (!list) return 0;
    vault::fuzz::need(!list->live(list->size()).empty(), "a list that holds has a live device");
    vault::fuzz::need(list->place_of(list->head()) == list->size(), "the head is the newest");
    return 0;
}
