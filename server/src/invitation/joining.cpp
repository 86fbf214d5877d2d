#include "invitation/joining.hpp"

#include "space/epochs.hpp"

namespace seen::server {

namespace {

/// How long a finished invitation is remembered, so that a late claim hears "used" and not
/// "unknown".
constexpr Moment remembered_ms = 7LL * 24 * 60 * 60 * 1000;

bool is_the_same(const Invitation& present, const AccountId& inviter, const NewInvitation& asked) {
    std::optional<Lookup> code;
    if (asked.code) code = asked.code->lookup;
    // What the code opens is gone once it was claimed; until then it must be the same as well.
    const bool same_sealed =
        !present.code_sealed || (asked.code && *present.code_sealed == asked.code->sealed);
    return present.inviter == inviter && present.blob == asked.blob && present.kind == asked.kind &&
           present.code == code && same_sealed;
}

/// Whether the proposed space can be made now: its epoch is the first, by a device of the inviter,
/// sealed to the devices that both have at this moment, and signed.
Result<void> check_proposal(Storage& storage, const AccountId& inviter, const AccountId& invitee,
                            const ProposedSpace& proposed) {
    if (proposed.epoch.n != 1) return refuse(Refusal::BadRequest);
    const auto own = storage.devices(inviter);
    if (!live_device(own, proposed.epoch.device)) return refuse(Refusal::BadRequest);
    const auto others = storage.devices(invitee);
    if (others.empty()) return refuse(Refusal::StaleHead);
    const EpochPlace place{
        proposed.space, SpaceKind::Shared, {{inviter, own}, {invitee, others}}, 0};
    if (const auto sound = sound_epoch(place, proposed.epoch); !sound) return sound;
    if (storage.space_exists(proposed.space)) return refuse(Refusal::Different);
    return {};
}

Step confirm_person(Storage& storage, const Invitation& before, const Caller& caller,
                    const Confirmation& asked, Moment now) {
    auto after = confirm(before, caller, asked.confirm, asked.proposed, now);
    if (!after) return after;
    // The invitee proposes nothing; what it sends besides is ignored like any unknown field.
    const bool proposes = role_of(before, caller) == Role::Inviter && !before.inviter_confirm;
    const bool joins = after->stage == Stage::Joined && before.stage != Stage::Joined;
    if (proposes || joins) {
        // Asked again by the second confirm: a device may have gone since the first.
        const auto sound = check_proposal(storage, after->inviter, *after->invitee,
                                          {*after->space, *after->epoch});
        if (!sound) return refuse(sound.error());
    }
    if (joins)
        storage.add_space(*after->space, SpaceKind::Shared, {after->inviter, *after->invitee},
                          *after->epoch);
    return after;
}

Step confirm_for_device(Storage& storage, const Invitation& before, const Confirmer& by,
                        const Confirmation& asked, Moment now) {
    auto after = confirm_device(before, by.caller, asked.confirm, asked.admission, now);
    if (!after || after->stage != Stage::Joined || before.stage == Stage::Joined) return after;
    const DeviceEntry& entry = asked.admission->entry;
    if (!entry.by || entry.by != by.device) return refuse(Refusal::BadRequest);
    if (const auto added = add_to_list(storage, before.inviter, entry); !added)
        return refuse(added.error());
    return after;
}

}  // namespace

Result<Opened> open_invitation(Storage& storage, const AccountId& inviter,
                               const NewInvitation& asked, Moment now) {
    storage.forget_invitations(now - remembered_ms);
    if (const auto present = storage.invitation(asked.lookup)) {
        if (is_the_same(*present, inviter, asked)) return Opened{present->expires, 0};
        return refuse(Refusal::Different);
    }
    if (asked.code && storage.invitation_with_code(asked.code->lookup, now))
        return refuse(Refusal::Used);
    const auto others = storage.open_invitations(inviter, now);
    if (others.size() >= open_invitations_per_account) return Opened{0, others.front()};
    Invitation invitation;
    invitation.lookup = asked.lookup;
    invitation.kind = asked.kind;
    invitation.inviter = inviter;
    invitation.expires = now + invitation_life_ms;
    invitation.blob = asked.blob;
    if (asked.code) {
        invitation.code = asked.code->lookup;
        invitation.code_sealed = asked.code->sealed;
    }
    storage.put_invitation(invitation);
    return Opened{invitation.expires, 0};
}

Step confirm_in(Storage& storage, const Invitation& before, const Confirmer& by,
                const Confirmation& asked, Moment now) {
    if (before.kind == InvitationKind::Device)
        return confirm_for_device(storage, before, by, asked, now);
    return confirm_person(storage, before, by.caller, asked, now);
}

}  // namespace seen::server
