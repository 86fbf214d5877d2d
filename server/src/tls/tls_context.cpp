#include "tls/tls_context.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <tuple>

namespace seen::server {

namespace {

struct FreeKey {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;

struct FreeBio {
    void operator()(BIO* bio) const { BIO_free(bio); }
};

/// OpenSSL would ask at the terminal otherwise.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*writing*/, void* /*unused*/) {
    return -1;
}

Key key_in(const std::string& file) {
    const std::unique_ptr<BIO, FreeBio> bio(BIO_new_file(file.c_str(), "r"));
    if (!bio) return nullptr;
    return Key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_passphrase, nullptr));
}

bool set_rules(SSL_CTX* context) {
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE |
                                     SSL_OP_PRIORITIZE_CHACHA);
    // An idle follower then holds no buffers; a write that waits may come back from another place.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
    return SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION) == 1 &&
           SSL_CTX_set_cipher_list(context, "ECDHE+AESGCM:ECDHE+CHACHA20") == 1;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

std::expected<TlsContext, std::string> TlsContext::open(const CertificateFiles& files) {
    TlsContext opened;
    opened.context_.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX* context = opened.context_.get();
    const Key key = key_in(files.key);
    const bool certified = context != nullptr && SSL_CTX_use_certificate_chain_file(
                                                     context, files.certificate.c_str()) == 1;
    const bool fits = certified && key && SSL_CTX_use_PrivateKey(context, key.get()) == 1 &&
                      SSL_CTX_check_private_key(context) == 1;
    ERR_clear_error();
    if (context == nullptr || !set_rules(context))
        return std::unexpected("the library for https does not start");
    if (!certified) return std::unexpected("cannot read a certificate from " + files.certificate);
    if (!key) return std::unexpected("cannot read a key without passphrase from " + files.key);
    if (!fits)
        return std::unexpected("the key in " + files.key + " does not fit the certificate in " +
                               files.certificate);
    return opened;
}

}  // namespace seen::server
