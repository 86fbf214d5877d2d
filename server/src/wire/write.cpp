#include "wire/write.hpp"

#include <array>

namespace seen::server {

namespace {

using nlohmann::json;

template <std::size_t N>
json bytes_or_null(const std::optional<Fixed<N>>& bytes) {
    return bytes ? json(base64url(View{*bytes})) : json(nullptr);
}

void add_if(json& object, const char* name, const std::optional<Bytes>& bytes) {
    if (bytes) object[name] = base64url(View{*bytes});
}

const char* name_of(Stage stage) {
    static constexpr std::array names{"",         "open",   "claimed", "answered",
                                      "revealed", "joined", "ended",   "expired"};
    return names.at(static_cast<std::size_t>(stage));
}

}  // namespace

json to_json(const DeviceEntry& entry) {
    return {{"n", entry.n},
            {"prev", bytes_or_null(entry.prev)},
            {"kind", entry.kind == EntryKind::Added ? "added" : "removed"},
            {"by", entry.by ? json(base64url(*entry.by)) : json(nullptr)},
            {"sign", base64url(View{entry.sign})},
            {"box", base64url(View{entry.box})},
            {"signature", base64url(View{entry.signature})}};
}

json to_json(const std::vector<DeviceEntry>& entries) {
    json list = json::array();
    for (const DeviceEntry& entry : entries) list.push_back(to_json(entry));
    return list;
}

json to_json(const Epoch& epoch) {
    json sealed = json::array();
    for (const SealedKey& key : epoch.sealed)
        sealed.push_back({{"to", base64url(View{key.to})}, {"box", base64url(View{key.box})}});
    json heads = json::array();
    for (const ListHead& head : epoch.heads)
        heads.push_back(
            {{"account", base64url(head.account)}, {"head", base64url(View{head.head})}});
    return {{"n", epoch.n},
            {"device", base64url(epoch.device)},
            {"heads", std::move(heads)},
            {"sealed", std::move(sealed)},
            {"signature", base64url(View{epoch.signature})}};
}

json to_json(SpaceKind kind) {
    return kind == SpaceKind::Room ? "room" : "shared";
}

json to_json(const Space& space) {
    json members = json::array();
    for (const Member& member : space.members) {
        members.push_back({{"account", base64url(member.account)},
                           {"root_sign", base64url(View{member.keys.root_sign})},
                           {"root_box", base64url(View{member.keys.root_box})},
                           {"devices", to_json(member.devices)},
                           {"left", member.left}});
    }
    json epochs = json::array();
    for (const Epoch& epoch : space.epochs) epochs.push_back(to_json(epoch));
    return {{"space", base64url(space.space)},
            {"kind", to_json(space.kind)},
            {"members", std::move(members)},
            {"epochs", std::move(epochs)},
            {"head", space.head}};
}

json to_json(const Record& record) {
    json object{{"stamp", record.stamp},
                {"v", 1},
                {"id", base64url(record.id)},
                {"author", base64url(record.author)},
                {"device", base64url(record.device)},
                {"epoch", record.epoch},
                {"class", record.kind == RecordClass::Held ? "held" : "durable"},
                {"hold", record.hold ? json(base64url(*record.hold)) : json(nullptr)},
                {"prev", bytes_or_null(record.prev)},
                {"sealed", record.sealed ? json(base64url(View{*record.sealed})) : json(nullptr)}};
    if (record.seq > 0) object["seq"] = record.seq;
    if (record.lapsed) object["lapsed"] = true;
    return object;
}

json to_json(const std::vector<Record>& records) {
    json list = json::array();
    for (const Record& record : records) list.push_back(to_json(record));
    return list;
}

std::string brief_frame(const SpaceId& space, const RingId& ring,
                        const std::vector<const Brief*>& briefs) {
    json list = json::array();
    for (const Brief* brief : briefs) {
        list.push_back({{"n", brief->n},
                        {"stamp", brief->stamp},
                        {"v", 1},
                        {"id", base64url(brief->said.id)},
                        {"author", base64url(brief->author)},
                        {"device", base64url(brief->said.device)},
                        {"epoch", brief->said.epoch},
                        {"sealed", base64url(View{brief->said.sealed})}});
    }
    return json{{"space", base64url(space)}, {"ring", base64url(ring)}, {"brief", std::move(list)}}
        .dump();
}

std::string present_frame(const SpaceId& space, const std::vector<AccountId>& present) {
    json accounts = json::array();
    for (const AccountId& account : present) accounts.push_back(base64url(account));
    return json{{"space", base64url(space)}, {"present", std::move(accounts)}}.dump();
}

json to_json(const Invitation& invitation, Role role, Moment now) {
    json confirms = json::object();
    add_if(confirms, "inviter", invitation.inviter_confirm);
    add_if(confirms, "invitee", invitation.invitee_confirm);
    json object{{"lookup", base64url(invitation.lookup)},
                {"role", role == Role::Inviter ? "inviter" : "invitee"},
                {"stage", name_of(stage_at(invitation, now))},
                {"expires", invitation.expires},
                {"kind", invitation.kind == InvitationKind::Device ? "device" : "person"},
                {"confirms", std::move(confirms)}};
    if (!invitation.blob.empty()) object["blob"] = base64url(View{invitation.blob});
    add_if(object, "answer", invitation.answer);
    add_if(object, "reveal", invitation.reveal);
    if (invitation.stage != Stage::Joined) return object;
    if (invitation.space) object["space"] = base64url(*invitation.space);
    add_if(object, "handover", invitation.handover);
    return object;
}

}  // namespace seen::server
