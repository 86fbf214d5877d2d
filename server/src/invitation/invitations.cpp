#include "invitation/invitations.hpp"

#include "invitation/joining.hpp"
#include "seen/server/limits.hpp"
#include "session/still_there.hpp"
#include "wire/enc.hpp"
#include "wire/write.hpp"

namespace seen::server {

namespace {

Caller caller_of(const Request& request) {
    if (request.session) return request.account();
    Enc enc;
    enc.add("seen/1/ticket").add(View{*request.ticket});
    return Ticket{enc.hash()};
}

/// What somebody without an account sends is small.
bool too_large(const Request& request, std::size_t most) {
    return !request.session && request.body.size() > most;
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
    write_as<Opened>(
        ledger_, *request.session,
        [account = request.account(), asked = *asked, now = clock_.now()](Storage& storage) {
            return open_invitation(storage, account, asked, now);
        },
        [this, answer](const Result<Opened>& opened) {
            if (!opened) return answer(refused(opened.error()));
            if (opened->expires == 0)
                return answer(slow_down((opened->wait_until - clock_.now()) / 1000 + 1));
            answer(json_response(201, {{"expires", opened->expires}}));
        });
}

void Invitations::change(const std::optional<Session>& by, const Lookup& lookup, Change change,
                         Told told) {
    struct Changed {
        Invitation invitation;
        bool news = false;
    };
    ledger_.write<Changed>(
        [by, lookup, change = std::move(change)](Storage& storage) -> Result<Changed> {
            if (by)
                if (const auto there = still_there(storage, *by); !there)
                    return refuse(there.error());
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
    this->change(request.session, *lookup, std::move(change),
                 [this, caller = caller_of(request), answer](const Result<Invitation>& invitation) {
                     if (!invitation) return answer(refused(invitation.error()));
                     const auto role = role_of(*invitation, caller).value_or(Role::Invitee);
                     answer(json_response(200, to_json(*invitation, role, clock_.now())));
                 });
}

void Invitations::claim(const Request& request, const Answer& answer) {
    if (too_large(request, limits::unknown_claim_bytes)) return answer(refused(Refusal::TooLarge));
    const auto ticket = read_claim(request.body);
    if (!ticket) return answer(refused(ticket.error()));
    Request known = request;
    known.ticket = *ticket;
    if (!known.session && !known.ticket) return answer(refused(Refusal::Unauthorized));
    // Counted beforehand, so that many at once are not more than ten.
    if (const auto seconds = failed_claims_.take(request.address, clock_.now()))
        return answer(slow_down(*seconds));
    const auto told = [this, answer, address = request.address](const Result<Invitation>& claimed) {
        if (claimed || claimed.error() == Refusal::NotKept) failed_claims_.give_back(address);
        if (!claimed) return answer(refused(claimed.error()));
        answer(json_response(
            200, {{"blob", base64url(View{claimed->blob})}, {"expires", claimed->expires}}));
    };
    const auto lookup = lookup_in(request);
    if (!lookup) return told(refuse(Refusal::NotFound));
    change(
        known.session, *lookup,
        [caller = caller_of(known), now = clock_.now()](Storage& /*storage*/,
                                                        Invitation invitation) {
            return server::claim(std::move(invitation), caller, now);
        },
        told);
}

void Invitations::code(const Request& request, const Answer& answer) {
    if (too_large(request, limits::unknown_claim_bytes)) return answer(refused(Refusal::TooLarge));
    if (const auto nothing = read_nothing(request.body); !nothing)
        return answer(refused(nothing.error()));
    if (const auto seconds = failed_claims_.take(request.address, clock_.now()))
        return answer(slow_down(*seconds));
    const auto lookup = lookup_in(request);
    if (!lookup) return answer(refused(Refusal::NotFound));
    ledger_.read<Bytes>(
        [lookup = *lookup, now = clock_.now()](Storage& storage) -> Result<Bytes> {
            const auto invitation = storage.invitation_with_code(lookup, now);
            if (!invitation || invitation->stage != Stage::Open || !invitation->code_sealed)
                return refuse(Refusal::NotFound);
            return *invitation->code_sealed;
        },
        [this, answer, address = request.address](const Result<Bytes>& sealed) {
            if (sealed || sealed.error() == Refusal::NotKept) failed_claims_.give_back(address);
            if (!sealed) return answer(refused(sealed.error()));
            answer(json_response(200, {{"sealed", base64url(View{*sealed})}}));
        });
}

void Invitations::answer(const Request& request, const Answer& answer) {
    if (too_large(request, limits::unknown_step_bytes)) return answer(refused(Refusal::TooLarge));
    const auto asked = read_answer(request.body);
    if (!asked) return answer(refused(asked.error()));
    change_and_show(
        request,
        [caller = caller_of(request), asked = *asked, now = clock_.now()](Storage& /*storage*/,
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
        [caller = caller_of(request), asked = *asked, now = clock_.now()](Storage& /*storage*/,
                                                                          Invitation invitation) {
            return give_reveal(std::move(invitation), caller, asked, now);
        },
        answer);
}

void Invitations::confirm(const Request& request, const Answer& answer) {
    if (too_large(request, limits::unknown_step_bytes)) return answer(refused(Refusal::TooLarge));
    const auto asked = read_confirmation(request.body);
    if (!asked) return answer(refused(asked.error()));
    change_and_show(
        request,
        [by = Confirmer{caller_of(request),
                        request.session ? request.session->device : std::nullopt},
         asked = *asked, now = clock_.now()](Storage& storage, const Invitation& invitation) {
            return confirm_in(storage, invitation, by, asked, now);
        },
        answer);
}

void Invitations::end(const Request& request, const Answer& answer) {
    change_and_show(
        request,
        [caller = caller_of(request), now = clock_.now()](Storage& /*storage*/,
                                                          Invitation invitation) {
            return server::end(std::move(invitation), caller, now);
        },
        answer);
}

void Invitations::show(const Request& request, const Answer& answer) {
    const auto lookup = lookup_in(request);
    if (!lookup) return answer(refused(Refusal::NotFound));
    ledger_.read<Invitation>(
        [lookup = *lookup, caller = caller_of(request)](Storage& storage) -> Result<Invitation> {
            auto invitation = storage.invitation(lookup);
            if (!invitation || !role_of(*invitation, caller)) return refuse(Refusal::NotFound);
            return std::move(*invitation);
        },
        [this, caller = caller_of(request), answer](const Result<Invitation>& invitation) {
            if (!invitation) return answer(refused(invitation.error()));
            const Role role = *role_of(*invitation, caller);
            answer(json_response(200, to_json(*invitation, role, clock_.now())));
        });
}

}  // namespace seen::server
