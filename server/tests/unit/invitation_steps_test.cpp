#include "seen/server/invitation.hpp"

#include <gtest/gtest.h>

#include <random>

namespace seen::server::test {

namespace {

AccountId person(std::uint8_t number) {
    AccountId id;
    id.bytes.fill(number);
    return id;
}

const AccountId inviter = person(1);
const AccountId invitee = person(2);
const AccountId stranger = person(3);

Invitation fresh() {
    Invitation invitation;
    invitation.inviter = inviter;
    invitation.expires = 1000;
    invitation.blob = Bytes(4, 1);
    return invitation;
}

ProposedSpace proposal() {
    return {SpaceId{Fixed<16>{5}}, Epoch{}};
}

/// One step chosen by number; what happened to the invitation.
Step any_step(unsigned choice, const Invitation& invitation, const AccountId& caller, Moment now) {
    const Bytes bytes(3, static_cast<std::uint8_t>(choice % 2));
    switch (choice % 5) {
        case 0:
            return claim(invitation, caller, now);
        case 1:
            return give_answer(invitation, caller, bytes, now);
        case 2:
            return give_reveal(invitation, caller, bytes, now);
        case 3:
            return confirm(invitation, caller, bytes, proposal(), now);
        default:
            return end(invitation, caller, now);
    }
}

}  // namespace

TEST(InvitationSteps, whatever_anybody_does_it_never_goes_back_and_a_stranger_never_moves_it) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (int round = 0; round < 2000; ++round) {
        Invitation invitation = fresh();
        for (Moment now = 0; now < 40; ++now) {
            const AccountId caller = person(static_cast<std::uint8_t>(1 + random() % 3));
            unsigned choice = static_cast<unsigned>(random());
            if (choice % 5 == 4 && random() % 8 != 0) ++choice;
            const Step after = any_step(choice, invitation, caller, now);
            if (!after) continue;
            EXPECT_GE(after->stage, invitation.stage);
            EXPECT_EQ(after->inviter, inviter);
            if (invitation.invitee) {
                EXPECT_EQ(after->invitee, invitation.invitee);
            }
            if (invitation.answer) {
                EXPECT_EQ(after->answer, invitation.answer);
            }
            if (invitation.reveal) {
                EXPECT_EQ(after->reveal, invitation.reveal);
            }
            if (after->stage == Stage::Joined) {
                EXPECT_TRUE(after->answer && after->reveal && after->space);
            }
            if (!role_of(*after, caller)) {
                EXPECT_EQ(*after, invitation);
            }
            EXPECT_EQ(any_step(choice, *after, caller, now), after) << "again is the same";
            invitation = *after;
        }
    }
}

TEST(InvitationSteps, time_ends_it_until_it_is_joined) {
    EXPECT_EQ(stage_at(fresh(), 999), Stage::Open);
    EXPECT_EQ(stage_at(fresh(), 1000), Stage::Expired);
    Invitation joined = fresh();
    joined.stage = Stage::Joined;
    EXPECT_EQ(stage_at(joined, 5000), Stage::Joined);
    EXPECT_EQ(claim(fresh(), invitee, 1000).error(), Refusal::Expired);
    EXPECT_EQ(end(fresh(), inviter, 1000).error(), Refusal::Expired);
}

TEST(InvitationSteps, only_the_inviter_proposes_the_space_and_must) {
    Invitation invitation = *claim(fresh(), invitee, 0);
    invitation = *give_answer(invitation, invitee, Bytes(1, 1), 0);
    invitation = *give_reveal(invitation, inviter, Bytes(1, 1), 0);
    EXPECT_EQ(confirm(invitation, inviter, Bytes(1, 1), std::nullopt, 0).error(),
              Refusal::BadRequest);
    const auto by_invitee = confirm(invitation, invitee, Bytes(1, 1), proposal(), 0);
    ASSERT_TRUE(by_invitee);
    EXPECT_FALSE(by_invitee->space);
    EXPECT_EQ(confirm(invitation, stranger, Bytes(1, 1), proposal(), 0).error(), Refusal::NotFound);
}

}  // namespace seen::server::test
