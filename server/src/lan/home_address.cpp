#include "lan/home_address.hpp"

#include "http/peer.hpp"

#include <ifaddrs.h>
#include <memory>
#include <net/if.h>
#include <netinet/in.h>
#include <optional>

namespace seen::server {

namespace {

std::optional<asio::ip::address> address_of(const ifaddrs& entry) {
    constexpr unsigned wanted = IFF_UP | IFF_RUNNING;
    if (entry.ifa_addr == nullptr || entry.ifa_addr->sa_family != AF_INET) return std::nullopt;
    if ((entry.ifa_flags & wanted) != wanted) return std::nullopt;
    if ((entry.ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) != 0) return std::nullopt;
    const auto* in = reinterpret_cast<const sockaddr_in*>(entry.ifa_addr);
    return asio::ip::address_v4(ntohl(in->sin_addr.s_addr));
}

}  // namespace

std::expected<asio::ip::address, std::string> home_address() {
    ifaddrs* all = nullptr;
    if (::getifaddrs(&all) != 0) return std::unexpected("cannot ask for this machine's addresses");
    const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owned(all, &::freeifaddrs);
    std::optional<asio::ip::address> first;
    for (const ifaddrs* entry = all; entry != nullptr; entry = entry->ifa_next) {
        const auto address = address_of(*entry);
        if (address && is_nearby(*address)) return *address;
        if (address && !first) first = address;
    }
    if (first) return *first;
    return std::unexpected(
        "this machine is in no network; --listen HOST:PORT can name an address of its own");
}

}  // namespace seen::server
