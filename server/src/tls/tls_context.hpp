#pragma once

/// The server's own certificate and key, as every encrypted connection needs them: TLS 1.2 and 1.3,
/// no older one. Opened once at the start; must outlive its sessions.
///
/// Worked: a key that belongs to another certificate is an error that names both files; so is a
/// file that cannot be read, and a key that wants a passphrase, for nobody is asked for one.

#include <expected>
#include <memory>
#include <string>

struct ssl_ctx_st;  // NOLINT(readability-identifier-naming): OpenSSL's name

namespace seen::server {

/// Two PEM files; they may be one and the same. The certificate comes first in its file, then those
/// that lead to its root.
struct CertificateFiles {
    std::string certificate;
    std::string key;
};

class TlsContext {
  public:
    /// The error is one plain line.
    [[nodiscard]] static std::expected<TlsContext, std::string> open(const CertificateFiles& files);
    [[nodiscard]] ssl_ctx_st* raw() const { return context_.get(); }

  private:
    struct Free {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, Free> context_;
};

}  // namespace seen::server
