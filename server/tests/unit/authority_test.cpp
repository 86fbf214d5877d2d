#include "lan/authority.hpp"

#include "lan/certificate.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <openssl/obj_mac.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX
#include <sys/stat.h>

namespace seen::server::test {

namespace {

using std::chrono::days;

const std::chrono::system_clock::time_point today{days{20'000}};

struct Home {
    Home() {
        std::string name = (std::filesystem::temp_directory_path() / "seen-unit-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        folder = name;
    }
    ~Home() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    Home(const Home&) = delete;
    Home& operator=(const Home&) = delete;

    HomeIdentity start(const char* address, int day = 0) const {
        auto started = home_identity(lan(), asio::ip::make_address(address), today + days{day});
        if (!started) throw std::runtime_error(started.error());
        return *started;
    }
    [[nodiscard]] std::string lan() const { return (folder / "lan").string(); }
    [[nodiscard]] Certificate kept(const char* name) const {
        auto read = read_certificate(lan() + "/" + name);
        if (!read || !read->certificate) throw std::runtime_error("nothing kept");
        return std::move(*read);
    }
    std::filesystem::path folder;
};

std::time_t seconds(int day) {
    return std::chrono::system_clock::to_time_t(today + days{day});
}

Certificate for_name(const Certificate& authority, const std::string& name) {
    auto made = make_certificate(
        {"Somebody", seconds(0), seconds(9), {{NID_subject_alt_name, name}}}, &authority);
    if (!made) throw std::runtime_error("not made");
    return std::move(*made);
}

}  // namespace

TEST(Authority, it_is_made_once_and_then_stays) {
    const Home home;
    const auto first = home.start("192.168.1.5");
    EXPECT_TRUE(first.is_new_here);
    for (const int day : {0, 1, 100, 1000, 3600}) {
        const auto again = home.start("192.168.1.5", day);
        EXPECT_FALSE(again.is_new_here) << day;
        EXPECT_EQ(again.authority, first.authority) << day;
        EXPECT_EQ(again.fingerprint, first.fingerprint) << day;
    }
}

TEST(Authority, a_new_one_is_made_before_its_ten_years_are_over) {
    const Home home;
    const auto first = home.start("192.168.1.5");
    const auto later = home.start("192.168.1.5", 3640);
    EXPECT_TRUE(later.is_new_here);
    EXPECT_NE(later.fingerprint, first.fingerprint);
}

TEST(Authority, the_servers_certificate_lasts_no_longer_than_phones_accept) {
    const Home home;
    home.start("192.168.1.5");
    const Certificate server = home.kept("server.pem");
    EXPECT_TRUE(server.lasts(seconds(0), seconds(394)));
    EXPECT_FALSE(server.lasts(seconds(0), seconds(396)));
    EXPECT_FALSE(server.lasts(seconds(-2), seconds(1)));
    EXPECT_TRUE(server.is_signed_by(home.kept("authority.pem")));
}

TEST(Authority, the_servers_certificate_is_renewed_near_its_end_and_not_before) {
    const Home home;
    home.start("192.168.1.5");
    const std::string first = home.kept("server.pem").fingerprint();
    home.start("192.168.1.5", 360);
    EXPECT_EQ(home.kept("server.pem").fingerprint(), first);
    home.start("192.168.1.5", 366);
    EXPECT_NE(home.kept("server.pem").fingerprint(), first);
    EXPECT_TRUE(home.kept("server.pem").lasts(seconds(366), seconds(700)));
}

TEST(Authority, another_address_is_another_certificate_of_the_same_authority) {
    const Home home;
    const auto first = home.start("192.168.1.5");
    const auto moved = home.start("10.0.0.7");
    EXPECT_EQ(moved.fingerprint, first.fingerprint);
    EXPECT_TRUE(home.kept("server.pem").names("10.0.0.7"));
    EXPECT_FALSE(home.kept("server.pem").names("192.168.1.5"));
}

TEST(Authority, it_can_vouch_for_homes_and_for_nothing_else) {
    const Home home;
    home.start("192.168.1.5");
    const Certificate authority = home.kept("authority.pem");
    for (const char* name : {"IP:192.168.77.8", "IP:10.9.8.7", "IP:172.20.0.1", "IP:127.0.0.1",
                             "IP:fd00::9", "DNS:printer.local"})
        EXPECT_TRUE(authority.permits(for_name(authority, name))) << name;
    for (const char* name : {"IP:203.0.113.9", "IP:172.32.0.1", "IP:2001:db8::1", "DNS:example.org",
                             "DNS:local.example.org"})
        EXPECT_FALSE(authority.permits(for_name(authority, name))) << name;
}

TEST(Authority, a_machine_outside_any_home_gets_one_for_that_address_alone) {
    const Home home;
    const auto at_home = home.start("192.168.1.5");
    const auto away = home.start("203.0.113.9");
    EXPECT_TRUE(away.is_new_here);
    EXPECT_NE(away.fingerprint, at_home.fingerprint);
    EXPECT_FALSE(home.start("203.0.113.9").is_new_here);
    const Certificate authority = home.kept("authority.pem");
    EXPECT_TRUE(authority.permits(for_name(authority, "IP:203.0.113.9")));
    EXPECT_FALSE(authority.permits(for_name(authority, "IP:203.0.113.10")));
}

TEST(Authority, keys_are_for_their_owner_alone) {
    const Home home;
    home.start("192.168.1.5");
    for (const char* name : {"authority.pem", "server.pem"}) {
        struct stat status{};
        ASSERT_EQ(::stat((home.lan() + "/" + name).c_str(), &status), 0);
        EXPECT_EQ(status.st_mode & 0777U, 0600U) << name;
    }
    std::ifstream handed_out(home.lan() + "/seen-authority.crt");
    const std::string text{std::istreambuf_iterator<char>(handed_out), {}};
    EXPECT_NE(text.find("BEGIN CERTIFICATE"), std::string::npos);
    EXPECT_EQ(text.find("PRIVATE"), std::string::npos);
}

TEST(Authority, a_damaged_one_is_left_alone_and_said) {
    const Home home;
    home.start("192.168.1.5");
    const std::string file = home.lan() + "/authority.pem";
    std::ofstream(file) << "not a certificate";
    const auto refused = home_identity(home.lan(), asio::ip::make_address("192.168.1.5"), today);
    ASSERT_FALSE(refused.has_value());
    EXPECT_NE(refused.error().find(file), std::string::npos);
    EXPECT_EQ(std::filesystem::file_size(file), 17U);
}

TEST(Authority, a_damaged_certificate_of_the_server_is_made_again) {
    const Home home;
    const auto first = home.start("192.168.1.5");
    std::ofstream(home.lan() + "/server.pem") << "not a certificate";
    EXPECT_EQ(home.start("192.168.1.5").fingerprint, first.fingerprint);
    EXPECT_TRUE(home.kept("server.pem").names("192.168.1.5"));
}

}  // namespace seen::server::test
