#pragma once

/// One certificate and its key, kept together in one PEM file so that they always fit each other.
/// Times are seconds since 1970.

#include <ctime>
#include <expected>
#include <memory>
#include <optional>
#include <string>

struct x509_st;      // NOLINT(readability-identifier-naming): OpenSSL's names
struct evp_pkey_st;  // NOLINT(readability-identifier-naming)

namespace seen::server {

struct FreeOpenSsl {
    void operator()(x509_st* certificate) const;
    void operator()(evp_pkey_st* key) const;
};

struct Certificate {
    std::unique_ptr<x509_st, FreeOpenSsl> certificate;
    std::unique_ptr<evp_pkey_st, FreeOpenSsl> key;

    [[nodiscard]] bool lasts(std::time_t from, std::time_t until) const;
    [[nodiscard]] bool names(const std::string& ip_address) const;
    /// Whether the names of `other` are among those that this one may vouch for.
    [[nodiscard]] bool permits(const Certificate& other) const;
    [[nodiscard]] bool is_signed_by(const Certificate& authority) const;
    [[nodiscard]] std::string der() const;
    [[nodiscard]] std::string pem() const;          ///< Without the key.
    [[nodiscard]] std::string fingerprint() const;  ///< SHA-256 of the DER, "AB:CD:…".
};

/// What a new certificate is to say. Extensions as OpenSSL's configuration writes them.
struct CertificateWish {
    std::string name;
    std::time_t begins = 0;
    std::time_t ends = 0;
    struct Extension {
        int nid;
        std::string value;
    };
    std::initializer_list<Extension> extensions;
};

/// Signed by `authority`, or by itself where that is null. Nothing when the library cannot.
[[nodiscard]] std::optional<Certificate> make_certificate(const CertificateWish& wish,
                                                          const Certificate* authority);

/// Null inside when there is no such file; an error when there is one that cannot be used.
[[nodiscard]] std::expected<Certificate, std::string> read_certificate(const std::string& file);
/// Readable by its owner alone; whoever reads sees the old one or the new one, whole.
[[nodiscard]] std::expected<void, std::string> write_certificate(const Certificate& certificate,
                                                                 const std::string& file);

}  // namespace seen::server
