#include "http/peer.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

namespace {

std::string counted(const char* peer, bool behind_proxy, std::string_view forwarded) {
    return counted_address(asio::ip::make_address(peer), behind_proxy, forwarded);
}

}  // namespace

TEST(Peer, a_proxy_nearby_is_believed_about_its_last_entry_only) {
    for (const char* proxy : {"127.0.0.1", "10.2.3.4", "172.31.0.1", "192.168.0.9", "::1",
                              "fd00::1", "::ffff:127.0.0.1"})
        EXPECT_EQ(counted(proxy, true, "203.0.113.9, 198.51.100.7"), "198.51.100.7") << proxy;
}

TEST(Peer, a_header_from_elsewhere_is_not_believed) {
    for (const char* stranger : {"203.0.113.5", "172.32.0.1", "11.0.0.1", "192.169.0.1"})
        EXPECT_EQ(counted(stranger, true, "198.51.100.7"), stranger);
    EXPECT_EQ(counted("2001:db8::5", true, "198.51.100.7"), "2001:db8::");
}

TEST(Peer, without_a_proxy_nobody_is_believed) {
    EXPECT_EQ(counted("127.0.0.1", false, "198.51.100.7"), "127.0.0.1");
}

TEST(Peer, what_is_no_address_leaves_the_peer_counted) {
    for (const char* entry : {"", "unknown", "_hidden", "198.51.100.7, ", "[", "1.2.3", "a:b"})
        EXPECT_EQ(counted("127.0.0.1", true, entry), "127.0.0.1") << entry;
}

TEST(Peer, an_entry_may_carry_a_port) {
    EXPECT_EQ(counted("127.0.0.1", true, "198.51.100.7:443"), "198.51.100.7");
    EXPECT_EQ(counted("127.0.0.1", true, "[2001:db8:1:2:3::4]:443"), "2001:db8:1:2::");
    EXPECT_EQ(counted("127.0.0.1", true, " 2001:db8:1:2:3::4 "), "2001:db8:1:2::");
}

TEST(Peer, one_household_is_one_address) {
    EXPECT_EQ(counted("2001:db8:1:2:3::4", false, ""), counted("2001:db8:1:2:9::9", false, ""));
    EXPECT_NE(counted("2001:db8:1:2:3::4", false, ""), counted("2001:db8:1:3:3::4", false, ""));
    EXPECT_EQ(counted("::ffff:198.51.100.7", false, ""), "198.51.100.7");
}

}  // namespace seen::server::test
