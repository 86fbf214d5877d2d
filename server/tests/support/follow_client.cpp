#include "support/follow_client.hpp"

#include <stdexcept>

namespace seen::test {

FollowClient::FollowClient(const std::string& address) : socket_(address) {
    socket_.send(request_text(address, "GET", "/v1/follow", "",
                              {{"Upgrade", "websocket"},
                               {"Connection", "Upgrade"},
                               {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="},
                               {"Sec-WebSocket-Version", "13"}}));
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
        const auto more = socket_.receive(std::chrono::seconds(5));
        if (!more || more->empty())
            throw std::runtime_error("the server did not answer the handshake");
        buffer_ += *more;
    }
    if (!buffer_.starts_with("HTTP/1.1 101"))
        throw std::runtime_error("the server refused to upgrade");
    buffer_.erase(0, buffer_.find("\r\n\r\n") + 4);
}

FollowClient::FollowClient(const std::string& address, const std::string& token,
                           const std::map<std::string, std::uint64_t>& after)
    : FollowClient(address) {
    say({{"token", token}});
    if (!after.empty()) say({{"follow", after}});
}

void FollowClient::say_text(const std::string& text) const {
    // Masked, as a client must; the mask of zeros leaves the bytes as they are.
    std::string frame = "\x81";
    if (text.size() < 126) {
        frame += static_cast<char>(0x80U | text.size());
    } else {
        frame += static_cast<char>(0xFE);
        frame += static_cast<char>(text.size() >> 8U & 0xFFU);
        frame += static_cast<char>(text.size() & 0xFFU);
    }
    frame += std::string(4, '\0');
    socket_.send(frame + text);
}

std::optional<std::string> FollowClient::next_frame() {
    const auto byte = [this](std::size_t at) { return static_cast<unsigned char>(buffer_.at(at)); };
    if (buffer_.size() < 2) return std::nullopt;
    std::size_t length = byte(1) & 0x7FU;
    std::size_t head = 2;
    if (length >= 126) {
        const std::size_t digits = length == 126 ? 2 : 8;
        head += digits;
        if (buffer_.size() < head) return std::nullopt;
        length = 0;
        for (std::size_t i = 0; i < digits; ++i) length = length << 8U | byte(2 + i);
    }
    if (buffer_.size() < head + length) return std::nullopt;
    if ((byte(0) & 0x0FU) == 8) closed_ = true;
    std::string frame = buffer_.substr(head, length);
    buffer_.erase(0, head + length);
    return frame;
}

nlohmann::json FollowClient::hear(std::chrono::milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    while (!closed_) {
        if (auto frame = next_frame()) {
            if (closed_) return nullptr;
            return nlohmann::json::parse(*frame);
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        if (left.count() <= 0) return nullptr;
        const auto more = socket_.receive(left);
        if (!more) return nullptr;
        if (more->empty()) closed_ = true;
        buffer_ += *more;
        all_ += *more;
    }
    return nullptr;
}

nlohmann::json FollowClient::hear_with(const std::string& field, std::chrono::milliseconds within) {
    const auto until = std::chrono::steady_clock::now() + within;
    for (;;) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        if (left.count() <= 0) return nullptr;
        auto frame = hear(left);
        if (frame.is_null() || frame.contains(field)) return frame;
    }
}

}  // namespace seen::test
