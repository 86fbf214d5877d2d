#include "seen/vault/invitation.hpp"

#include "introduction.hpp"
#include "seen/vault/hash.hpp"

namespace seen::vault {

namespace {

std::string_view label_of(InviteSeal what) {
    switch (what) {
        case InviteSeal::Blob:
            return "invite-blob";
        case InviteSeal::Answer:
            return "invite-answer";
        case InviteSeal::Reveal:
            return "invite-reveal";
    }
    return "";
}

Bytes seal_aad(const InviteSecret& secret, InviteSeal what) {
    return enc({"seen/1/" + std::string(label_of(what)), lookup_of(secret)});
}

std::string_view marker_of(InviteKind kind) {
    return kind == InviteKind::Person ? "#join=" : "#device=";
}

}  // namespace

Id lookup_of(const InviteSecret& secret) {
    return keyed16(secret.view(), "invite-lookup", {});
}

Bytes invite_seal(const InviteSecret& secret, InviteSeal what, View x, const Random& random) {
    return seal(keyed(secret.view(), label_of(what), {}), seal_aad(secret, what), x, random);
}

Result<SecretBytes> invite_open(const InviteSecret& secret, InviteSeal what, View sealed) {
    return open_sealed(keyed(secret.view(), label_of(what), {}), seal_aad(secret, what), sealed);
}

Result<Bytes> seal_answer_to(const InviteSecret& secret, const PublicKey& box, View told,
                             const Random& random) {
    const auto boxed = seal_to_box(told, box, random);
    if (!boxed) return boxed;
    return invite_seal(secret, InviteSeal::Answer, *boxed, random);
}

Result<SecretBytes> open_answer_with(const InviteSecret& secret, const BoxPair& box, View answer) {
    const auto boxed = invite_open(secret, InviteSeal::Answer, answer);
    if (!boxed) return refuse(boxed.error());
    return open_box(boxed->view(), box.box, box.secret);
}

Bytes seal_blob(const InviteSecret& secret, const InviterTells& tells, const Random& random) {
    auto json = write_introduction(tells.self);
    json["commit"] = base64url(tells.commit);
    json["box"] = base64url(tells.box);
    return invite_seal(secret, InviteSeal::Blob, view_of(text_of(json)), random);
}

Result<InviterTells> open_blob(const InviteSecret& secret, View blob) {
    const auto plain = invite_open(secret, InviteSeal::Blob, blob);
    if (!plain) return refuse(plain.error());
    const auto json = parse_json(plain->view());
    if (!json) return refuse(Fault::Shape);
    Reader reader(*json);
    // A device's invitation is for one's own devices alone.
    if (reader.child("kind") == "device") reader.fail();
    InviterTells tells{.self = read_introduction(reader),
                       .commit = reader.fixed<32>("commit"),
                       .box = reader.fixed<32>("box")};
    if (!reader.ok()) return refuse(Fault::Shape);
    return tells;
}

Result<Bytes> seal_answer(const InviteSecret& secret, const PublicKey& box,
                          const InviteeTells& tells, const Random& random) {
    auto json = write_introduction(tells.self);
    json["nonce"] = base64url(tells.nonce);
    return seal_answer_to(secret, box, view_of(text_of(json)), random);
}

Result<InviteeTells> open_answer(const InviteSecret& secret, const BoxPair& box, View answer) {
    const auto plain = open_answer_with(secret, box, answer);
    if (!plain) return refuse(plain.error());
    const auto json = parse_json(plain->view());
    if (!json) return refuse(Fault::Shape);
    Reader reader(*json);
    InviteeTells tells{.self = read_introduction(reader), .nonce = reader.fixed<32>("nonce")};
    if (!reader.ok()) return refuse(Fault::Shape);
    return tells;
}

Result<DeviceList> check_introduction(const Introduction& told) {
    auto list = DeviceList::check(
        {.account = account_id(told.root), .root = told.root, .devices = told.devices});
    if (list && list->standing(told.device, list->size()) != Standing::Live)
        return refuse(Fault::UnknownDevice);
    return list;
}

Hash commit_to(const Nonce& inviter_nonce) {
    return hash("invite-commit", {inviter_nonce});
}

bool commit_holds(const Hash& commit, View inviter_nonce) {
    return inviter_nonce.size() == 32 && hash("invite-commit", {inviter_nonce}) == commit;
}

Hash transcript_of(const PublicKeys& inviter, const PublicKeys& invitee, const Nonce& inviter_nonce,
                   const Nonce& invitee_nonce) {
    return hash("invite-transcript", {inviter.sign, inviter.box, invitee.sign, invitee.box,
                                      inviter_nonce, invitee_nonce});
}

Hash confirm_of(const InviteSecret& secret, const Hash& transcript, Role side) {
    const Key confirm = keyed(secret.view(), "invite-confirm",
                              {transcript, side == Role::Inviter ? "inviter" : "invitee"});
    Hash told{};
    std::ranges::copy(confirm.view(), told.begin());
    return told;
}

bool confirm_holds(const InviteSecret& secret, const Hash& transcript, Role side, View told) {
    return equal_in_constant_time(confirm_of(secret, transcript, side), told);
}

std::string link_of(std::string_view origin, const InviteSecret& secret, InviteKind kind) {
    std::string link(origin);
    return link.append("/").append(marker_of(kind)).append(base64url(secret.view()));
}

Result<InviteSecret> secret_from_link(std::string_view link, InviteKind kind) {
    const auto marker = marker_of(kind);
    const auto found = link.find(marker);
    if (found == std::string_view::npos) return refuse(Fault::Shape);
    auto bytes = from_base64url(link.substr(found + marker.size()));
    if (!bytes || bytes->size() != 16) return refuse(Fault::Shape);
    InviteSecret secret(View(*bytes).first<16>());
    wipe(*bytes);
    return secret;
}

}  // namespace seen::vault
