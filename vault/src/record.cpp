#include "seen/vault/record.hpp"

#include "seen/vault/hash.hpp"

#include <algorithm>

namespace seen::vault {

namespace {

constexpr std::size_t tag_size = 32;
constexpr std::size_t length_size = 4;
constexpr std::size_t frame_size = tag_size + length_size;

Key tag_of(const Key& author_key, View aad, View body) {
    return keyed(author_key.view(), "tag", {aad, body});
}

std::string body_text(std::string_view event, const BodyFrame& frame) {
    OrderedJson beside = {{"at", frame.at}, {"seen", nullptr}, {"head", nullptr}};
    if (frame.seen)
        beside["seen"] = {{"seq", frame.seen->seq}, {"hash", base64url(frame.seen->hash)}};
    if (frame.head) beside["head"] = base64url(*frame.head);
    std::string text = R"({"event":)";
    text.append(event).append(",");
    return text.append(beside.dump().substr(1));
}

SecretBytes padded(const Key& tag, View body, RecordClass record_class) {
    SecretBytes plain(padded_size(frame_size + body.size(), record_class));
    const auto out = plain.fill();
    std::ranges::copy(tag.view(), out.begin());
    const auto length = u64(body.size());
    std::copy(length.begin() + 4, length.end(), out.begin() + tag_size);
    std::ranges::copy(body, out.begin() + frame_size);
    return plain;
}

/// The body between tag and zeros; nothing when the length lies or something stands among the
/// zeros.
std::optional<View> unpadded(View plain, RecordClass record_class) {
    if (!is_size_class(plain.size(), record_class)) return std::nullopt;
    std::size_t length = 0;
    for (const Byte byte : plain.subspan(tag_size, length_size)) length = (length << 8U) | byte;
    if (length > plain.size() - frame_size) return std::nullopt;
    const View zeros = plain.subspan(frame_size + length);
    if (!std::ranges::all_of(zeros, [](Byte byte) { return byte == 0; })) return std::nullopt;
    return plain.subspan(frame_size, length);
}

std::optional<LastSeen> read_seen(Reader& body) {
    if (body.child("seen").is_null()) return std::nullopt;
    Reader reader(body.child("seen"));
    const LastSeen seen{.seq = reader.count("seq"), .hash = reader.fixed<32>("hash")};
    if (!reader.ok()) body.fail();
    return seen;
}

Result<OpenedBody> read_body(View text) {
    auto json = parse_json(text);
    if (!json) return refuse(Fault::BadBody);
    Reader reader(*json);
    const auto at = whole_number(reader.child("at"));
    OpenedBody body;
    body.frame = {.at = at.value_or(0),
                  .seen = read_seen(reader),
                  .head = reader.fixed_or_null<32>("head", false)};
    if (!reader.ok() || !at || !reader.child("event").is_object()) return refuse(Fault::BadBody);
    body.event = std::move((*json)["event"]);
    return body;
}

}  // namespace

Result<RecordHead> read_record_head(const Json& json) {
    Reader reader(json);
    RecordHead head;
    head.space = reader.fixed<16>("space");
    head.epoch = reader.count("epoch");
    head.account = reader.fixed<16>("account");
    head.device = reader.fixed<16>("device");
    head.id = reader.fixed<16>("id");
    head.hold = reader.fixed_or_null<16>("hold", false);
    head.prev = reader.fixed_or_null<32>("prev", false);
    const auto record_class = record_class_of(reader.text("class"));
    if (!reader.ok() || !record_class) return refuse(Fault::Shape);
    head.record_class = *record_class;
    return head;
}

Bytes record_aad(const RecordHead& head) {
    return enc({"seen/1/record", head.space, u64(head.epoch), head.account, head.device, head.id,
                head.hold, name_of(head.record_class), head.prev});
}

Hash record_hash(const RecordHead& head, View sealed) {
    return hash("record-hash", {record_aad(head), sealed});
}

Result<Bytes> seal_record(const RecordHead& head, std::string_view event, const BodyFrame& frame,
                          const Key& epoch_key, const Key& author_key, const Random& random) {
    const auto object = parse_json(view_of(event));
    if (!object || !object->is_object()) return refuse(Fault::BadBody);
    std::string body = body_text(event, frame);
    const Bytes aad = record_aad(head);
    const Key tag = tag_of(author_key, aad, view_of(body));
    const SecretBytes plain = padded(tag, view_of(body), head.record_class);
    wipe(body);
    return seal(record_key(epoch_key), aad, plain.view(), random);
}

Result<OpenedBody> open_record(const RecordHead& head, View sealed, const Key& epoch_key,
                               const Key* author_key) {
    const Bytes aad = record_aad(head);
    const auto plain = open_sealed(record_key(epoch_key), aad, sealed);
    if (!plain) return refuse(plain.error());
    const auto body = unpadded(plain->view(), head.record_class);
    if (!body) return refuse(Fault::BadPadding);
    if (author_key != nullptr) {
        const Key tag = tag_of(*author_key, aad, *body);
        if (!equal_in_constant_time(tag.view(), plain->view().first(tag_size)))
            return refuse(Fault::NotMine);
    }
    return read_body(*body);
}

}  // namespace seen::vault
