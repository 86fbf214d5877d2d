#pragma once

/// The server as a whole: it listens, keeps, passes on, and stops when asked.
///
/// start() opens the data folder and the listeners, or says in one plain line why it cannot. run()
/// then works on the calling thread until SIGTERM, SIGINT or stop(), and finishes what was
/// accepted. It owns two more threads: one writes, one reads. `archive` must outlive the server.
/// Nothing here can open a sealed record: the core is not linked.

#include "seen/server/limits.hpp"

#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace seen::server {

/// PEM files for https: the certificate with those that lead to its root, and its key.
struct Certified {
    std::string certificate;
    std::string key;
};

struct Config {
    /// HOST:PORT; port 0 takes any free one. Not given: 127.0.0.1:7777, in a home network its own
    /// address there.
    std::optional<std::string> listen;
    std::string data;                       ///< Folder; made when missing.
    std::optional<std::string> public_url;  ///< Without it, a request's own Host is the origin.
    std::optional<Certified> tls;           ///< Given: https instead of http.
    bool home_network = false;              ///< https by an authority of its own; not with `tls`.
    bool behind_proxy = false;              ///< A nearby peer is believed about whom it speaks for.
    std::optional<std::string> admin;       ///< HOST:PORT of /healthz and /metrics.
    std::size_t accounts_per_hour = limits::accounts_per_hour;
    bool demo = false;
    std::string version;
    std::span<const unsigned char>
        archive;  ///< The web app; see asset_archive.hpp. Empty: there is none.
};

/// Where a phone in the same network begins, and how it can tell that it is here.
struct HomeNetwork {
    std::string first_page;   ///< HOST:PORT of plain http, with the authority's certificate.
    std::string fingerprint;  ///< Of the authority: SHA-256, as phones show it.
    bool is_new = false;      ///< Made by this start: no phone trusts it yet.
};

class Server {
  public:
    [[nodiscard]] static std::expected<std::unique_ptr<Server>, std::string> start(
        const Config& config);
    virtual ~Server() = default;

    /// HOST:PORT as it really is, also after port 0.
    [[nodiscard]] virtual std::string address() const = 0;
    [[nodiscard]] virtual bool encrypted() const = 0;
    [[nodiscard]] virtual std::optional<std::string> admin_address() const = 0;
    [[nodiscard]] virtual const std::optional<HomeNetwork>& home_network() const = 0;
    virtual void run() = 0;
    /// Safe from any thread.
    virtual void stop() = 0;
};

}  // namespace seen::server
