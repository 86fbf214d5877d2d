#include "seen/server/limits.hpp"
#include "wire/parts.hpp"
#include "wire/requests.hpp"

namespace seen::server {

namespace {

Result<SealedKey> read_sealed_key(const nlohmann::json& json) {
    Fields fields(json);
    SealedKey key{.to = fields.fixed<16>("to"), .box = fields.bytes("box", 256)};
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return key;
}

}  // namespace

Result<DeviceEntry> read_entry(const nlohmann::json& json) {
    Fields fields(json);
    DeviceEntry entry;
    entry.n = fields.u64("n");
    entry.prev = fields.fixed_if<32>("prev");
    entry.sign = fields.fixed<32>("sign");
    entry.box = fields.fixed<32>("box");
    entry.signature = fields.fixed<64>("signature");
    if (fields.text("kind", 16) != "added" || entry.prev.has_value() != (entry.n > 0))
        fields.fail();
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return entry;
}

Result<Epoch> read_epoch(const nlohmann::json& json) {
    Fields fields(json);
    Epoch epoch;
    epoch.n = fields.u64("n");
    epoch.device = fields.id<DeviceId>("device");
    epoch.head = fields.fixed<32>("head");
    epoch.signature = fields.fixed<64>("signature");
    const auto& sealed = fields.child("sealed");
    if (!fields.ok() || !sealed.is_array() || sealed.empty() ||
        sealed.size() > limits::sealed_keys_per_epoch)
        return refuse(Refusal::BadRequest);
    for (const auto& one : sealed) {
        auto key = read_sealed_key(one);
        if (!key) return refuse(key.error());
        epoch.sealed.push_back(std::move(*key));
    }
    return epoch;
}

Result<NewAccount> read_new_account(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    NewAccount account;
    account.keys = {fields.fixed<32>("root_sign"), fields.fixed<32>("root_box")};
    Fields room(fields.child("room"));
    account.room = room.id<SpaceId>("space");
    const auto entry = read_entry(fields.child("device"));
    auto epoch = read_epoch(room.child("epoch"));
    if (!fields.ok() || !room.ok() || !entry || !epoch) return refuse(Refusal::BadRequest);
    account.device = *entry;
    account.epoch = std::move(*epoch);
    return account;
}

Result<DeviceEntry> read_new_device(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    return read_entry(fields.child("entry"));
}

Result<SignIn> read_sign_in(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    SignIn sign_in;
    sign_in.account = fields.id<AccountId>("account");
    sign_in.device = fields.id_if<DeviceId>("device");
    sign_in.nonce = fields.fixed<32>("nonce");
    sign_in.expires = fields.i64("expires");
    sign_in.origin = fields.text("origin", 512);
    sign_in.signature = fields.fixed<64>("signature");
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return sign_in;
}

}  // namespace seen::server
