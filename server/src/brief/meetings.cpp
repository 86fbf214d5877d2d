#include "brief/meetings.hpp"

#include <algorithm>

namespace seen::server {

bool Meetings::enter(const SpaceId& space, Follower* follower, const AccountId& account) {
    auto& inside = by_space_[space];
    if (std::ranges::find(inside, follower, &Inside::follower) != inside.end()) return false;
    inside.push_back({.follower = follower, .account = account});
    return true;
}

bool Meetings::leave(const SpaceId& space, Follower* follower) {
    const auto found = by_space_.find(space);
    if (found == by_space_.end()) return false;
    const auto gone =
        std::erase_if(found->second, [&](const Inside& one) { return one.follower == follower; });
    if (found->second.empty()) by_space_.erase(found);
    return gone > 0;
}

std::vector<Meetings::Inside> Meetings::inside(const SpaceId& space) const {
    const auto found = by_space_.find(space);
    return found == by_space_.end() ? std::vector<Inside>() : found->second;
}

std::vector<AccountId> Meetings::present(const SpaceId& space) const {
    std::vector<AccountId> accounts;
    for (const Inside& one : inside(space))
        if (std::ranges::find(accounts, one.account) == accounts.end())
            accounts.push_back(one.account);
    return accounts;
}

}  // namespace seen::server
