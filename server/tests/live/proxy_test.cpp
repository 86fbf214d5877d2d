#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

namespace {

Reply arrives_from(const RunningServer& server, const std::string& forwarded) {
    return ask(server.address(), "POST", "/v1/accounts", Person(server).account_request().dump(),
               {{"X-Forwarded-For", forwarded}});
}

const Headers upgrade{{"Upgrade", "websocket"},
                      {"Connection", "Upgrade"},
                      {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                      {"Sec-WebSocket-Version", "13"}};

}  // namespace

TEST(Proxy, behind_one_each_of_those_it_speaks_for_has_a_limit_of_their_own) {
    const RunningServer server({"--behind-proxy", "--accounts-per-hour", "1"});
    EXPECT_EQ(arrives_from(server, "203.0.113.1").status, 201);
    EXPECT_EQ(arrives_from(server, "203.0.113.1").status, 429);
    EXPECT_EQ(arrives_from(server, "203.0.113.2").status, 201);
    // What stands before the last entry has come from outside, and buys nothing.
    EXPECT_EQ(arrives_from(server, "203.0.113.3, 203.0.113.2").status, 429);
}

TEST(Proxy, without_being_told_of_one_nobody_is_believed) {
    const RunningServer server({"--accounts-per-hour", "1"});
    EXPECT_EQ(arrives_from(server, "203.0.113.1").status, 201);
    EXPECT_EQ(arrives_from(server, "203.0.113.2").status, 429);
}

TEST(Proxy, of_two_headers_the_last_one_is_the_proxys) {
    const RunningServer server({"--behind-proxy", "--accounts-per-hour", "1"});
    const auto arrives = [&server](const std::string& first, const std::string& second) {
        const std::string body = Person(server).account_request().dump();
        return ask_raw(server.address(),
                       "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + first +
                           "\r\nX-Forwarded-For: " + second +
                           "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body)
            .status;
    };
    EXPECT_EQ(arrives("203.0.113.1", "203.0.113.9"), 201);
    EXPECT_EQ(arrives("203.0.113.2", "203.0.113.9"), 429);
}

TEST(Proxy, below_a_path_everything_stands_there_and_nothing_beside_it) {
    const RunningServer server({"--public-url", "https://example.org/seen"});
    const auto at = [&server](const std::string& path) {
        return ask(server.address(), "GET", path);
    };
    EXPECT_EQ(at("/seen/v1/about").status, 200);
    for (const char* beside : {"/", "/v1/about", "/index.html", "/seenless", "/seen/seen/", "/see"})
        EXPECT_EQ(at(beside).status, 404) << beside;
    EXPECT_EQ(at("/seen").status, 308);
    EXPECT_EQ(at("/seen").headers.at("location"), "/seen/");
    EXPECT_EQ(at("/seen/").headers.at("content-type").substr(0, 5), "text/");
    EXPECT_EQ(at("/seen/").body, at("/seen/index.html").body);
}

TEST(Proxy, below_a_path_one_signs_in_with_the_whole_address_and_follows) {
    const RunningServer server({"--public-url", "https://example.org/seen/"});
    const Person person(server);
    const auto post = [&server](const std::string& path, const nlohmann::json& body) {
        return ask(server.address(), "POST", "/seen" + path, body.dump());
    };
    ASSERT_EQ(post("/v1/accounts", person.account_request()).status, 201);
    const auto sign_in = [&](const std::string& origin) {
        const auto challenge = post("/v1/challenges", nlohmann::json::object()).json();
        return post("/v1/sessions", person.sign_in_request(challenge, origin)).status;
    };
    EXPECT_EQ(sign_in("https://example.org/seen"), 200);
    EXPECT_EQ(sign_in("https://example.org"), 401);
    EXPECT_EQ(ask(server.address(), "GET", "/seen/v1/follow", "", upgrade).status, 101);
    EXPECT_EQ(ask(server.address(), "GET", "/v1/follow", "", upgrade).status, 404);
}

}  // namespace seen::test
