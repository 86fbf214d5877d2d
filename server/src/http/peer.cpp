#include "http/peer.hpp"

#include <algorithm>
#include <optional>

namespace seen::server {

namespace {

using Address = asio::ip::address;

/// An IPv4 address in the clothes of IPv6 is the same one.
Address undressed(const Address& address) {
    if (!address.is_v6() || !address.to_v6().is_v4_mapped()) return address;
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
}

bool is_within(const asio::ip::address_v4& address, std::uint32_t net, unsigned bits) {
    return (address.to_uint() ^ net) >> (32U - bits) == 0;
}

/// The address in one entry: alone, "[v6]:port" or "v4:port".
std::optional<Address> address_in(std::string_view entry) {
    const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
    while (!entry.empty() && is_space(entry.front())) entry.remove_prefix(1);
    while (!entry.empty() && is_space(entry.back())) entry.remove_suffix(1);
    if (entry.starts_with('[')) {
        entry = entry.substr(1, entry.find(']') - 1);
    } else if (std::ranges::count(entry, ':') == 1) {
        entry = entry.substr(0, entry.find(':'));
    }
    boost::system::error_code failed;
    Address address = asio::ip::make_address(std::string(entry), failed);
    if (failed) return std::nullopt;
    return address;
}

}  // namespace

bool is_nearby(const asio::ip::address& address) {
    const Address plain = undressed(address);
    if (plain.is_loopback()) return true;
    if (plain.is_v4()) {
        const auto v4 = plain.to_v4();
        return is_within(v4, 0x0A000000, 8) || is_within(v4, 0xAC100000, 12) ||
               is_within(v4, 0xC0A80000, 16) || is_within(v4, 0xA9FE0000, 16);
    }
    const auto v6 = plain.to_v6();
    return v6.is_link_local() || (v6.to_bytes()[0] & 0xFEU) == 0xFC;
}

std::string counted_address(const asio::ip::address& peer, bool behind_proxy,
                            std::string_view forwarded_for) {
    Address counted = undressed(peer);
    if (behind_proxy && is_nearby(peer)) {
        const auto comma = forwarded_for.rfind(',');
        const auto last =
            comma == std::string_view::npos ? forwarded_for : forwarded_for.substr(comma + 1);
        if (const auto named = address_in(last)) counted = undressed(*named);
    }
    if (counted.is_v4()) return counted.to_string();
    auto bytes = counted.to_v6().to_bytes();
    std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
    return asio::ip::address_v6(bytes).to_string();
}

}  // namespace seen::server
