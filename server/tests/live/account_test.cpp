#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

TEST(Account, registering_twice_with_the_same_bytes_answers_the_same) {
    const RunningServer server;
    const Person person(server);
    const auto request = person.account_request();
    const Reply first = person.post("/v1/accounts", request);
    EXPECT_EQ(first.status, 201);
    EXPECT_EQ(first.json()["account"], person.account());
    EXPECT_EQ(person.post("/v1/accounts", request).bytes, first.bytes);
}

TEST(Account, the_same_keys_with_another_room_are_refused_as_different) {
    const RunningServer server;
    const Person person(server);
    auto request = person.account_request();
    ASSERT_EQ(person.post("/v1/accounts", request).status, 201);
    const std::string other = random_id();
    auto epoch = person.living_in(other).epoch(other, 1, {&person});
    request["room"] = {{"space", other}, {"epoch", epoch}};
    const Reply reply = person.post("/v1/accounts", request);
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.error(), "different");
}

TEST(Account, a_device_that_the_root_did_not_sign_is_refused) {
    const RunningServer server;
    const Person person(server);
    auto request = person.account_request();
    request["device"]["signature"] = text_of(random_bytes(64));
    EXPECT_EQ(person.post("/v1/accounts", request).status, 401);
}

TEST(Account, an_epoch_that_the_device_did_not_sign_is_refused) {
    const RunningServer server;
    const Person person(server);
    auto request = person.account_request();
    request["room"]["epoch"]["signature"] = text_of(random_bytes(64));
    EXPECT_EQ(person.post("/v1/accounts", request).status, 401);
}

TEST(Account, every_missing_field_is_a_bad_request) {
    const RunningServer server;
    const Person person(server);
    for (const char* field : {"root_sign", "root_box", "device", "room"}) {
        auto request = person.account_request();
        request.erase(field);
        EXPECT_EQ(person.post("/v1/accounts", request).status, 400) << field;
    }
}

TEST(Account, it_shows_its_own_devices_and_its_room) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    const auto account = person.get("/v1/account").json();
    EXPECT_EQ(account["account"], person.account());
    EXPECT_EQ(account["devices"].size(), 1U);
    EXPECT_EQ(account["spaces"], nlohmann::json({{{"space", person.room()}, {"kind", "room"}}}));
}

TEST(Account, a_second_device_is_added_with_the_root_and_can_then_sign_in) {
    const RunningServer server;
    Person person = Person::arrived(server);
    const auto challenge = person.post("/v1/challenges", nlohmann::json::object()).json();
    const Reply by_root =
        person.post("/v1/sessions", person.sign_in_request(challenge, server.origin(), true));
    ASSERT_EQ(by_root.status, 200);
    const Device phone;
    const auto first = person.get("/v1/account").json()["devices"][0];
    const auto entry = person.entry(phone, 1, text_of(person.hash_of(first)));
    EXPECT_EQ(person.post("/v1/devices", {{"entry", entry}}).status, 401)
        << "with a device's token";
    person.token = by_root.json()["token"];
    EXPECT_EQ(person.post("/v1/devices", {{"entry", entry}}).status, 201);
    EXPECT_EQ(person.post("/v1/devices", {{"entry", entry}}).status, 201) << "again the same";
    EXPECT_EQ(person.get("/v1/account").json()["devices"].size(), 2U);
}

TEST(Account, a_device_entry_that_does_not_follow_the_head_is_stale) {
    const RunningServer server;
    Person person = Person::arrived(server);
    const auto challenge = person.post("/v1/challenges", nlohmann::json::object()).json();
    person.token =
        person.post("/v1/sessions", person.sign_in_request(challenge, server.origin(), true))
            .json()["token"];
    const auto entry = person.entry(Device{}, 1, text_of(random_bytes(32)));
    const Reply reply = person.post("/v1/devices", {{"entry", entry}});
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.error(), "stale_head");
}

TEST(Account, a_root_token_opens_nothing_but_account_and_devices) {
    const RunningServer server;
    Person person = Person::arrived(server);
    const auto challenge = person.post("/v1/challenges", nlohmann::json::object()).json();
    person.token =
        person.post("/v1/sessions", person.sign_in_request(challenge, server.origin(), true))
            .json()["token"];
    EXPECT_EQ(person.get("/v1/account").status, 200);
    EXPECT_EQ(person.get("/v1/spaces/" + person.room()).status, 401);
    EXPECT_EQ(person.page(person.room()).status, 401);
    FollowClient follow = person.follow(person.room());
    EXPECT_EQ(follow.hear()["error"], "unauthorized");
}

TEST(Account, new_accounts_are_bounded_by_address_and_hour) {
    const RunningServer server({"--accounts-per-hour", "2"});
    EXPECT_EQ(Person(server).register_account().status, 201);
    EXPECT_EQ(Person(server).register_account().status, 201);
    const Reply reply = Person(server).register_account();
    EXPECT_EQ(reply.status, 429);
    EXPECT_TRUE(reply.headers.contains("retry-after"));
}

}  // namespace seen::test
