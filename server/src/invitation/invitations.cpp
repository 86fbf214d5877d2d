#include "invitation/invitations.hpp"

#include "seen/server/limits.hpp"
#include "space/epochs.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

namespace seen::server {

namespace {

/// How long a finished invitation is remembered, so that a late claim hears "used" and not
/// "unknown".
constexpr Moment remembered_ms = 7LL * 24 * 60 * 60 * 1000;

struct Opened {
    Moment expires = 0;
    Moment wait_until = 0;  ///< Set when there are too many open ones.
};

Result<Opened> open(Storage& storage, const AccountId& inviter, const NewInvitation& asked,
                    Moment now) {
    storage.forget_invitations(now - remembered_ms);
    if (const auto present = storage.invitation(asked.lookup)) {
        if (present->inviter == inviter && present->blob == asked.blob)
            return Opened{present->expires, 0};
        return refuse(Refusal::Different);
    }
    const auto others = storage.open_invitations(inviter, now);
    if (others.size() >= open_invitations_per_account) return Opened{0, others.front()};
    Invitation invitation;
    invitation.lookup = asked.lookup;
    invitation.inviter = inviter;
    invitation.expires = now + invitation_life_ms;
    invitation.blob = asked.blob;
    storage.put_invitation(invitation);
    return Opened{invitation.expires, 0};
}

/// Whether the proposed space can be made now: its epoch is the first, by a device of the inviter,
/// sealed to the devices that both have at this moment, and signed.
Result<void> check_proposal(Storage& storage, const AccountId& inviter, const AccountId& invitee,
                            const ProposedSpace& proposed) {
    if (proposed.epoch.n != 1) return refuse(Refusal::BadRequest);
    const auto own = storage.devices(inviter);
    if (!live_device(own, proposed.epoch.device)) return refuse(Refusal::BadRequest);
    const EpochPlace place{proposed.space,
                           SpaceKind::Shared,
                           {{inviter, own}, {invitee, storage.devices(invitee)}},
                           0};
    if (const auto sound = sound_epoch(place, proposed.epoch); !sound) return sound;
    if (storage.space_exists(proposed.space)) return refuse(Refusal::Different);
    return {};
}

Step confirm_in(Storage& storage, const Invitation& before, const AccountId& caller,
                const Confirmation& asked, Moment now) {
    auto after = confirm(before, caller, asked.confirm, asked.proposed, now);
    if (!after) return after;
    // The invitee proposes nothing; what it sends besides is ignored like any unknown field.
    const bool proposes = before.inviter == caller && !before.inviter_confirm;
    const bool joins = after->stage == Stage::Joined && before.stage != Stage::Joined;
    if (proposes || joins) {
        // Asked again by the second confirm: a device may have gone since the first.
        const auto sound = check_proposal(storage, after->inviter, *after->invitee,
                                          {*after->space, *after->epoch});
        if (!sound) return refuse(sound.error());
    }
    if (joins) {
        storage.add_space(*after->space, SpaceKind::Shared, {after->inviter, *after->invitee},
                          *after->epoch);
    }
    return after;
}

std::optional<Lookup> lookup_in(const Request& request) {
    return id_from<Lookup>(request.parts.at(0));
}

}  // namespace

Invitations::Invitations(Ledger& ledger, const Clock& clock, Hub& hub)
    : ledger_(ledger),
      clock_(clock),
      hub_(hub),
      failed_claims_(limits::failed_claims_per_hour, 3'600'000) {}

void Invitations::create(const Request& request, const Answer& answer) {
    const auto asked = read_new_invitation(request.body);
    if (!asked) return answer(refused(asked.error()));
    ledger_.write<Opened>(
        [account = request.account(), asked = *asked, now = clock_.now()](Storage& storage) {
            return open(storage, account, asked, now);
        },
        [this, answer](const Result<Opened>& opened) {
            if (!opened) return answer(refused(opened.error()));
            if (opened->expires == 0)
                return answer(slow_down((opened->wait_until - clock_.now()) / 1000 + 1));
            answer(json_response(201, {{"expires", opened->expires}}));
        });
}

void Invitations::change(const Lookup& lookup, Change change, Told told) {
    struct Changed {
        Invitation invitation;
        bool news = false;
    };
    ledger_.write<Changed>(
        [lookup, change = std::move(change)](Storage& storage) -> Result<Changed> {
            const auto before = storage.invitation(lookup);
            if (!before) return refuse(Refusal::NotFound);
            auto after = change(storage, *before);
            if (!after) return refuse(after.error());
            const bool news = *after != *before;
            if (news) storage.put_invitation(*after);
            return Changed{std::move(*after), news};
        },
        [this, told = std::move(told)](const Result<Changed>& changed) {
            if (!changed) return told(refuse(changed.error()));
            if (changed->news) hub_.invitation_changed(changed->invitation, clock_.now());
            told(changed->invitation);
        });
}

void Invitations::change_and_show(const Request& request, Change change, const Answer& answer) {
    const auto lookup = lookup_in(request);
    if (!lookup) return answer(refused(Refusal::NotFound));
    this->change(*lookup, std::move(change),
                 [this, caller = request.account(), answer](const Result<Invitation>& invitation) {
                     if (!invitation) return answer(refused(invitation.error()));
                     const auto role = role_of(*invitation, caller).value_or(Role::Invitee);
                     answer(json_response(200, to_json(*invitation, role, clock_.now())));
                 });
}

void Invitations::claim(const Request& request, const Answer& answer) {
    if (const auto seconds = failed_claims_.wait(request.address, clock_.now()))
        return answer(slow_down(*seconds));
    const auto told = [this, answer, address = request.address](const Result<Invitation>& claimed) {
        if (!claimed) {
            if (claimed.error() != Refusal::NotKept) failed_claims_.count(address, clock_.now());
            return answer(refused(claimed.error()));
        }
        answer(json_response(
            200, {{"blob", base64url(View{claimed->blob})}, {"expires", claimed->expires}}));
    };
    const auto lookup = lookup_in(request);
    if (!lookup) return told(refuse(Refusal::NotFound));
    change(
        *lookup,
        [caller = request.account(), now = clock_.now()](Storage& /*storage*/,
                                                         Invitation invitation) {
            return server::claim(std::move(invitation), caller, now);
        },
        told);
}

void Invitations::answer(const Request& request, const Answer& answer) {
    const auto asked = read_answer(request.body);
    if (!asked) return answer(refused(asked.error()));
    change_and_show(
        request,
        [caller = request.account(), asked = *asked, now = clock_.now()](Storage& /*storage*/,
                                                                         Invitation invitation) {
            return give_answer(std::move(invitation), caller, asked, now);
        },
        answer);
}

void Invitations::reveal(const Request& request, const Answer& answer) {
    const auto asked = read_reveal(request.body);
    if (!asked) return answer(refused(asked.error()));
    change_and_show(
        request,
        [caller = request.account(), asked = *asked, now = clock_.now()](Storage& /*storage*/,
                                                                         Invitation invitation) {
            return give_reveal(std::move(invitation), caller, asked, now);
        },
        answer);
}

void Invitations::confirm(const Request& request, const Answer& answer) {
    const auto asked = read_confirmation(request.body);
    if (!asked) return answer(refused(asked.error()));
    change_and_show(
        request,
        [caller = request.account(), asked = *asked, now = clock_.now()](
            Storage& storage, const Invitation& invitation) {
            return confirm_in(storage, invitation, caller, asked, now);
        },
        answer);
}

void Invitations::end(const Request& request, const Answer& answer) {
    change_and_show(
        request,
        [caller = request.account(), now = clock_.now()](Storage& /*storage*/,
                                                         Invitation invitation) {
            return server::end(std::move(invitation), caller, now);
        },
        answer);
}

void Invitations::show(const Request& request, const Answer& answer) {
    const auto lookup = lookup_in(request);
    if (!lookup) return answer(refused(Refusal::NotFound));
    ledger_.read<Invitation>(
        [lookup = *lookup, caller = request.account()](Storage& storage) -> Result<Invitation> {
            auto invitation = storage.invitation(lookup);
            if (!invitation || !role_of(*invitation, caller)) return refuse(Refusal::NotFound);
            return std::move(*invitation);
        },
        [this, caller = request.account(), answer](const Result<Invitation>& invitation) {
            if (!invitation) return answer(refused(invitation.error()));
            const Role role = *role_of(*invitation, caller);
            answer(json_response(200, to_json(*invitation, role, clock_.now())));
        });
}

}  // namespace seen::server
