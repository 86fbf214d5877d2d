#include "support/person.hpp"

#include <sodium.h>

#include <algorithm>

namespace seen::test {

namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

Raw bytes_of(const std::string& text) {
    Raw bytes(text.size());
    std::size_t length = 0;
    sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                      nullptr, variant);
    bytes.resize(length);
    return bytes;
}

Raw hashed(std::size_t size, const std::vector<Raw>& parts) {
    const Raw message = enc(parts);
    Raw hash(size);
    crypto_generichash(hash.data(), size, message.data(), message.size(), nullptr, 0);
    return hash;
}

}  // namespace

std::string text_of(const Raw& bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();
    return text;
}

Raw random_bytes(std::size_t count) {
    Raw bytes(count);
    randombytes_buf(bytes.data(), count);
    return bytes;
}

std::string random_id() {
    return text_of(random_bytes(16));
}

Raw enc(const std::vector<Raw>& parts) {
    Raw all;
    for (const Raw& part : parts) {
        for (int shift = 24; shift >= 0; shift -= 8)
            all.push_back(static_cast<unsigned char>(part.size() >> shift));
        all.insert(all.end(), part.begin(), part.end());
    }
    return all;
}

Raw raw(std::string_view text) {
    return {text.begin(), text.end()};
}

Raw u64(std::uint64_t value) {
    Raw bytes;
    for (int shift = 56; shift >= 0; shift -= 8)
        bytes.push_back(static_cast<unsigned char>(value >> shift));
    return bytes;
}

SigningPair::SigningPair() : public_key(32), secret_key(64) {
    if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
    crypto_sign_keypair(public_key.data(), secret_key.data());
}

Raw SigningPair::sign(const Raw& message) const {
    Raw signature(64);
    crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(),
                         secret_key.data());
    return signature;
}

Raw Device::id() const {
    return hashed(16, {raw("seen/1/device"), sign.public_key, box});
}

Person::Person(const Reachable& server)
    : server_(&server), account_(hashed(16, {raw("seen/1/account"), root_.public_key, root_box_})) {
    list_->push_back(entry(device_, 0, nullptr));
}

Person Person::arrived(const Reachable& server) {
    Person person(server);
    const Reply reply = person.register_account();
    if (reply.status != 201) throw std::runtime_error("not registered: " + reply.body);
    person.sign_in();
    return person;
}

Person Person::on(const Device& device) const {
    Person person = *this;
    person.device_ = device;
    person.token.clear();
    return person;
}

Person Person::living_in(const std::string& room) const {
    Person person = *this;
    person.room_ = room;
    return person;
}

Person Person::by_root() const {
    Person person = *this;
    const auto challenge = post("/v1/challenges", nlohmann::json::object()).json();
    const Reply reply = post("/v1/sessions", sign_in_request(challenge, server_->origin(), true));
    if (reply.status != 200) throw std::runtime_error("not signed in: " + reply.body);
    person.token = reply.json()["token"];
    return person;
}

nlohmann::json Person::entry(const Device& device, std::uint64_t n, const nlohmann::json& prev,
                             const std::string& kind, const Device* by) const {
    const Raw before = prev.is_null() ? Raw{} : bytes_of(prev.get<std::string>());
    const Raw message = enc({raw("seen/1/device-entry"), account_, u64(n), before, raw(kind),
                             by == nullptr ? Raw{} : by->id(), device.sign.public_key, device.box});
    const SigningPair& signer = by == nullptr ? root_ : by->sign;
    return {{"n", n},
            {"prev", prev},
            {"kind", kind},
            {"by", by == nullptr ? nlohmann::json(nullptr) : nlohmann::json(text_of(by->id()))},
            {"sign", text_of(device.sign.public_key)},
            {"box", text_of(device.box)},
            {"signature", text_of(signer.sign(message))}};
}

nlohmann::json Person::next_entry(const Device& device, const std::string& kind,
                                  const Device* by) const {
    return entry(device, list_->size(), text_of(head()), kind, by);
}

Raw Person::hash_of(const nlohmann::json& entry) const {
    const auto bytes_or_none = [](const nlohmann::json& text) {
        return text.is_null() ? Raw{} : bytes_of(text);
    };
    const Raw message =
        enc({raw("seen/1/device-entry"), account_, u64(entry["n"]), bytes_or_none(entry["prev"]),
             raw(entry["kind"].get<std::string>()), bytes_or_none(entry["by"]),
             bytes_of(entry["sign"]), bytes_of(entry["box"])});
    return hashed(32, {raw("seen/1/device-hash"), message, bytes_of(entry["signature"])});
}

std::vector<Raw> Person::live() const {
    std::vector<Raw> ids;
    for (const auto& entry : *list_) {
        const Raw id =
            hashed(16, {raw("seen/1/device"), bytes_of(entry["sign"]), bytes_of(entry["box"])});
        if (entry["kind"] == "added")
            ids.push_back(id);
        else
            std::erase(ids, id);
    }
    return ids;
}

