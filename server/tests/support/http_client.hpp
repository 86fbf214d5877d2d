#pragma once

/// The smallest HTTP client that can tell two answers apart byte by byte.

#include "support/socket.hpp"

#include <nlohmann/json.hpp>

#include <map>

namespace seen::test {

struct Reply {
    int status = 0;                              ///< 0: the connection ended without an answer.
    std::map<std::string, std::string> headers;  ///< Names in lower case.
    std::string body;
    std::string bytes;  ///< All of it, as it came.

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(body); }
    [[nodiscard]] std::string error() const {
        const auto json = nlohmann::json::parse(body, nullptr, false);
        return json.is_object() ? json.value("error", "") : "";
    }
};

using Headers = std::map<std::string, std::string>;

/// One request on a connection of its own.
[[nodiscard]] Reply ask(const std::string& address, const std::string& method,
                        const std::string& path, const std::string& body = {},
                        const Headers& headers = {});
/// Sends exactly these bytes and reads one answer.
[[nodiscard]] Reply ask_raw(const std::string& address, const std::string& bytes,
                            std::chrono::milliseconds within = std::chrono::seconds(10));
/// Reads one answer. `head_only` is for HEAD, where no body follows.
[[nodiscard]] Reply read_reply(const Socket& socket, std::chrono::milliseconds within,
                               bool head_only = false);
[[nodiscard]] std::string request_text(const std::string& address, const std::string& method,
                                       const std::string& path, const std::string& body,
                                       const Headers& headers);

}  // namespace seen::test
