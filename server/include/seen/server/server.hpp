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

struct Config {
    std::string listen = "127.0.0.1:7777";  ///< HOST:PORT; port 0 takes any free one.
    std::string data;                       ///< Folder; made when missing.
    std::optional<std::string> public_url;  ///< Without it, a request's own Host is the origin.
    std::optional<std::string> admin;       ///< HOST:PORT of /healthz and /metrics.
    std::size_t accounts_per_hour = limits::accounts_per_hour;
    bool demo = false;
    std::string version;
    std::span<const unsigned char>
        archive;  ///< The web app; see asset_archive.hpp. Empty: there is none.
};

class Server {
  public:
    [[nodiscard]] static std::expected<std::unique_ptr<Server>, std::string> start(
        const Config& config);
    virtual ~Server() = default;

    /// HOST:PORT as it really is, also after port 0.
    [[nodiscard]] virtual std::string address() const = 0;
    [[nodiscard]] virtual std::optional<std::string> admin_address() const = 0;
    virtual void run() = 0;
    /// Safe from any thread.
    virtual void stop() = 0;
};

}  // namespace seen::server
