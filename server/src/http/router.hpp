#pragma once

/// Which endpoint a request goes to. A pattern is a path in which `{}` stands for one piece:
/// "/v1/spaces/{}/records". Worked: a path that no pattern has → NotFound; one that a pattern has
/// under another method → BadMethod with what is allowed. A foreign thing and none at all are told
/// apart nowhere.

#include "http/message.hpp"

namespace seen::server {

/// What a caller must have shown.
enum class Needs : std::uint8_t {
    Nothing,
    AnyToken,
    DeviceToken,
    DeviceTokenIfAny,     ///< None at all will do; a bad one will not.
    DeviceTokenOrTicket,  ///< Or the ticket of a new device.
};

struct Route {
    std::string_view method;
    std::string_view pattern;
    Needs needs = Needs::Nothing;
    Endpoint endpoint;
};

struct Match {
    const Route* route = nullptr;
    std::vector<std::string> parts;
    std::string allow;  ///< Where the path is known and the method is not: those that are.
};

class Router {
  public:
    void add(Route route) { routes_.push_back(std::move(route)); }
    [[nodiscard]] Match match(std::string_view method, std::string_view path) const;

  private:
    std::vector<Route> routes_;
};

}  // namespace seen::server