nlohmann::json Person::epoch(const std::string& space, std::uint64_t n,
                             const std::vector<const Person*>& members) const {
    std::vector<Raw> heads;
    std::vector<Raw> boxes;
    auto heads_json = nlohmann::json::array();
    auto sealed = nlohmann::json::array();
    const auto seal_to = [&](const Raw& whom) {
        boxes.push_back(whom);
        boxes.push_back(random_bytes(80));
        sealed.push_back({{"to", text_of(whom)}, {"box", text_of(boxes.back())}});
    };
    for (const Person* member : members) {
        heads.push_back(member->account_);
        heads.push_back(member->head());
        heads_json.push_back({{"account", member->account()}, {"head", text_of(member->head())}});
        for (const Raw& device : member->live()) seal_to(device);
    }
    if (members.size() == 1 && space == room_) seal_to(account_);
    const Raw message =
        enc({raw("seen/1/epoch"), bytes_of(space), u64(n), device_.id(), enc(heads), enc(boxes)});
    return {{"n", n},
            {"device", text_of(device_.id())},
            {"heads", std::move(heads_json)},
            {"sealed", std::move(sealed)},
            {"signature", text_of(device_.sign.sign(message))}};
}

nlohmann::json Person::account_request() const {
    return {{"root_sign", text_of(root_.public_key)},
            {"root_box", text_of(root_box_)},
            {"device", list_->front()},
            {"room", {{"space", room_}, {"epoch", epoch(room_, 1, {this})}}}};
}

Reply Person::register_account() const {
    return post("/v1/accounts", account_request());
}

nlohmann::json Person::sign_in_request(const nlohmann::json& challenge, const std::string& origin,
                                       bool by_root) const {
    const Raw who = by_root ? raw("root") : device_.id();
    const Raw message =
        enc({raw("seen/1/sign-in"), raw(origin), account_, who,
             u64(challenge["expires"].get<std::uint64_t>()), bytes_of(challenge["nonce"])});
    const Raw signature = by_root ? root_.sign(message) : device_.sign.sign(message);
    return {{"account", account()},
            {"device", by_root ? nlohmann::json(nullptr) : nlohmann::json(text_of(who))},
            {"nonce", challenge["nonce"]},
            {"expires", challenge["expires"]},
            {"origin", origin},
            {"signature", text_of(signature)}};
}

void Person::sign_in() {
    const auto challenge = post("/v1/challenges", nlohmann::json::object()).json();
    const Reply reply = post("/v1/sessions", sign_in_request(challenge, server_->origin()));
    if (reply.status != 200) throw std::runtime_error("not signed in: " + reply.body);
    token = reply.json()["token"];
}

Reply Person::get(const std::string& path) const {
    return ask(server_->address(), "GET", path, "", {{"Authorization", "Bearer " + token}});
}

Reply Person::post(const std::string& path, const nlohmann::json& body) const {
    return ask(server_->address(), "POST", path, body.dump(),
               {{"Authorization", "Bearer " + token}});
}

Reply Person::remove(const std::string& path, const std::string& body) const {
    return ask(server_->address(), "DELETE", path, body, {{"Authorization", "Bearer " + token}});
}

nlohmann::json Person::durable() const {
    return {{"v", 1},          {"id", random_id()},  {"device", text_of(device_.id())},
            {"epoch", 1},      {"class", "durable"}, {"hold", nullptr},
            {"prev", nullptr}, {"erases", nullptr},  {"sealed", text_of(random_bytes(1064))}};
}

nlohmann::json Person::held(const std::string& hold) const {
    auto record = durable();
    record["class"] = "held";
    record["hold"] = hold;
    record["sealed"] = text_of(random_bytes(4136));
    return record;
}

Reply Person::append(const std::string& space, const nlohmann::json& record) const {
    return post("/v1/spaces/" + space + "/records", record);
}

Reply Person::page(const std::string& space, std::uint64_t after) const {
    return get("/v1/spaces/" + space + "/records?after=" + std::to_string(after));
}

FollowClient Person::follow(const std::string& space, std::uint64_t after) const {
    return FollowClient(server_->address(), token, {{space, after}});
}

Couple::Couple(const Reachable& server)
    : anna(Person::arrived(server)), ben(Person::arrived(server)), space(random_id()) {
    const std::string lookup = random_id();
    const std::string path = "/v1/invitations/" + lookup;
    const auto need = [](const Reply& reply) {
        if (reply.status / 100 != 2) throw std::runtime_error("not joined: " + reply.body);
    };
    need(anna.post("/v1/invitations", {{"lookup", lookup}, {"blob", text_of(random_bytes(500))}}));
    need(ben.post(path + "/claim", nlohmann::json::object()));
    need(ben.post(path + "/answer", {{"answer", text_of(random_bytes(500))}}));
    need(anna.post(path + "/reveal", {{"reveal", text_of(random_bytes(72))}}));
    need(anna.post(path + "/confirm", {{"confirm", text_of(random_bytes(32))},
                                       {"space", space},
                                       {"epoch", anna.epoch(space, 1, {&anna, &ben})}}));
    need(ben.post(path + "/confirm", {{"confirm", text_of(random_bytes(32))}}));
}

void Couple::begin_epoch(std::uint64_t n) const {
    const Reply begun = anna.post("/v1/spaces/" + space + "/epochs",
                                  {{"epoch", anna.epoch(space, n, {&anna, &ben})}});
    if (begun.status != 201) throw std::runtime_error("no epoch: " + begun.body);
}

}  // namespace seen::test
