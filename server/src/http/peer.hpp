#pragma once

/// Whom the limits count before anybody has signed in: the address that a connection comes from or,
/// behind a proxy, the one that the proxy names.
///
/// Only a peer on loopback or in a private network is believed, and of what it passes on only the
/// last entry, which it has written itself; everything before that came from outside. Worked, with
/// `behind_proxy`: peer 127.0.0.1, "203.0.113.9, 198.51.100.7" → "198.51.100.7"; peer 203.0.113.9,
/// the same → "203.0.113.9"; peer 127.0.0.1, "unknown" → "127.0.0.1".

#include "http/network.hpp"

#include <string>
#include <string_view>

namespace seen::server {

/// Loopback, link-local and private networks (RFC 1918, 4193), also written as IPv6.
[[nodiscard]] bool is_nearby(const asio::ip::address& address);

/// An IPv6 one is cut to its /64, for a household has all of that.
[[nodiscard]] std::string counted_address(const asio::ip::address& peer, bool behind_proxy,
                                          std::string_view forwarded_for);

}  // namespace seen::server
