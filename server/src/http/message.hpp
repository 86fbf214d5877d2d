#pragma once

/// One request and one answer as the endpoints see them: no sockets, no library.

#include "seen/server/refusal.hpp"
#include "session/sessions.hpp"

#include <nlohmann/json_fwd.hpp>

#include <functional>
#include <vector>

namespace seen::server {

struct Request {
    std::string method;
    std::string path;   ///< Without the query, as it came: nothing is decoded.
    std::string query;  ///< After the "?", or empty.
    std::string host;
    std::string authorization;
    std::string if_none_match;
    std::string address;     ///< Whom the limits count (http/peer.hpp).
    bool encrypted = false;  ///< It came by https to this server itself.
    bool takes_gzip = false;
    std::string body;

    std::vector<std::string> parts;  ///< What the route's `{}` stand for.
    std::optional<Session> session;  ///< Present where the route needs one.
    std::optional<Hash> ticket;      ///< Of a new device, where the route takes one.

    [[nodiscard]] const AccountId& account() const { return session->account; }
};

struct Response {
    unsigned status = 200;
    std::string type = "application/json";
    std::string body;
    /// Used instead of `body` when set; lives as long as the process.
    std::span<const unsigned char> lasting_body;
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Called exactly once, on the network thread.
using Answer = std::function<void(Response)>;
using Endpoint = std::function<void(const Request&, Answer)>;

[[nodiscard]] Response json_response(unsigned status, const nlohmann::json& json);
[[nodiscard]] Response refused(Refusal why);
[[nodiscard]] Response slow_down(Moment seconds);

/// The unsigned decimal number of `name` in a query, `otherwise` when it is not there.
[[nodiscard]] Result<std::uint64_t> number_in(const std::string& query, std::string_view name,
                                              std::uint64_t otherwise);

}  // namespace seen::server
