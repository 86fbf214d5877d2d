#include "seen/server/invitation.hpp"

namespace seen::server {

namespace {

/// What every step but claim asks first: is it the caller's, is it the right side's, and has it not
/// stopped?
Result<Role> taking_part(const Invitation& invitation, const Caller& caller, Moment now) {
    const auto role = role_of(invitation, caller);
    if (!role) return refuse(Refusal::NotFound);
    const Stage stage = stage_at(invitation, now);
    if (stage == Stage::Ended) return refuse(Refusal::Ended);
    if (stage == Stage::Expired) return refuse(Refusal::Expired);
    return *role;
}

/// Sets a value once: the same bytes again change nothing, other bytes are refused.
Result<bool> set_once(std::optional<Bytes>& place, const Bytes& bytes) {
    if (place) {
        if (*place == bytes) return false;
        return refuse(Refusal::Different);
    }
    place = bytes;
    return true;
}

Step step_by(Role due, Stage before, Stage after, std::optional<Bytes> Invitation::* place,
             Invitation invitation, const Caller& caller, const Bytes& bytes, Moment now) {
    const auto role = taking_part(invitation, caller, now);
    if (!role) return refuse(role.error());
    if (*role != due || invitation.stage < before) return refuse(Refusal::OutOfTurn);
    const auto fresh = set_once(invitation.*place, bytes);
    if (!fresh) return refuse(fresh.error());
    if (*fresh) invitation.stage = after;
    return invitation;
}

Result<bool> propose(Invitation& invitation, const ProposedSpace& proposed) {
    if (invitation.space) {
        if (invitation.space == proposed.space && invitation.epoch == proposed.epoch) return false;
        return refuse(Refusal::Different);
    }
    invitation.space = proposed.space;
    invitation.epoch = proposed.epoch;
    return true;
}

}  // namespace

std::optional<Role> role_of(const Invitation& invitation, const Caller& caller) {
    if (const auto* ticket = std::get_if<Ticket>(&caller)) {
        if (invitation.ticket == ticket->hash) return Role::Invitee;
        return std::nullopt;
    }
    const AccountId& account = std::get<AccountId>(caller);
    if (invitation.inviter == account) return Role::Inviter;
    if (invitation.invitee == account) return Role::Invitee;
    return std::nullopt;
}

Stage stage_at(const Invitation& invitation, Moment now) {
    if (invitation.stage < Stage::Joined && now >= invitation.expires) return Stage::Expired;
    return invitation.stage;
}

Step claim(Invitation invitation, const Caller& caller, Moment now) {
    const auto* ticket = std::get_if<Ticket>(&caller);
    const bool is_device = invitation.kind == InvitationKind::Device;
    if (is_device != (ticket != nullptr) || role_of(invitation, caller) == Role::Inviter)
        return refuse(Refusal::OutOfTurn);
    const Stage stage = stage_at(invitation, now);
    if (stage == Stage::Ended) return refuse(Refusal::Ended);
    if (stage == Stage::Expired) return refuse(Refusal::Expired);
    if (role_of(invitation, caller)) return invitation;
    if (invitation.stage != Stage::Open) return refuse(Refusal::Used);
    if (is_device)
        invitation.ticket = ticket->hash;
    else
        invitation.invitee = std::get<AccountId>(caller);
    invitation.stage = Stage::Claimed;
    invitation.code_sealed.reset();
    return invitation;
}

Step give_answer(Invitation invitation, const Caller& caller, const Bytes& answer, Moment now) {
    return step_by(Role::Invitee, Stage::Claimed, Stage::Answered, &Invitation::answer,
                   std::move(invitation), caller, answer, now);
}

Step give_reveal(Invitation invitation, const Caller& caller, const Bytes& reveal, Moment now) {
    return step_by(Role::Inviter, Stage::Answered, Stage::Revealed, &Invitation::reveal,
                   std::move(invitation), caller, reveal, now);
}

Step confirm(Invitation invitation, const Caller& caller, const Bytes& confirm,
             const std::optional<ProposedSpace>& proposed, Moment now) {
    const auto role = taking_part(invitation, caller, now);
    if (!role) return refuse(role.error());
    if (invitation.stage < Stage::Revealed) return refuse(Refusal::OutOfTurn);
    const bool inviter = *role == Role::Inviter;
    if (inviter && !proposed) return refuse(Refusal::BadRequest);
    const auto fresh =
        set_once(inviter ? invitation.inviter_confirm : invitation.invitee_confirm, confirm);
    if (!fresh) return refuse(fresh.error());
    if (inviter) {
        const auto same = propose(invitation, *proposed);
        if (!same) return refuse(same.error());
    }
    if (invitation.inviter_confirm && invitation.invitee_confirm) invitation.stage = Stage::Joined;
    return invitation;
}

Step confirm_device(Invitation invitation, const Caller& caller, const Bytes& confirm,
                    const std::optional<Admission>& admission, Moment now) {
    const auto role = taking_part(invitation, caller, now);
    if (!role) return refuse(role.error());
    if (invitation.stage < Stage::Revealed) return refuse(Refusal::OutOfTurn);
    if (*role == Role::Invitee) {
        const auto fresh = set_once(invitation.invitee_confirm, confirm);
        if (!fresh) return refuse(fresh.error());
        return invitation;
    }
    if (!admission) return refuse(Refusal::BadRequest);
    if (!invitation.invitee_confirm) return refuse(Refusal::OutOfTurn);
    const auto fresh = set_once(invitation.inviter_confirm, confirm);
    const auto handed = set_once(invitation.handover, admission->handover);
    const Hash entry = entry_hash(invitation.inviter, admission->entry);
    if (!fresh || !handed || (invitation.entry && invitation.entry != entry))
        return refuse(Refusal::Different);
    invitation.entry = entry;
    invitation.stage = Stage::Joined;
    return invitation;
}

Step end(Invitation invitation, const Caller& caller, Moment now) {
    const auto role = role_of(invitation, caller);
    if (!role) return refuse(Refusal::NotFound);
    const Stage stage = stage_at(invitation, now);
    if (stage == Stage::Joined) return refuse(Refusal::OutOfTurn);
    if (stage == Stage::Expired) return refuse(Refusal::Expired);
    invitation.stage = Stage::Ended;
    invitation.code_sealed.reset();
    return invitation;
}

}  // namespace seen::server
