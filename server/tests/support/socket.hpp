#pragma once

/// A plain blocking TCP socket with a time limit on every read, for tests that must also misbehave.

#include <chrono>
#include <optional>
#include <string>

namespace seen::test {

class Socket {
  public:
    /// Connects to HOST:PORT on this machine; throws when nobody listens.
    explicit Socket(const std::string& address);
    ~Socket();
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    /// False when the other side no longer takes it.
    // NOLINTNEXTLINE(modernize-use-nodiscard): most tests do not mind
    bool send(const std::string& bytes) const;
    /// What comes next, empty at the end; nothing when the time is over.
    [[nodiscard]] std::optional<std::string> receive(std::chrono::milliseconds within) const;
    /// How much the kernel takes before it waits for us: small for a slow reader.
    void take_little() const;

  private:
    int handle_;
};

}  // namespace seen::test
