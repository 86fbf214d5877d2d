/// The steps of an invitation in any order, by three people, at any time. Each step is four bytes:
/// what, who, which bytes, how much later. A stage never goes back, an end is an end, nobody else
/// gets in, and only what both have confirmed is joined.
///     build/fuzz/server/fuzz/steps_fuzz server/fuzz/corpus/steps -max_total_time=60

#include "law.hpp"
#include "seen/server/invitation.hpp"

namespace {

using namespace seen::server;
using fuzz::need;

AccountId person(std::uint8_t number) {
    AccountId account;
    account.bytes.fill(static_cast<std::uint8_t>(1 + number % 3));
    return account;
}

ProposedSpace proposed(std::uint8_t number) {
    ProposedSpace space;
    space.space.bytes.fill(static_cast<std::uint8_t>(1 + number % 2));
    space.epoch.n = 1;
    return space;
}

Step taken(const Invitation& before, const std::uint8_t* step, Moment now) {
    const AccountId caller = person(step[1]);
    const Bytes bytes(8, static_cast<std::uint8_t>(step[2] % 4));
    switch (step[0] % 6) {
        case 0:
            return claim(before, caller, now);
        case 1:
            return give_answer(before, caller, bytes, now);
        case 2:
            return give_reveal(before, caller, bytes, now);
        case 3:
            return confirm(before, caller, bytes, std::nullopt, now);
        case 4:
            return confirm(before, caller, bytes, proposed(step[2]), now);
        default:
            return end(before, caller, now);
    }
}

void check_step(const Invitation& before, const Invitation& after, const AccountId& caller) {
    need(role_of(after, caller).has_value(), "nobody else takes part");
    need(after.stage >= before.stage, "a stage never goes back");
    need(after.inviter == before.inviter && after.expires == before.expires &&
             after.blob == before.blob,
         "what was invited stays");
    need(!before.invitee || after.invitee == before.invitee, "claimed once");
    need(!before.answer || after.answer == before.answer, "answered once");
    need(!before.reveal || after.reveal == before.reveal, "revealed once");
    const bool over = before.stage == Stage::Joined || before.stage == Stage::Ended;
    need(!over || after == before, "an end is an end");
    if (after.stage == Stage::Joined)
        need(after.invitee && after.answer && after.reveal && after.inviter_confirm &&
                 after.invitee_confirm && after.space && (after.epoch || before == after),
             "joined only with everything");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Invitation invitation;
    invitation.inviter = person(0);
    invitation.expires = invitation_life_ms;
    invitation.blob = Bytes(8, 1);
    Moment now = 0;
    for (; size >= 4; data += 4, size -= 4) {
        now += data[3] < 128 ? data[3] : data[3] * 1'000'000;
        const Step next = taken(invitation, data, now);
        if (!next) continue;
        check_step(invitation, *next, person(data[1]));
        const Step again = taken(*next, data, now);
        need(again && *again == *next, "the same step again changes nothing");
        invitation = *next;
    }
    return 0;
}
