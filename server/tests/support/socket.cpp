#include "support/socket.hpp"

#include <arpa/inet.h>
#include <array>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace seen::test {

namespace {

std::map<std::string, std::string>& authorities() {
    static std::map<std::string, std::string> of;
    return of;
}

}  // namespace

void encrypt_to(const std::string& address, const std::string& authority) {
    authorities()[address] = authority;
}

void Socket::Free::operator()(ssl_st* tls) const {
    SSL_free(tls);
}

Socket::Socket(const std::string& address) : Socket(address, Plain::Always) {
    const auto known = authorities().find(address);
    if (known != authorities().end()) encrypt(address.substr(0, address.rfind(':')), known->second);
}

Socket::Socket(const std::string& address, const std::string& authority)
    : Socket(address, Plain::Always) {
    encrypt(address.substr(0, address.rfind(':')), authority);
}

void Socket::encrypt(const std::string& host, const std::string& authority) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context(
        SSL_CTX_new(TLS_client_method()), &SSL_CTX_free);
    if (SSL_CTX_load_verify_locations(context.get(), authority.c_str(), nullptr) != 1)
        throw std::runtime_error("no authority in " + authority);
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_clear_mode(context.get(), SSL_MODE_AUTO_RETRY);
    tls_.reset(SSL_new(context.get()));
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(tls_.get()), host.c_str());
    SSL_set_fd(tls_.get(), handle_);
    if (SSL_connect(tls_.get()) == 1) return;
    const long why = SSL_get_verify_result(tls_.get());
    ERR_clear_error();
    throw std::runtime_error(std::string("not encrypted: ") + X509_verify_cert_error_string(why));
}

Socket::Socket(const std::string& address, Plain /*plain*/)
    : handle_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const auto colon = address.rfind(':');
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(colon + 1))));
    inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
    const int one = 1;
    ::setsockopt(handle_, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    const auto* generic = reinterpret_cast<const sockaddr*>(&to);
    if (::connect(handle_, generic, sizeof to) != 0) {
        ::close(handle_);
        throw std::runtime_error("nobody listens at " + address);
    }
}

Socket::~Socket() {
    ::close(handle_);
}

bool Socket::send(const std::string& bytes) const {
    if (tls_) {
        std::size_t written = 0;
        return SSL_write_ex(tls_.get(), bytes.data(), bytes.size(), &written) == 1;
    }
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(handle_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

std::optional<std::string> Socket::receive_encrypted(std::chrono::milliseconds within) const {
    const auto until = std::chrono::steady_clock::now() + within;
    std::array<char, 65536> buffer{};
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        pollfd waiting{handle_, POLLIN, 0};
        const bool ready =
            SSL_pending(tls_.get()) > 0 ||
            ::poll(&waiting, 1, static_cast<int>(std::max<long>(left.count(), 0))) > 0;
        if (!ready) return std::nullopt;
        std::size_t count = 0;
        const int result = SSL_read_ex(tls_.get(), buffer.data(), buffer.size(), &count);
        if (result == 1) return std::string(buffer.data(), count);
        // A record that carried nothing for us, a session ticket for instance.
        if (SSL_get_error(tls_.get(), result) == SSL_ERROR_WANT_READ) continue;
        ERR_clear_error();
        return std::string();
    }
}

std::optional<std::string> Socket::receive(std::chrono::milliseconds within) const {
    if (tls_) return receive_encrypted(within);
    pollfd waiting{handle_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(within.count())) <= 0) return std::nullopt;
    std::array<char, 65536> buffer{};
    const auto count = ::recv(handle_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return std::string();
    return std::string(buffer.data(), static_cast<std::size_t>(count));
}

void Socket::take_little() const {
    const int bytes = 4096;
    ::setsockopt(handle_, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
}

}  // namespace seen::test
