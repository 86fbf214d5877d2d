#pragma once

/// One HTTP connection from its first byte to its last: requests in turn, each within its deadline
/// and its size.

#include "http/message.hpp"
#include "http/network.hpp"
#include "http/presence.hpp"

namespace seen::server {

/// What a connection does with what it hears. Must outlive all connections.
struct Door {
    std::function<void(Request, Answer)> ask;
    /// Takes over a connection that asks to follow; `handshake` is what was already read of it.
    /// Empty: nobody follows.
    std::function<void(Tcp::socket, std::string handshake)> follow;
    Presence* presence = nullptr;
};

[[nodiscard]] asio::awaitable<void> serve_connection(Tcp::socket socket, Door& door);

}  // namespace seen::server
