#pragma once

/// A WebSocket client of a few lines, independent of the server's library.

#include "support/http_client.hpp"

#include <deque>

namespace seen::test {

class FollowClient {
  public:
    explicit FollowClient(const std::string& address);
    FollowClient(const std::string& address, const std::string& token,
                 const std::map<std::string, std::uint64_t>& after);

    void say(const nlohmann::json& json) const { say_text(json.dump()); }
    void say_text(const std::string& text) const;
    /// The next text frame; null when the time is over or the line was closed.
    [[nodiscard]] nlohmann::json hear(std::chrono::milliseconds within = std::chrono::seconds(5));
    /// The next frame that has this field; others are passed over.
    [[nodiscard]] nlohmann::json hear_with(
        const std::string& field, std::chrono::milliseconds within = std::chrono::seconds(5));
    [[nodiscard]] bool closed() const { return closed_; }
    [[nodiscard]] const Socket& socket() const { return socket_; }
    [[nodiscard]] const std::string& all_bytes() const { return all_; }

  private:
    [[nodiscard]] std::optional<std::string> next_frame();

    Socket socket_;
    std::string buffer_;
    std::string all_;
    bool closed_ = false;
};

}  // namespace seen::test
