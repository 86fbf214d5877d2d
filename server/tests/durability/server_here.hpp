#pragma once

/// The whole server in this process, over the test disk: HTTP on a port of its own, real clients.

#include "durability/disk.hpp"
#include "seen/server/server.hpp"
#include "support/person.hpp"

#include <thread>

namespace seen::server::test {

class ServerHere : public seen::test::Reachable {
  public:
    /// From the first one on SQLite uses the test disk for everything in this process.
    ServerHere() {
        Disk::get().be_the_only_one();
        Config config;
        config.listen = "127.0.0.1:0";
        config.data = (folder_.path() / "data").string();
        config.version = "test";
        auto started = Server::start(config);
        if (!started) throw std::runtime_error(started.error());
        server_ = std::move(*started);
        address_ = server_->address();
        thread_ = std::thread([this] { server_->run(); });
    }
    ~ServerHere() {
        server_->stop();
        thread_.join();
    }
    ServerHere(const ServerHere&) = delete;
    ServerHere& operator=(const ServerHere&) = delete;
    [[nodiscard]] std::string file() const {
        return (folder_.path() / "data" / "seen.sqlite").string();
    }

  private:
    seen::test::TemporaryFolder folder_;
    std::unique_ptr<Server> server_;
    std::thread thread_;
};

}  // namespace seen::server::test
