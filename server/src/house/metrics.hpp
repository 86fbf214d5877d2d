#pragma once

/// What the operator may count: how much, never who or what, and only in buckets: the largest power
/// of two that is not above the count, and 0 for fewer than 16. On a server of two an exact count
/// of followers would say whether the other's telephone is awake, one of answers when they wrote.
///
///     bucket(0) = bucket(15) = 0     bucket(16) = bucket(31) = 16     bucket(1000) = 512
///
/// Written on the network thread only.

#include <array>
#include <cstdint>
#include <string>

namespace seen::server {

[[nodiscard]] std::uint64_t bucket(std::uint64_t count);

struct Metrics {
    std::array<std::uint64_t, 6> answers{};  ///< By the first digit of the status.
    std::uint64_t connections = 0;           ///< Now, in the middle of requests.
    std::uint64_t followers = 0;             ///< Now.

    /// In the text format of Prometheus.
    [[nodiscard]] std::string text(std::uint64_t commits) const;
};

}  // namespace seen::server
