/// spec/vectors/keys.json, holds.json and sizes.json: made by code that shares nothing with this.
#include "seen/vault/device_list.hpp"
#include "seen/vault/epoch.hpp"
#include "seen/vault/keys.hpp"
#include "seen/vault/padding.hpp"
#include "seen/vault/phrase.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace seen::vault::tests {

namespace {

KeyPairs device_at(std::size_t at) {
    return device_of(secret_of<64>(vectors("keys")["devices"][at]["seeds"]));
}

KeyPairs root() {
    return root_of(secret_of<16>(vectors("keys")["entropy"]));
}

DeviceList list() {
    const auto& v = vectors("keys");
    ClaimedMember claimed{.account = fixed_of<16>(v["account"]),
                          .root = root().keys,
                          .devices = read_entries(v["list"]).value()};
    return DeviceList::check(claimed).value();
}

}  // namespace

TEST(KeyVectors, the_phrase_and_the_entropy_are_one_thing_in_two_shapes) {
    const auto& v = vectors("keys");
    const auto words = words_of(secret_of<16>(v["entropy"]));
    std::string phrase;
    for (std::size_t at = 0; at < words.size(); ++at) {
        EXPECT_EQ(words[at], v["phrase"][at].get<std::string>());
        phrase.append(at % 2 == 0 ? "  " : "\n").append(words[at]);
    }
    phrase[2] = static_cast<char>(std::toupper(phrase[2]));
    EXPECT_TRUE(entropy_of(phrase).value() == secret_of<16>(v["entropy"]));
}

TEST(KeyVectors, root_and_account_follow_from_the_entropy) {
    const auto& v = vectors("keys");
    EXPECT_EQ(base64url(root().keys.sign), v["root_sign"]);
    EXPECT_EQ(base64url(root().keys.box), v["root_box"]);
    EXPECT_EQ(base64url(account_id(root().keys)), v["account"]);
}

TEST(KeyVectors, device_keys_and_ids_follow_from_the_seeds) {
    for (std::size_t at = 0; at < 2; ++at) {
        const auto& told = vectors("keys")["devices"][at];
        const auto device = device_at(at);
        EXPECT_EQ(base64url(device.keys.sign), told["sign"]);
        EXPECT_EQ(base64url(device.keys.box), told["box"]);
        EXPECT_EQ(base64url(device_id(device.keys)), told["id"]);
    }
}

TEST(KeyVectors, a_list_grows_entry_by_entry_to_the_same_bytes) {
    const auto& v = vectors("keys");
    const auto first = first_entry(device_at(0).keys, root());
    const ClaimedMember begun{
        .account = account_id(root().keys), .root = root().keys, .devices = {first}};
    const auto second =
        DeviceList::check(begun).value().next_by_root(EntryKind::Added, device_at(1).keys, root());
    EXPECT_EQ(Json(write_entry(first)), v["list"][0]);
    EXPECT_EQ(Json(write_entry(second)), v["list"][1]);
    for (std::size_t at = 0; at < 2; ++at)
        EXPECT_EQ(base64url(list().hashes()[at]), v["list_hashes"][at]);
}

TEST(KeyVectors, an_epoch_is_made_to_the_same_bytes_and_opens_for_device_and_root) {
    const auto& v = vectors("keys");
    const auto& wire = v["epoch"]["wire"];
    const ClaimedMember claimed{.account = account_id(root().keys),
                                .root = root().keys,
                                .devices = {list().entries().front()}};
    const std::vector<DeviceList> present{DeviceList::check(claimed).value()};
    const EpochPlace place{.space = fixed_of<16>(v["epoch"]["space"]),
                           .kind = SpaceKind::Room,
                           .present = present,
                           .before = nullptr};
    Bytes drawn;
    for (const auto& one : v["epoch"]["ephemerals"]) {
        const Bytes bytes = bytes_of(one);
        drawn.insert(drawn.end(), bytes.begin(), bytes.end());
    }
    const auto key = secret_of<32>(v["epoch"]["key"]);
    const auto epoch = make_epoch(place, key, device_at(0), giving(drawn));
    EXPECT_EQ(Json(write_epoch(epoch.value())), wire);
    EXPECT_TRUE(check_epoch(*epoch, place));
    EXPECT_TRUE(open_epoch(*epoch, device_id(device_at(0).keys), device_at(0)).value() == key);
    EXPECT_TRUE(open_epoch(*epoch, account_id(root().keys), root()).value() == key);
    EXPECT_EQ(open_epoch(*epoch, account_id(root().keys), device_at(0)).error(), Fault::CannotOpen);
    EXPECT_EQ(open_epoch(*epoch, device_id(device_at(1).keys), device_at(1)).error(),
              Fault::CannotOpen);
}

TEST(KeyVectors, record_and_author_key_follow_from_the_epoch_keys) {
    const auto& v = vectors("keys");
    const auto room = secret_of<32>(v["epoch"]["key"]);
    EXPECT_TRUE(record_key(room) == secret_of<32>(v["derived"]["record_key"]));
    EXPECT_TRUE(author_key(room, fixed_of<16>(v["derived"]["shared"])) ==
                secret_of<32>(v["derived"]["author_key"]));
}

TEST(KeyVectors, a_challenge_is_answered_with_the_same_signature_by_device_and_by_root) {
    const auto& v = vectors("keys")["sign_in"];
    const auto nonce = bytes_of(v["challenge"]["nonce"]);
    const auto answer = [&](const std::optional<Id>& id, const KeyPairs& keys) {
        const auto bytes = sign_in_bytes(v["origin"].get<std::string>(), account_id(root().keys),
                                         id, v["challenge"]["expires"].get<std::uint64_t>(), nonce);
        return base64url(sign(bytes, keys.sign_secret));
    };
    EXPECT_EQ(answer(device_id(device_at(0).keys), device_at(0)), v["by_device"]);
    EXPECT_EQ(answer(std::nullopt, root()), v["by_root"]);
}

TEST(HoldVectors, both_sides_derive_the_same_id) {
    const auto key = secret_of<32>(vectors("holds")["first_epoch_key"]);
    for (const auto& one : vectors("holds")["cases"])
        EXPECT_EQ(base64url(hold_id(key, one["counter"].get<std::uint64_t>())), one["hold"]);
}

TEST(SizeVectors, every_length_is_padded_as_the_vectors_say) {
    for (const auto& one : vectors("sizes"))
        for (const auto record_class :
             {RecordClass::Durable, RecordClass::Held, RecordClass::Brief})
            EXPECT_EQ(padded_size(one["length"].get<std::size_t>(), record_class),
                      one[std::string(name_of(record_class))].get<std::size_t>());
}

}  // namespace seen::vault::tests
