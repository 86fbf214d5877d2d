#pragma once

/// The parts of which several request bodies are made.

#include "seen/server/space.hpp"
#include "wire/fields.hpp"

namespace seen::server {

[[nodiscard]] Result<DeviceEntry> read_entry(const nlohmann::json& json);
[[nodiscard]] Result<Epoch> read_epoch(const nlohmann::json& json);

}  // namespace seen::server
