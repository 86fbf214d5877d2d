#include "introduction.hpp"
#include "seen/vault/device_invitation.hpp"

#include <charconv>

namespace seen::vault {

namespace {

/// "1", "2", … as an encoder writes them: no sign, no zero in front.
std::optional<std::uint64_t> number_of(const std::string& name) {
    std::uint64_t number = 0;
    const char* const end = name.data() + name.size();
    const auto [stop, error] = std::from_chars(name.data(), end, number);
    const bool whole = error == std::errc() && stop == end && number >= 1 && name.front() != '0';
    return whole ? std::optional(number) : std::nullopt;
}

Result<std::map<std::uint64_t, Key>> read_keys(const Json& json) {
    if (!json.is_object() || json.empty()) return refuse(Fault::Shape);
    std::map<std::uint64_t, Key> keys;
    for (const auto& [name, value] : json.items()) {
        const auto number = number_of(name);
        auto bytes =
            value.is_string() ? from_base64url(value.get_ref<const std::string&>()) : std::nullopt;
        if (!number || !bytes || bytes->size() != 32) return refuse(Fault::Shape);
        keys.emplace(*number, Key(View(*bytes).first<32>()));
        wipe(*bytes);
    }
    return keys;
}

void wipe_texts(Json& json) {
    if (json.is_string()) wipe(json.get_ref<std::string&>());
    if (json.is_structured())
        for (auto& child : json) wipe_texts(child);
}

Result<Handover> read_handover(const Json& json) {
    Reader reader(json);
    if (reader.count("v") != 1) reader.fail();
    auto keys = read_keys(reader.child("keys"));
    const auto entry = read_entry(reader.child("entry"));
    Handover handover;
    handover.room = reader.fixed<16>("room");
    if (!reader.ok() || !keys || !entry) return refuse(Fault::Shape);
    handover.keys = std::move(*keys);
    handover.entry = *entry;
    return handover;
}

}  // namespace

Result<Bytes> seal_handover(const PublicKey& box, const Handover& handover, const Random& random) {
    OrderedJson keys = OrderedJson::object();
    for (const auto& [number, key] : handover.keys)
        keys[std::to_string(number)] = base64url(key.view());
    const OrderedJson json = {{"v", 1},
                              {"room", base64url(handover.room)},
                              {"keys", keys},
                              {"entry", write_entry(handover.entry)}};
    std::string text = text_of(json);
    auto sealed = seal_to_box(view_of(text), box, random);
    wipe(text);
    return sealed;
}

Result<Handover> open_handover(const KeyPairs& device, View sealed) {
    const auto plain = open_box(sealed, device.keys.box, device.box_secret);
    if (!plain) return refuse(plain.error());
    auto json = parse_json(plain->view());
    if (!json) return refuse(Fault::Shape);
    auto handover = read_handover(*json);
    wipe_texts(*json);
    return handover;
}

}  // namespace seen::vault
