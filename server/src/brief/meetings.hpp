#pragma once

/// Who is in a Mirror now. Presence is the open follow of a device that has entered, and is nowhere
/// else: no record, no table, no log. It is told, at each change, only to those who have entered
/// themselves, so that nobody can watch from outside whether the other is there. Someone with two
/// devices inside is there once. Lives on the network thread.

#include "seen/server/bytes.hpp"

#include <unordered_map>
#include <vector>

namespace seen::server {

class Follower;

class Meetings {
  public:
    struct Inside {
        Follower* follower = nullptr;
        AccountId account;
    };

    /// False when this follower was inside already.
    bool enter(const SpaceId& space, Follower* follower, const AccountId& account);
    /// False when it was not inside.
    bool leave(const SpaceId& space, Follower* follower);

    [[nodiscard]] std::vector<Inside> inside(const SpaceId& space) const;
    /// Each account once, in the order of entering.
    [[nodiscard]] std::vector<AccountId> present(const SpaceId& space) const;

  private:
    std::unordered_map<SpaceId, std::vector<Inside>, IdHash> by_space_;
};

}  // namespace seen::server
