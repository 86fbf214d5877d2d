#pragma once

/// The address under which this machine is known in its home network.

#include "http/network.hpp"

#include <expected>
#include <string>

namespace seen::server {

/// The first private IPv4 address of a network that is up, neither loopback nor a tunnel from point
/// to point; where none is private, the first. The error is one plain line.
[[nodiscard]] std::expected<asio::ip::address, std::string> home_address();

}  // namespace seen::server
