#pragma once

/// The WebSocket under a follower: frames in and out, the beat, the deadlines, the bound on what
/// waits.

#include "follow/follower.hpp"
#include "http/channel.hpp"
#include "http/presence.hpp"

namespace seen::server {

/// Takes over a connection whose handshake has been read. `presence` and what is in the context
/// must outlive it.
void start_following(Channel channel, std::string handshake, FollowContext context,
                     Presence& presence);

}  // namespace seen::server
