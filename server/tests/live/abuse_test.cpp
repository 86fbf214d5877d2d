#include "support/person.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <random>

namespace seen::test {

namespace {

bool alive(const RunningServer& server) {
    return ask(server.address(), "GET", "/v1/about").status == 200;
}

}  // namespace

TEST(Abuse, a_body_of_more_than_256_kib_is_too_large) {
    const RunningServer server;
    const Reply reply =
        ask(server.address(), "POST", "/v1/accounts", std::string(256 * 1024 + 1, ' '));
    EXPECT_EQ(reply.status, 413);
    EXPECT_EQ(reply.error(), "too_large");
    const Reply announced = ask_raw(server.address(),
                                    "POST /v1/accounts HTTP/1.1\r\nHost: x\r\n"
                                    "Content-Length: 99999999999999\r\n\r\n");
    EXPECT_EQ(announced.status, 413);
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, chunks_without_end_are_too_large) {
    const RunningServer server;
    const Socket socket(server.address());
    socket.send("POST /v1/accounts HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    const std::string chunk = "1000\r\n" + std::string(4096, 'x') + "\r\n";
    for (int i = 0; i < 100 && socket.send(chunk); ++i) {
    }
    EXPECT_EQ(read_reply(socket, std::chrono::seconds(5)).status, 413);
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, a_flood_of_headers_is_too_large) {
    const RunningServer server;
    std::string many = "GET /v1/about HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 1000; ++i) many += "X-" + std::to_string(i) + ": something\r\n";
    EXPECT_EQ(ask_raw(server.address(), many + "\r\n").status, 413);
    const std::string long_one =
        "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n";
    EXPECT_EQ(ask_raw(server.address(), long_one).status, 413);
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, what_is_not_json_is_a_bad_request) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    const std::string deep(100'000, '[');
    const std::vector<std::string> bodies{"",
                                          "x",
                                          "null",
                                          "[]",
                                          "\"x\"",
                                          "{",
                                          "{\"a\":}",
                                          deep,
                                          "{}\0x",
                                          "\xff\xfe",
                                          "{\"root_sign\":\"\xc3\"}",
                                          "1e999"};
    for (const char* path : {"/v1/accounts", "/v1/sessions", "/v1/invitations"})
        for (const std::string& body : bodies) {
            const Reply reply = ask(server.address(), "POST", path, body,
                                    {{"Authorization", "Bearer " + person.token}});
            EXPECT_EQ(reply.status, 400) << path << " " << body.substr(0, 20);
            EXPECT_EQ(reply.error(), "bad_request");
        }
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, what_is_not_http_gets_a_word_or_is_closed) {
    const RunningServer server;
    EXPECT_EQ(
        ask_raw(server.address(), "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello tls").status,
        400);
    EXPECT_EQ(ask_raw(server.address(), "HELLO\r\n\r\n").status, 400);
    EXPECT_EQ(ask_raw(server.address(), "GET / HTTP/9.9\r\n\r\n").status, 400);
    EXPECT_EQ(ask_raw(server.address(),
                      "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n")
                  .status,
              400);
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, random_bytes_never_stop_the_server) {
    const RunningServer server;
    const unsigned seed = std::random_device{}();
    RecordProperty("seed", static_cast<int>(seed));
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const std::string start =
        "POST /v1/accounts HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n{}";
    for (int i = 0; i < 200; ++i) {
        std::string bytes = start;
        for (int j = 0; j < 6; ++j) bytes[random() % bytes.size()] = static_cast<char>(random());
        const Socket socket(server.address());
        socket.send(bytes);
    }
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, half_a_request_is_told_that_time_is_up) {
    const RunningServer server;
    const Socket half_head(server.address());
    const Socket half_body(server.address());
    const Socket silent(server.address());
    half_head.send("POST /v1/challenges HTTP/1.1\r\nHost: x\r\nConte");
    half_body.send("POST /v1/challenges HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    const Reply head = read_reply(half_head, std::chrono::seconds(18));
    EXPECT_EQ(head.status, 408);
    EXPECT_EQ(head.error(), "timeout");
    EXPECT_EQ(read_reply(half_body, std::chrono::seconds(3)).status, 408);
    EXPECT_EQ(silent.receive(std::chrono::seconds(3)), "")
        << "nothing was asked: closed without a word";
}

TEST(Abuse, a_byte_now_and_then_does_not_buy_more_time) {
    const RunningServer server;
    const Socket drip(server.address());
    drip.send("GET /v1/about HTTP/1.1\r\nX: ");
    const auto start = std::chrono::steady_clock::now();
    std::optional<std::string> answer;
    while (!answer && std::chrono::steady_clock::now() - start < std::chrono::seconds(20)) {
        drip.send("a");
        answer = drip.receive(std::chrono::seconds(1));
    }
    ASSERT_TRUE(answer.has_value());
    EXPECT_TRUE(answer->starts_with("HTTP/1.1 408"));
}

TEST(Abuse, paths_do_not_climb) {
    const RunningServer server;
    for (const char* path :
         {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../lock", "//etc/passwd",
          "/v1/../v1/about", "/v1/spaces/../account", "/v1/", "/v1//about", "/v1/about/",
          "/..%2flock", "/seen.sqlite", "/data/seen.sqlite"}) {
        const Reply reply = ask(server.address(), "GET", path);
        EXPECT_EQ(reply.status, 404) << path;
    }
}

TEST(Abuse, a_known_path_under_another_method_says_which_are_allowed) {
    const RunningServer server;
    const Reply reply = ask(server.address(), "PUT", "/v1/spaces/" + random_id() + "/records");
    EXPECT_EQ(reply.status, 405);
    EXPECT_EQ(reply.error(), "bad_method");
    EXPECT_EQ(reply.headers.at("allow"), "POST, GET");
    for (const char* method : {"GET", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
        EXPECT_EQ(ask(server.address(), method, "/v1/accounts").status, 405) << method;
}

TEST(Abuse, a_connection_serves_request_after_request) {
    const RunningServer server;
    const Socket socket(server.address());
    for (int i = 0; i < 3; ++i) {
        socket.send(request_text(server.address(), "GET", "/v1/about", "", {}));
        EXPECT_EQ(read_reply(socket, std::chrono::seconds(5)).status, 200);
    }
    socket.send(request_text(server.address(), "GET", "/v1/about", "", {{"Connection", "close"}}));
    EXPECT_EQ(read_reply(socket, std::chrono::seconds(5)).headers.at("connection"), "close");
    EXPECT_EQ(socket.receive(std::chrono::seconds(5)), "");
}

TEST(Abuse, many_open_connections_leave_room_for_others) {
    const RunningServer server;
    std::vector<std::unique_ptr<Socket>> idle;
    for (int i = 0; i < 500; ++i) idle.push_back(std::make_unique<Socket>(server.address()));
    EXPECT_TRUE(alive(server));
}

TEST(Abuse, the_log_names_no_ids_and_no_tokens) {
    const RunningServer server({"--verbose"});
    const Person person = Person::arrived(server);
    ASSERT_EQ(person.append(person.room(), person.durable()).status, 200);
    const std::string log = server.log();
    EXPECT_NE(log.find("POST /v1/spaces/{}/records 200"), std::string::npos) << log;
    for (const std::string& secret : {person.room(), person.token, person.account()})
        EXPECT_EQ(log.find(secret), std::string::npos);
}

}  // namespace seen::test
