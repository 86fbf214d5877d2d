#pragma once

/// The answers as JSON texts, in the shapes of spec/protocol.md.

#include "brief/ring.hpp"
#include "seen/server/invitation.hpp"
#include "seen/server/record.hpp"

#include <nlohmann/json.hpp>

namespace seen::server {

[[nodiscard]] nlohmann::json to_json(const DeviceEntry& entry);
[[nodiscard]] nlohmann::json to_json(const std::vector<DeviceEntry>& entries);
[[nodiscard]] nlohmann::json to_json(const Epoch& epoch);
[[nodiscard]] nlohmann::json to_json(const Space& space);
[[nodiscard]] nlohmann::json to_json(SpaceKind kind);
/// Without `seq` while it is held.
[[nodiscard]] nlohmann::json to_json(const Record& record);
[[nodiscard]] nlohmann::json to_json(const std::vector<Record>& records);
/// A whole frame for followers, as text.
[[nodiscard]] std::string brief_frame(const SpaceId& space, const RingId& ring,
                                      const std::vector<const Brief*>& briefs);
[[nodiscard]] std::string present_frame(const SpaceId& space,
                                        const std::vector<AccountId>& present);
/// As this side may see it now.
[[nodiscard]] nlohmann::json to_json(const Invitation& invitation, Role role, Moment now);

}  // namespace seen::server
