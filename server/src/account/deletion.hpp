#pragma once

/// Deleting an account, as a law over plain storage: one transaction (spec/protocol.md §1, 6b).
///
/// It leaves every shared space; its own room, its devices and itself go with everything in them.
/// Its unfinished invitations end, and of all its invitations nothing stays but that they are over.
/// Afterwards every answer is as if it had never been. With `erase` its words go everywhere, also
/// from spaces that it had left before.

#include "space/leaving.hpp"

namespace seen::server {

struct LeftSpace {
    SpaceId space;
    Left left;
};

struct Deleted {
    std::vector<LeftSpace> spaces;
    std::vector<Invitation> ended;  ///< As they are now, for the other side to hear.
};

[[nodiscard]] Result<Deleted> delete_account(Storage& storage, const AccountId& account, bool erase,
                                             Moment now);

}  // namespace seen::server
