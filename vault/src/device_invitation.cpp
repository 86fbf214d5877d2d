#include "seen/vault/device_invitation.hpp"

#include "introduction.hpp"
#include "seen/vault/hash.hpp"

namespace seen::vault {

namespace {

ClaimedMember member_of(const PresentTells& told, std::vector<DeviceEntry> devices) {
    return {.account = told.account, .root = told.root, .devices = std::move(devices)};
}

}  // namespace

Bytes seal_present(const InviteSecret& secret, const PresentTells& tells, const Random& random) {
    const OrderedJson json = {{"v", 1},
                              {"kind", "device"},
                              {"account", base64url(tells.account)},
                              {"root_sign", base64url(tells.root.sign)},
                              {"root_box", base64url(tells.root.box)},
                              {"devices", write_entries(tells.devices)},
                              {"device", base64url(tells.device)},
                              {"commit", base64url(tells.commit)},
                              {"box", base64url(tells.box)}};
    return invite_seal(secret, InviteSeal::Blob, view_of(text_of(json)), random);
}

Result<PresentTells> open_present(const InviteSecret& secret, View blob) {
    const auto plain = invite_open(secret, InviteSeal::Blob, blob);
    if (!plain) return refuse(plain.error());
    const auto json = parse_json(plain->view());
    if (!json) return refuse(Fault::Shape);
    Reader reader(*json);
    if (reader.count("v") != 1 || reader.text("kind") != "device") reader.fail();
    auto member = read_member(*json);
    if (!member) return refuse(member.error());
    PresentTells tells{.account = member->account,
                       .root = member->root,
                       .devices = std::move(member->devices),
                       .device = reader.fixed<16>("device"),
                       .commit = reader.fixed<32>("commit"),
                       .box = reader.fixed<32>("box")};
    if (!reader.ok()) return refuse(Fault::Shape);
    return tells;
}

Result<Bytes> seal_new(const InviteSecret& secret, const PublicKey& box, const NewTells& tells,
                       const Random& random) {
    OrderedJson json = {{"v", 1},
                        {"sign", base64url(tells.device.sign)},
                        {"box", base64url(tells.device.box)},
                        {"nonce", base64url(tells.nonce)},
                        {"name", nullptr}};
    if (tells.name) json["name"] = *tells.name;
    return seal_answer_to(secret, box, view_of(text_of(json)), random);
}

Result<NewTells> open_new(const InviteSecret& secret, const BoxPair& box, View answer) {
    const auto plain = open_answer_with(secret, box, answer);
    if (!plain) return refuse(plain.error());
    const auto json = parse_json(plain->view());
    if (!json) return refuse(Fault::Shape);
    Reader reader(*json);
    if (reader.count("v") != 1) reader.fail();
    NewTells tells{.device = {reader.fixed<32>("sign"), reader.fixed<32>("box")},
                   .nonce = reader.fixed<32>("nonce"),
                   .name = {}};
    if (!reader.child("name").is_null()) tells.name = reader.text("name");
    if (!reader.ok()) return refuse(Fault::Shape);
    return tells;
}

Result<DeviceList> check_present(const PresentTells& told) {
    auto list = DeviceList::check(member_of(told, told.devices));
    if (list && list->standing(told.device, list->size()) != Standing::Live)
        return refuse(Fault::UnknownDevice);
    return list;
}

Result<DeviceList> check_grown(const PresentTells& told, std::vector<DeviceEntry> now,
                               const PublicKeys& self) {
    auto list = DeviceList::check(member_of(told, std::move(now)), told.devices);
    if (list && list->standing(device_id(self), list->size()) != Standing::Live)
        return refuse(Fault::UnknownDevice);
    return list;
}

Hash device_transcript_of(const DeviceList& before, const PublicKeys& fresh,
                          const Nonce& present_nonce, const Nonce& new_nonce) {
    return hash("device-transcript",
                {before.account(), before.root().sign, before.root().box, before.head(), fresh.sign,
                 fresh.box, present_nonce, new_nonce});
}

}  // namespace seen::vault
