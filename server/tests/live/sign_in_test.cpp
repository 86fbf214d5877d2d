#include "support/person.hpp"

#include <gtest/gtest.h>

#include <csignal>

namespace seen::test {

namespace {

nlohmann::json challenge_for(const Person& person) {
    return person.post("/v1/challenges", nlohmann::json::object()).json();
}

Person registered(const RunningServer& server) {
    Person person(server);
    EXPECT_EQ(person.register_account().status, 201);
    return person;
}

}  // namespace

TEST(SignIn, a_challenge_is_good_once) {
    const RunningServer server;
    const Person person = registered(server);
    const auto request = person.sign_in_request(challenge_for(person), server.origin());
    EXPECT_EQ(person.post("/v1/sessions", request).status, 200);
    const Reply again = person.post("/v1/sessions", request);
    EXPECT_EQ(again.status, 401);
    EXPECT_EQ(again.error(), "unauthorized");
}

TEST(SignIn, a_challenge_that_the_server_did_not_make_is_refused) {
    const RunningServer server;
    const Person person = registered(server);
    auto challenge = challenge_for(person);
    challenge["nonce"] = text_of(random_bytes(32));
    EXPECT_EQ(
        person.post("/v1/sessions", person.sign_in_request(challenge, server.origin())).status,
        401);
}

TEST(SignIn, a_challenge_cannot_be_given_a_longer_life) {
    const RunningServer server;
    const Person person = registered(server);
    auto challenge = challenge_for(person);
    challenge["expires"] = challenge["expires"].get<std::uint64_t>() + 60'000;
    EXPECT_EQ(
        person.post("/v1/sessions", person.sign_in_request(challenge, server.origin())).status,
        401);
}

TEST(SignIn, a_challenge_expires_after_a_minute) {
    const RunningServer server({"--demo"});
    const Person person = registered(server);
    const auto request = person.sign_in_request(challenge_for(person), server.origin());
    ASSERT_EQ(person.post("/v1/demo/clock", {{"offset_ms", 61'000}}).status, 200);
    EXPECT_EQ(person.post("/v1/sessions", request).status, 401);
}

TEST(SignIn, a_signature_for_another_origin_is_refused) {
    const RunningServer server;
    const Person person = registered(server);
    const auto request = person.sign_in_request(challenge_for(person), "https://elsewhere.example");
    EXPECT_EQ(person.post("/v1/sessions", request).status, 401);
}

TEST(SignIn, with_a_public_url_that_is_the_only_origin) {
    const RunningServer server({"--public-url", "https://ours.example/"});
    const Person person = registered(server);
    const auto own = person.sign_in_request(challenge_for(person), server.origin());
    EXPECT_EQ(person.post("/v1/sessions", own).status, 401);
    const auto ours = person.sign_in_request(challenge_for(person), "https://ours.example");
    EXPECT_EQ(person.post("/v1/sessions", ours).status, 200);
}

TEST(SignIn, a_device_of_somebody_else_is_refused) {
    const RunningServer server;
    const Person anna = registered(server);
    const Person ben = registered(server);
    auto request = ben.sign_in_request(challenge_for(ben), server.origin());
    request["account"] = anna.account();
    EXPECT_EQ(ben.post("/v1/sessions", request).status, 401);
}

TEST(SignIn, many_failures_lock_nobody_out) {
    const RunningServer server;
    Person person = registered(server);
    for (int i = 0; i < 100; ++i) {
        auto request = person.sign_in_request(challenge_for(person), server.origin());
        request["signature"] = text_of(random_bytes(64));
        ASSERT_EQ(person.post("/v1/sessions", request).status, 401);
    }
    EXPECT_NO_THROW(person.sign_in());
}

TEST(SignIn, more_than_sixty_in_a_minute_are_too_many) {
    const RunningServer server;
    Person person = registered(server);
    for (int i = 0; i < 60; ++i) ASSERT_NO_THROW(person.sign_in());
    const auto request = person.sign_in_request(challenge_for(person), server.origin());
    const Reply reply = person.post("/v1/sessions", request);
    EXPECT_EQ(reply.status, 429);
    EXPECT_EQ(reply.error(), "slow_down");
    EXPECT_TRUE(reply.headers.contains("retry-after"));
}

TEST(SignIn, a_token_lives_for_a_day) {
    const RunningServer server({"--demo"});
    const Person person = Person::arrived(server);
    EXPECT_EQ(person.get("/v1/account").status, 200);
    ASSERT_EQ(person.post("/v1/demo/clock", {{"offset_ms", 24 * 60 * 60 * 1000 + 1000}}).status,
              200);
    EXPECT_EQ(person.get("/v1/account").status, 401);
}

TEST(SignIn, without_a_token_or_with_a_made_up_one_nothing_opens) {
    const RunningServer server;
    Person person = registered(server);
    for (const std::string& token : {std::string(), std::string("x"), text_of(random_bytes(32))}) {
        person.token = token;
        EXPECT_EQ(person.get("/v1/account").status, 401);
        EXPECT_EQ(person.page(person.room()).status, 401);
    }
}

TEST(SignIn, after_a_restart_devices_sign_in_again) {
    RunningServer server;
    Person person = Person::arrived(server);
    EXPECT_EQ(server.end_with(SIGTERM), 0);
    server.start();
    EXPECT_EQ(person.get("/v1/account").status, 401);
    person.sign_in();
    EXPECT_EQ(person.get("/v1/account").status, 200);
}

TEST(SignIn, the_clock_can_be_moved_only_in_a_demonstration) {
    const RunningServer server;
    const Person person(server);
    EXPECT_EQ(person.post("/v1/demo/clock", {{"offset_ms", 1}}).status, 404);
}

}  // namespace seen::test
