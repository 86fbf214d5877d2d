#pragma once

/// One encrypted conversation over a socket that does not block. It never waits: a step that cannot
/// go on says what it waits for, and is asked again, with the same bytes, once the socket is ready.
///
/// The socket is the caller's and must be open during every step.

#include "tls/tls_context.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

struct ssl_st;  // NOLINT(readability-identifier-naming): OpenSSL's name

namespace seen::server {

enum class Passage : std::uint8_t {
    Done,
    WaitsToRead,
    WaitsToWrite,
    Ended,  ///< The peer has said goodbye.
    Broken
};

struct TlsStep {
    Passage passage = Passage::Broken;
    std::size_t bytes = 0;  ///< Passed on, when done.
};

class TlsSession {
  public:
    TlsSession(const TlsContext& context, int socket);

    [[nodiscard]] TlsStep shake_hands();
    [[nodiscard]] TlsStep read(std::span<unsigned char> into);
    /// May take less than it is given.
    [[nodiscard]] TlsStep write(std::span<const unsigned char> bytes);
    /// Tells the peer that no more comes; nothing is waited for.
    void say_goodbye();

  private:
    [[nodiscard]] TlsStep after(int result, std::size_t bytes);

    struct Free {
        void operator()(ssl_st* session) const;
    };
    std::unique_ptr<ssl_st, Free> session_;
    bool broken_ = false;
};

}  // namespace seen::server
