/// spec/vectors/invitation.json and device_invitation.json.
#include "seen/vault/device_invitation.hpp"
#include "seen/vault/phrase.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace seen::vault::tests {

namespace {

Json words(const Hash& transcript) {
    Json words = Json::array();
    for (const auto word : four_words(transcript)) words.push_back(std::string(word));
    return words;
}

void expect_confirms(const Json& v, const InviteSecret& secret, const Hash& transcript) {
    EXPECT_EQ(base64url(confirm_of(secret, transcript, Role::Inviter)), v["confirm"]["inviter"]);
    EXPECT_EQ(base64url(confirm_of(secret, transcript, Role::Invitee)), v["confirm"]["invitee"]);
    const auto told = bytes_of(v["confirm"]["inviter"]);
    EXPECT_TRUE(confirm_holds(secret, transcript, Role::Inviter, told));
    EXPECT_FALSE(confirm_holds(secret, transcript, Role::Invitee, told));
}

Bytes drawn_for_answer(const Json& v) {
    Bytes drawn = bytes_of(v["ephemeral"]);
    const Bytes nonce = bytes_of(v["seal_nonces"]["invite-answer"]);
    drawn.insert(drawn.end(), nonce.begin(), nonce.end());
    return drawn;
}

}  // namespace

TEST(InvitationVectors, the_link_carries_the_secret_and_the_lookup_follows) {
    const auto& v = vectors("invitation");
    const auto secret = secret_of<16>(v["secret"]);
    const auto link = v["link"].get<std::string>();
    EXPECT_EQ(link_of("https://seen.example", secret, InviteKind::Person), link);
    EXPECT_TRUE(secret_from_link(link, InviteKind::Person).value() == secret);
    EXPECT_EQ(secret_from_link(link, InviteKind::Device).error(), Fault::Shape);
    EXPECT_EQ(secret_from_link(link + "A", InviteKind::Person).error(), Fault::Shape);
    EXPECT_EQ(base64url(lookup_of(secret)), v["lookup"]);
}

TEST(InvitationVectors, what_is_told_is_sealed_to_the_same_bytes_and_opens_again) {
    const auto& v = vectors("invitation");
    const auto secret = secret_of<16>(v["secret"]);
    const auto inviter = open_blob(secret, bytes_of(v["blob"])).value();
    EXPECT_EQ(
        base64url(seal_blob(secret, inviter, giving(bytes_of(v["seal_nonces"]["invite-blob"])))),
        v["blob"]);
    const auto box = box_pair_of(secret_of<32>(v["box_seed"]));
    EXPECT_EQ(base64url(box.box), v["box"]);
    EXPECT_EQ(inviter.box, box.box);
    const auto invitee = open_answer(secret, box, bytes_of(v["answer"])).value();
    EXPECT_EQ(base64url(seal_answer(secret, box.box, invitee, giving(drawn_for_answer(v))).value()),
              v["answer"]);
    const auto reveal = invite_open(secret, InviteSeal::Reveal, bytes_of(v["reveal"])).value();
    EXPECT_TRUE(commit_holds(inviter.commit, reveal.view()));
    EXPECT_EQ(base64url(check_introduction(inviter.self).value().account()),
              v["accounts"]["inviter"]);
    EXPECT_EQ(base64url(check_introduction(invitee.self).value().account()),
              v["accounts"]["invitee"]);
}

TEST(InvitationVectors, transcript_words_and_confirms_follow) {
    const auto& v = vectors("invitation");
    const auto secret = secret_of<16>(v["secret"]);
    const auto inviter = open_blob(secret, bytes_of(v["blob"])).value();
    const auto box = box_pair_of(secret_of<32>(v["box_seed"]));
    const auto invitee = open_answer(secret, box, bytes_of(v["answer"])).value();
    const auto nonce = fixed_of<32>(v["inviter_nonce"]);
    EXPECT_EQ(base64url(commit_to(nonce)), v["commit"]);
    const auto T = transcript_of(inviter.self.root, invitee.self.root, nonce, invitee.nonce);
    EXPECT_EQ(base64url(T), v["transcript"]);
    EXPECT_EQ(words(T), v["words"]);
    expect_confirms(v, secret, T);
}

TEST(DeviceInvitationVectors, what_is_told_is_sealed_to_the_same_bytes_and_opens_again) {
    const auto& v = vectors("device_invitation");
    const auto secret = secret_of<16>(v["secret"]);
    EXPECT_EQ(link_of("https://seen.example", secret, InviteKind::Device), v["link"]);
    const auto present = open_present(secret, bytes_of(v["blob"])).value();
    EXPECT_EQ(
        base64url(seal_present(secret, present, giving(bytes_of(v["seal_nonces"]["invite-blob"])))),
        v["blob"]);
    const auto box = box_pair_of(secret_of<32>(v["box_seed"]));
    const auto fresh = open_new(secret, box, bytes_of(v["answer"])).value();
    EXPECT_EQ(fresh.name, v["new"]["name"].get<std::string>());
    EXPECT_EQ(base64url(seal_new(secret, box.box, fresh, giving(drawn_for_answer(v))).value()),
              v["answer"]);
    const auto reveal = invite_open(secret, InviteSeal::Reveal, bytes_of(v["reveal"])).value();
    EXPECT_TRUE(commit_holds(present.commit, reveal.view()));
}

TEST(DeviceInvitationVectors, transcript_words_confirms_and_handover_follow) {
    const auto& v = vectors("device_invitation");
    const auto secret = secret_of<16>(v["secret"]);
    const auto present = open_present(secret, bytes_of(v["blob"])).value();
    const auto list = check_present(present).value();
    EXPECT_EQ(base64url(list.head()), v["head"]);
    const auto device = device_of(secret_of<64>(v["new_seeds"]));
    const auto T = device_transcript_of(list, device.keys, fixed_of<32>(v["present_nonce"]),
                                        fixed_of<32>(v["new_nonce"]));
    EXPECT_EQ(base64url(T), v["transcript"]);
    EXPECT_EQ(words(T), v["words"]);
    expect_confirms(v, secret, T);
    const auto handover = open_handover(device, bytes_of(v["handover_sealed"])).value();
    EXPECT_EQ(base64url(seal_handover(device.keys.box, handover,
                                      giving(bytes_of(v["handover_ephemeral"])))
                            .value()),
              v["handover_sealed"]);
    EXPECT_EQ(base64url(handover.keys.at(2).view()), v["handover"]["keys"]["2"]);
}

TEST(DeviceInvitationVectors, the_new_device_takes_only_a_list_that_has_grown_to_hold_it) {
    const auto& v = vectors("device_invitation");
    const auto present = open_present(secret_of<16>(v["secret"]), bytes_of(v["blob"])).value();
    const auto self = device_of(secret_of<64>(v["new_seeds"])).keys;
    const auto grown = read_entries(v["list_after"]).value();
    EXPECT_TRUE(check_grown(present, grown, self));
    EXPECT_EQ(check_grown(present, present.devices, self).error(), Fault::UnknownDevice);
    auto changed = grown;
    changed.back().device.box.front() ^= 1U;
    EXPECT_EQ(check_grown(present, changed, self).error(), Fault::BadSignature);
}

}  // namespace seen::vault::tests
