#pragma once
/// Reads {"type":"give",…} into the act that it asks for. Errors: `UnknownCall` for a type that is
/// not there, `BadArgument` for a field of a wrong kind. What the fields say is checked by the
/// core.

#include "seen/core/journal/event.hpp"

namespace seen::boundary {

[[nodiscard]] core::Result<core::Act> read_intent(const core::Json& intent);

}  // namespace seen::boundary
