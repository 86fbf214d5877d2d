#include "seen/vault/device_list.hpp"
#include "seen/vault/hash.hpp"

namespace seen::vault {

namespace {

std::string_view name_of(EntryKind kind) {
    return kind == EntryKind::Added ? "added" : "removed";
}

std::optional<EntryKind> kind_of(std::string_view name) {
    if (name == "added") return EntryKind::Added;
    if (name == "removed") return EntryKind::Removed;
    return std::nullopt;
}

template <std::size_t Size>
OrderedJson text_or_null(const std::optional<Fixed<Size>>& bytes) {
    return bytes ? OrderedJson(base64url(*bytes)) : OrderedJson();
}

}  // namespace

Result<DeviceEntry> read_entry(const Json& json) {
    Reader reader(json);
    DeviceEntry entry;
    entry.n = reader.count("n");
    entry.prev = reader.fixed_or_null<32>("prev", true);
    entry.by = reader.fixed_or_null<16>("by", true);
    entry.device = {reader.fixed<32>("sign"), reader.fixed<32>("box")};
    entry.signature = reader.fixed<64>("signature");
    const auto kind = kind_of(reader.text("kind"));
    if (!reader.ok() || !kind) return refuse(Fault::Shape);
    entry.kind = *kind;
    return entry;
}

Result<std::vector<DeviceEntry>> read_entries(const Json& json) {
    if (!json.is_array()) return refuse(Fault::Shape);
    std::vector<DeviceEntry> entries;
    for (const auto& one : json) {
        const auto entry = read_entry(one);
        if (!entry) return refuse(entry.error());
        entries.push_back(*entry);
    }
    return entries;
}

OrderedJson write_entry(const DeviceEntry& entry) {
    return {{"n", entry.n},
            {"prev", text_or_null(entry.prev)},
            {"kind", name_of(entry.kind)},
            {"by", text_or_null(entry.by)},
            {"sign", base64url(entry.device.sign)},
            {"box", base64url(entry.device.box)},
            {"signature", base64url(entry.signature)}};
}

OrderedJson write_entries(std::span<const DeviceEntry> entries) {
    OrderedJson list = OrderedJson::array();
    for (const auto& entry : entries) list.push_back(write_entry(entry));
    return list;
}

Bytes entry_bytes(const Id& account, const DeviceEntry& entry) {
    return enc({"seen/1/device-entry", account, u64(entry.n), entry.prev, name_of(entry.kind),
                entry.by, entry.device.sign, entry.device.box});
}

Hash entry_hash(const Id& account, const DeviceEntry& entry) {
    return hash("device-hash", {entry_bytes(account, entry), entry.signature});
}

Result<ClaimedMember> read_member(const Json& json) {
    Reader reader(json);
    ClaimedMember member;
    member.account = reader.fixed<16>("account");
    member.root = {reader.fixed<32>("root_sign"), reader.fixed<32>("root_box")};
    auto devices = read_entries(reader.list("devices"));
    if (!reader.ok() || !devices) return refuse(Fault::Shape);
    member.devices = std::move(*devices);
    return member;
}

}  // namespace seen::vault
