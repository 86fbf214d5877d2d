#pragma once

/// One HTTP connection from its first byte to its last: requests in turn, each within its deadline
/// and its size.

#include "http/channel.hpp"
#include "http/message.hpp"
#include "http/presence.hpp"
#include "http/public_path.hpp"

namespace seen::server {

/// What a connection does with what it hears. Must outlive all connections.
struct Door {
    std::function<void(Request, Answer)> ask;
    /// Takes over a connection that asks to follow; `handshake` is what was already read of it.
    /// Empty: nobody follows.
    std::function<void(Channel, std::string handshake)> follow;
    Presence* presence = nullptr;
    /// Requests below it come without it, those beside it with an empty path. Not so for a listener
    /// that has none.
    PublicPath below = {};  // NOLINT(readability-redundant-member-init): g++ asks for it
    /// Set: nothing is said before both are encrypted.
    const TlsContext* tls = nullptr;
    /// Whether a nearby peer is believed about whom it speaks for (http/peer.hpp).
    bool behind_proxy = false;
};

[[nodiscard]] asio::awaitable<void> serve_connection(Tcp::socket socket, Door& door);

}  // namespace seen::server
