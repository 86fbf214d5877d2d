#pragma once

/// A blocking TCP socket with a time limit on every read, for tests that must also misbehave; plain
/// or, to addresses that were named as such, under TLS.

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

struct ssl_st;  // OpenSSL's name

namespace seen::test {

/// From now on connections to this address are encrypted and trust this authority only (PEM file).
void encrypt_to(const std::string& address, const std::string& authority);

class Socket {
  public:
    enum class Plain : std::uint8_t { Always };
    /// Connects to HOST:PORT on this machine; throws when nobody listens.
    explicit Socket(const std::string& address);
    /// Plain, whatever was said of the address.
    Socket(const std::string& address, Plain plain);
    /// Encrypted, trusting this authority; throws when the server is not trusted.
    Socket(const std::string& address, const std::string& authority);
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
    void encrypt(const std::string& host, const std::string& authority);
    [[nodiscard]] std::optional<std::string> receive_encrypted(
        std::chrono::milliseconds within) const;

    int handle_;
    struct Free {
        void operator()(ssl_st* tls) const;
    };
    std::unique_ptr<ssl_st, Free> tls_;
};

}  // namespace seen::test
