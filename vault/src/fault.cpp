#include "seen/vault/fault.hpp"

#include <array>
#include <utility>

namespace seen::vault {

namespace {

// One line for each fault, in the order of the table.
constexpr std::array<std::pair<Fault, std::string_view>, 27> faults{{
#define SEEN_VAULT_FAULT(fault, name) {Fault::fault, name},
    SEEN_VAULT_FAULTS(SEEN_VAULT_FAULT)
#undef SEEN_VAULT_FAULT
}};

}  // namespace

std::string_view name_of(Fault fault) {
    for (const auto& [one, name] : faults)
        if (one == fault) return name;
    return "unknown";
}

std::optional<Fault> fault_of(std::string_view name) {
    for (const auto& [fault, one] : faults)
        if (one == name) return fault;
    return std::nullopt;
}

}  // namespace seen::vault
