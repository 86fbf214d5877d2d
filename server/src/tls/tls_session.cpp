#include "tls/tls_session.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <tuple>

namespace seen::server {

void TlsSession::Free::operator()(ssl_st* session) const {
    SSL_free(session);
}

TlsSession::TlsSession(const TlsContext& context, int socket) : session_(SSL_new(context.raw())) {
    broken_ = session_ == nullptr || SSL_set_fd(session_.get(), socket) != 1;
    if (!broken_) SSL_set_accept_state(session_.get());
}

TlsStep TlsSession::after(int result, std::size_t bytes) {
    if (result > 0) return {Passage::Done, bytes};
    switch (SSL_get_error(session_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return {Passage::WaitsToRead};
        case SSL_ERROR_WANT_WRITE:
            return {Passage::WaitsToWrite};
        case SSL_ERROR_ZERO_RETURN:
            return {Passage::Ended};
        default:
            // After such an error nothing may be said any more, not even goodbye.
            broken_ = true;
            ERR_clear_error();
            return {Passage::Broken};
    }
}

TlsStep TlsSession::shake_hands() {
    if (broken_) return {};
    ERR_clear_error();
    return after(SSL_do_handshake(session_.get()), 0);
}

TlsStep TlsSession::read(std::span<unsigned char> into) {
    if (broken_) return {};
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(session_.get(), into.data(), into.size(), &count);
    return after(result, count);
}

TlsStep TlsSession::write(std::span<const unsigned char> bytes) {
    if (broken_) return {};
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_write_ex(session_.get(), bytes.data(), bytes.size(), &count);
    return after(result, count);
}

void TlsSession::say_goodbye() {
    if (broken_ || SSL_is_init_finished(session_.get()) == 0) return;
    std::ignore = SSL_shutdown(session_.get());
    ERR_clear_error();
}

}  // namespace seen::server
