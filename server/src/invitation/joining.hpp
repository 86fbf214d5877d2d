#pragma once

/// The steps of an invitation that touch more than itself, over plain storage: making one, and the
/// last confirm, which makes a shared space or lets a device in. Each runs inside one transaction
/// and leaves no trace when it refuses. Source: spec/protocol.md §4.

#include "wire/requests.hpp"

namespace seen::server {

struct Opened {
    Moment expires = 0;
    Moment wait_until = 0;  ///< Set when there are too many open ones.
};

/// The same again is the first answer. Different: this lookup is taken; Used: the code is.
[[nodiscard]] Result<Opened> open_invitation(Storage& storage, const AccountId& inviter,
                                             const NewInvitation& asked, Moment now);

/// Who confirms; `device` is the session's, empty for the holder of a ticket.
struct Confirmer {
    Caller caller;
    std::optional<DeviceId> device;
};

/// With the second confirm of a person's the space is made; with the inviter's of a device's the
/// entry is added. Both look at the device lists as they are at that moment.
[[nodiscard]] Step confirm_in(Storage& storage, const Invitation& before, const Confirmer& by,
                              const Confirmation& asked, Moment now);

}  // namespace seen::server
