#include "support/socket.hpp"

#include <arpa/inet.h>
#include <array>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace seen::test {

Socket::Socket(const std::string& address)
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
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const auto count = ::send(handle_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count <= 0) return false;
        sent += static_cast<std::size_t>(count);
    }
    return true;
}

std::optional<std::string> Socket::receive(std::chrono::milliseconds within) const {
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
