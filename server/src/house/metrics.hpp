#pragma once

/// What the operator may count: how much, never who or what. Written on the network thread only.

#include <array>
#include <cstdint>
#include <string>

namespace seen::server {

struct Metrics {
    std::array<std::uint64_t, 6> answers{};  ///< By the first digit of the status.
    std::uint64_t connections = 0;           ///< Now, in the middle of requests.
    std::uint64_t followers = 0;             ///< Now.

    /// In the text format of Prometheus.
    [[nodiscard]] std::string text(std::uint64_t commits) const;
};

}  // namespace seen::server
