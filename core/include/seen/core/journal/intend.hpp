#pragma once
/// From what a person wants to the event that says it, or the reason why not.
///
/// `intend` changes nothing: the event is sealed, kept and absorbed by others. An intent is the act
/// itself; a counter in it is not read, but filled in from the exchange in the making.
/// Errors: 2xx about the text, 3xx about the state (see wasm/boundary.md).

#include "seen/core/journal/journal.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace seen::core {

struct Intended {
    Event event;
    bool held = false;
    std::optional<Counter> counter;     ///< of the exchange, for a held event
    std::optional<std::string> erases;  ///< the record whose bytes go with this event
};

[[nodiscard]] Result<Intended> intend(Journal& journal, std::string_view space, std::string_view id,
                                      Act act);

}  // namespace seen::core
