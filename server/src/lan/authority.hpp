#pragma once

/// The small certificate authority of one home, and the certificate that it gives to this server.
///
/// It is made once, in `<folder>/authority.pem`, and lasts ten years, so that a phone has to trust
/// it only once. It can vouch for servers at addresses of home networks, at this machine's own
/// address and under names in `.local`, and for nothing else: even who steals its key cannot
/// pretend to be a website. The server's own
/// certificate, `<folder>/server.pem`, lasts 396 days (iPhones refuse more than 398) and is renewed
/// when the address has changed or 30 days before its end. Keys are P-256, in files for their owner
/// alone; `<folder>/seen-authority.crt` is the authority without its key, to hand out.
///
/// Worked: first start at 192.168.1.5 → both are made; second start → both stay; a start at
/// 192.168.1.9 → the authority stays, the certificate is new; a start at 203.0.113.9, which is no
/// home address → both are new.

#include "http/network.hpp"
#include "tls/tls_context.hpp"

#include <chrono>

namespace seen::server {

struct HomeIdentity {
    CertificateFiles files;    ///< Of the server, signed by the authority.
    std::string authority;     ///< Its certificate, DER.
    std::string fingerprint;   ///< SHA-256 of that, "AB:CD:…", as phones show it.
    bool is_new_here = false;  ///< The authority was made just now: nobody trusts it yet.
};

/// The error is one plain line. `now` is given so that the years can be tried.
[[nodiscard]] std::expected<HomeIdentity, std::string> home_identity(
    const std::string& folder, const asio::ip::address& address,
    std::chrono::system_clock::time_point now);

}  // namespace seen::server
