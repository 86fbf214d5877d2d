#include "account/deletion.hpp"

namespace seen::server {

namespace {

/// Whether the other side has something to hear: it ended by this.
bool end_and_wipe(Invitation& invitation, const AccountId& account) {
    const bool unfinished = invitation.stage < Stage::Joined;
    if (unfinished) invitation.stage = Stage::Ended;
    if (invitation.inviter == account) invitation.inviter = {};
    if (invitation.invitee == account) invitation.invitee.reset();
    Invitation wiped;
    wiped.lookup = invitation.lookup;
    wiped.inviter = invitation.inviter;
    wiped.invitee = invitation.invitee;
    wiped.kind = invitation.kind;
    wiped.stage = invitation.stage;
    wiped.expires = invitation.expires;
    wiped.ticket = invitation.ticket;
    wiped.space = invitation.space;
    invitation = std::move(wiped);
    return unfinished;
}

}  // namespace

Result<Deleted> delete_account(Storage& storage, const AccountId& account, bool erase, Moment now) {
    Deleted deleted;
    for (const NamedSpace& named : storage.spaces_of(account)) {
        if (named.kind == SpaceKind::Room) {
            storage.empty_space(named.space);
            continue;
        }
        auto left = leave(storage, named.space, account, erase, now);
        if (!left) return refuse(left.error());
        deleted.spaces.push_back({named.space, std::move(*left)});
    }
    if (erase)
        for (const SpaceId& space : storage.spaces_left_by(account))
            storage.erase_all_by(space, account);
    for (Invitation& invitation : storage.invitations_of(account)) {
        const bool news = end_and_wipe(invitation, account);
        storage.put_invitation(invitation);
        if (news) deleted.ended.push_back(std::move(invitation));
    }
    storage.remove_account(account);
    return deleted;
}

}  // namespace seen::server
