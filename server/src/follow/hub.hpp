#pragma once

/// Who listens to what. After each commit the endpoints say here what has changed, and the
/// followers that it concerns read it for themselves. Lives on the network thread. A follower that
/// goes tells the hub first.

#include "seen/server/invitation.hpp"

#include <unordered_map>
#include <unordered_set>

namespace seen::server {

class Follower;

class Hub {
  public:
    /// False when the account has as many followers as it may.
    [[nodiscard]] bool join(const AccountId& account, Follower* follower);
    void leave(const AccountId& account, Follower* follower);
    void follow(const SpaceId& space, Follower* follower);
    void unfollow(const SpaceId& space, Follower* follower);

    void log_grew(const SpaceId& space);
    void held_changed(const SpaceId& space, const AccountId& account);
    /// An epoch has begun, or a member has left; n is the newest epoch.
    void turned(const SpaceId& space, std::uint64_t n);
    /// The account has left the space: its followers are told nothing more of it.
    void departed(const SpaceId& space, const AccountId& account);
    /// Closes the follows of a device, or, without one, of the whole account.
    void dismiss(const AccountId& account, const std::optional<DeviceId>& device);
    /// To those who follow what is said briefly there.
    void brief_heard(const SpaceId& space, const std::string& frame);
    void invitation_changed(const Invitation& invitation, Moment now);

  private:
    using Followers = std::unordered_set<Follower*>;
    std::unordered_map<AccountId, Followers, IdHash> by_account_;
    std::unordered_map<SpaceId, Followers, IdHash> by_space_;
};

}  // namespace seen::server
