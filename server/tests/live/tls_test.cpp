#include "support/person.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sys/stat.h>

namespace seen::test {

namespace {

/// A certificate for 127.0.0.1 that vouches for itself, and its key, made by openssl's own command.
struct OwnCertificate {
    OwnCertificate() {
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
            "/CN=test -addext subjectAltName=IP:127.0.0.1 -keyout " +
            key() + " -out " + certificate() + " 2>/dev/null";
        if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made nothing");
    }
    [[nodiscard]] std::string certificate() const { return (folder.path() / "cert.pem").string(); }
    [[nodiscard]] std::string key() const { return (folder.path() / "key.pem").string(); }
    TemporaryFolder folder;
};

Ended serve_with(const std::string& certificate, const std::string& key) {
    const TemporaryFolder folder;
    return run_seen({"serve", "--listen", "127.0.0.1:0", "--data", (folder.path() / "d").string(),
                     "--tls-cert", certificate, "--tls-key", key});
}

/// How long a connection on which only these bytes were sent is kept, up to 25 s.
std::chrono::milliseconds kept_open(const Socket& socket, const std::string& bytes) {
    const auto start = std::chrono::steady_clock::now();
    socket.send(bytes);
    const auto until = start + std::chrono::seconds(25);
    while (std::chrono::steady_clock::now() < until) {
        const auto heard = socket.receive(std::chrono::seconds(1));
        if (heard && heard->empty()) break;
    }
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                                 start);
}

}  // namespace

TEST(Tls, who_trusts_the_authority_signs_in_appends_and_follows) {
    const RunningServer server({"--lan"});
    EXPECT_TRUE(server.first_lines().front().starts_with("Seen is at https://127.0.0.1:"));
    const Person person = Person::arrived(server);
    FollowClient line = person.follow(person.room());
    EXPECT_EQ(line.hear_with("records")["records"].size(), 0U);
    ASSERT_EQ(person.append(person.room(), person.durable()).status, 200);
    EXPECT_EQ(line.hear_with("records")["records"].size(), 1U);
    EXPECT_EQ(ask(server.address(), "GET", "/").headers.at("content-type").substr(0, 5), "text/");
}

TEST(Tls, who_does_not_trust_it_refuses) {
    const RunningServer server({"--lan"});
    const RunningServer stranger({"--lan"});
    EXPECT_NO_THROW(Socket(server.address(), server.authority()));
    EXPECT_THROW(Socket(server.address(), stranger.authority()), std::runtime_error);
}

TEST(Tls, large_answers_and_large_requests_pass_whole) {
    const RunningServer server({"--lan"});
    const Person person = Person::arrived(server);
    for (int i = 0; i < 8; ++i) {
        auto record = person.durable();
        record["sealed"] = text_of(random_bytes(65'536 + 40));
        const Reply reply = person.append(person.room(), record);
        ASSERT_EQ(reply.status, 200) << reply.body;
    }
    const Reply page = person.page(person.room());
    EXPECT_GT(page.body.size(), 400'000U);
    EXPECT_GE(page.json()["records"].size(), 6U);
}

TEST(Tls, the_authority_stays_the_same_over_a_restart) {
    RunningServer server({"--lan"});
    const auto authority = ask(server.first_page(), "GET", "/seen-authority.crt").body;
    EXPECT_EQ(server.end_with(SIGTERM), 0);
    server.start();
    EXPECT_EQ(ask(server.first_page(), "GET", "/seen-authority.crt").body, authority);
    EXPECT_EQ(ask(server.address(), "GET", "/v1/about").status, 200);
}

TEST(Tls, plain_http_at_home_has_one_honest_page_and_no_app) {
    const RunningServer server({"--lan"});
    const std::string at = server.first_page();
    const Reply page = ask(at, "GET", "/");
    EXPECT_EQ(page.status, 200);
    EXPECT_NE(page.body.find("https://" + server.address() + "/"), std::string::npos);
    EXPECT_NE(page.body.find("plain http"), std::string::npos);
    EXPECT_EQ(page.body.find("<script"), std::string::npos);
    EXPECT_EQ(page.body.find("{app}"), std::string::npos);
    const Reply certificate = ask(at, "GET", "/seen-authority.crt");
    EXPECT_EQ(certificate.headers.at("content-type"), "application/x-x509-ca-cert");
    EXPECT_EQ(certificate.body.substr(0, 1), "\x30") << "DER";
    for (const char* path : {"/v1/about", "/index.html", "/authority.pem", "/lan/authority.pem"})
        EXPECT_EQ(ask(at, "GET", path).status, 404) << path;
    EXPECT_EQ(ask(at, "POST", "/").status, 405);
}

TEST(Tls, plain_http_to_the_encrypted_port_is_not_answered) {
    const RunningServer server({"--lan"});
    const Socket plain(server.address(), Socket::Plain::Always);
    plain.send("GET /v1/about HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(plain.receive(std::chrono::seconds(5)).value_or("").find("HTTP/1.1 2"),
              std::string::npos);
}

TEST(Tls, a_given_certificate_serves_and_its_key_must_fit) {
    const OwnCertificate own;
    const OwnCertificate other;
    const RunningServer server({"--tls-cert", own.certificate(), "--tls-key", own.key()});
    EXPECT_NO_THROW(static_cast<void>(Person::arrived(server)));
    const Ended ended = serve_with(own.certificate(), other.key());
    EXPECT_EQ(ended.code, 1);
    EXPECT_EQ(ended.err, "seen: the key in " + other.key() + " does not fit the certificate in " +
                             own.certificate() + "\n");
}

TEST(Tls, what_cannot_be_read_is_named) {
    const OwnCertificate own;
    const Ended no_certificate = serve_with("/nowhere/cert.pem", own.key());
    EXPECT_EQ(no_certificate.code, 1);
    EXPECT_NE(no_certificate.err.find("/nowhere/cert.pem"), std::string::npos);
    const Ended no_key = serve_with(own.certificate(), own.certificate());
    EXPECT_EQ(no_key.code, 1);
    EXPECT_NE(no_key.err.find("cannot read a key"), std::string::npos) << no_key.err;
}

TEST(Tls, one_file_without_the_other_is_wrong_use) {
    for (const std::vector<std::string>& half : std::vector<std::vector<std::string>>{
             {"serve", "--tls-cert", "x"},
             {"serve", "--tls-key", "x"},
             {"serve", "--lan", "--tls-cert", "x", "--tls-key", "x"},
             {"serve", "--lan", "--public-url", "https://x.example"}}) {
        const Ended ended = run_seen(half);
        EXPECT_EQ(ended.code, 2);
        EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
    }
}

TEST(Tls, hands_half_shaken_are_let_go_at_the_deadline) {
    const RunningServer server({"--lan"});
    const Socket silent(server.address(), Socket::Plain::Always);
    const Socket half(server.address(), Socket::Plain::Always);
    const Socket whole(server.address());
    // The first bytes of a ClientHello that announces 512 and brings none.
    const auto after_half = kept_open(half, std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 9));
    EXPECT_GT(after_half, std::chrono::seconds(8));
    EXPECT_LT(after_half, std::chrono::seconds(13));
    EXPECT_EQ(silent.receive(std::chrono::seconds(1)), "");
    // The control: one that has shaken hands is still here, and served.
    whole.send(request_text(server.address(), "GET", "/v1/about", "", {}));
    EXPECT_EQ(read_reply(whole, std::chrono::seconds(3)).status, 200);
}

}  // namespace seen::test
