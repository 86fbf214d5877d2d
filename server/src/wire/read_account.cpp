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

Result<ListHead> read_head(const nlohmann::json& json) {
    Fields fields(json);
    const ListHead head{.account = fields.id<AccountId>("account"),
                        .head = fields.fixed<32>("head")};
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return head;
}

/// Each element of an array of 1 to `most` by `read`.
template <class T>
Result<std::vector<T>> read_each(const nlohmann::json& array, std::size_t most,
                                 Result<T> (*read)(const nlohmann::json&)) {
    if (!array.is_array() || array.empty() || array.size() > most)
        return refuse(Refusal::BadRequest);
    std::vector<T> all;
    for (const auto& one : array) {
        auto value = read(one);
        if (!value) return refuse(value.error());
        all.push_back(std::move(*value));
    }
    return all;
}

Result<SpaceEpoch> read_space_epoch(const nlohmann::json& json) {
    Fields fields(json);
    const auto space = fields.id<SpaceId>("space");
    auto epoch = read_epoch(fields.child("epoch"));
    if (!fields.ok() || !epoch) return refuse(Refusal::BadRequest);
    return SpaceEpoch{space, std::move(*epoch)};
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
    const std::string kind = fields.text("kind", 16);
    entry.kind = kind == "removed" ? EntryKind::Removed : EntryKind::Added;
    entry.by = fields.id_if<DeviceId>("by");
    const bool known = kind == "added" || kind == "removed";
    if (!known || entry.prev.has_value() != (entry.n > 0)) fields.fail();
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return entry;
}

Result<Epoch> read_epoch(const nlohmann::json& json) {
    Fields fields(json);
    Epoch epoch;
    epoch.n = fields.u64("n");
    epoch.device = fields.id<DeviceId>("device");
    epoch.signature = fields.fixed<64>("signature");
    auto heads = read_each(fields.child("heads"), limits::members_per_space, read_head);
    auto sealed = read_each(fields.child("sealed"), limits::sealed_keys_per_epoch, read_sealed_key);
    if (!fields.ok() || !heads || !sealed) return refuse(Refusal::BadRequest);
    epoch.heads = std::move(*heads);
    epoch.sealed = std::move(*sealed);
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

Result<DeviceChange> read_device_change(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    const auto entry = read_entry(fields.child("entry"));
    if (!entry) return refuse(entry.error());
    DeviceChange change{.entry = *entry, .epochs = {}};
    const auto& epochs = fields.child("epochs");
    if (epochs.is_null() || (epochs.is_array() && epochs.empty())) return change;
    auto read = read_each(epochs, limits::spaces_per_removal, read_space_epoch);
    if (!read) return refuse(read.error());
    change.epochs = std::move(*read);
    return change;
}

Result<Epoch> read_new_epoch(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    return read_epoch(fields.child("epoch"));
}

Result<bool> read_erase(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    const auto& erase = fields.child("erase");
    if (!erase.is_boolean()) return refuse(Refusal::BadRequest);
    return erase.get<bool>();
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
