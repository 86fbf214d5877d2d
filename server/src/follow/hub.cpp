#include "follow/hub.hpp"

#include "follow/follower.hpp"
#include "seen/server/limits.hpp"
#include "wire/write.hpp"

namespace seen::server {

namespace {

template <class Map, class Key>
void take_out(Map& map, const Key& key, Follower* follower) {
    const auto found = map.find(key);
    if (found == map.end()) return;
    found->second.erase(follower);
    if (found->second.empty()) map.erase(found);
}

}  // namespace

bool Hub::join(const AccountId& account, Follower* follower) {
    auto& followers = by_account_[account];
    if (followers.size() >= limits::follows_per_account) return false;
    followers.insert(follower);
    return true;
}

void Hub::leave(const AccountId& account, Follower* follower) {
    take_out(by_account_, account, follower);
}

void Hub::follow(const SpaceId& space, Follower* follower) {
    by_space_[space].insert(follower);
}

void Hub::unfollow(const SpaceId& space, Follower* follower) {
    take_out(by_space_, space, follower);
}

void Hub::log_grew(const SpaceId& space) {
    const auto found = by_space_.find(space);
    if (found == by_space_.end()) return;
    for (Follower* follower : found->second) follower->log_grew(space);
}

void Hub::held_changed(const SpaceId& space, const AccountId& account) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return;
    for (Follower* follower : found->second) follower->held_changed(space);
}

void Hub::turned(const SpaceId& space, std::uint64_t n) {
    const auto found = by_space_.find(space);
    if (found == by_space_.end()) return;
    const std::string frame = nlohmann::json{{"space", base64url(space)}, {"turned", n}}.dump();
    for (Follower* follower : found->second) follower->tell(frame);
}

void Hub::departed(const SpaceId& space, const AccountId& account) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return;
    for (Follower* follower : found->second) follower->forget(space);
}

void Hub::dismiss(const AccountId& account, const std::optional<DeviceId>& device) {
    const auto found = by_account_.find(account);
    if (found == by_account_.end()) return;
    for (Follower* follower : found->second)
        if (!device || follower->device() == device) follower->dismiss();
}

void Hub::brief_heard(const SpaceId& space, const std::string& frame) {
    const auto found = by_space_.find(space);
    if (found == by_space_.end()) return;
    for (Follower* follower : found->second) follower->brief_heard(space, frame);
}

void Hub::invitation_changed(const Invitation& invitation, Moment now) {
    const auto tell = [&](const AccountId& account, Role role) {
        const auto found = by_account_.find(account);
        if (found == by_account_.end()) return;
        const std::string frame =
            nlohmann::json{{"invitation", to_json(invitation, role, now)}}.dump();
        for (Follower* follower : found->second) follower->tell(frame);
    };
    tell(invitation.inviter, Role::Inviter);
    if (invitation.invitee) tell(*invitation.invitee, Role::Invitee);
}

}  // namespace seen::server
