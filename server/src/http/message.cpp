#include "http/message.hpp"

#include <nlohmann/json.hpp>

#include <charconv>

namespace seen::server {

Response json_response(unsigned status, const nlohmann::json& json) {
    Response response;
    response.status = status;
    response.body = json.dump();
    return response;
}

Response refused(Refusal why) {
    Response response;
    response.status = status_of(why);
    response.body = body_of(why);
    return response;
}

Response slow_down(Moment seconds) {
    Response response = refused(Refusal::SlowDown);
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
    return response;
}

Result<std::uint64_t> number_in(const std::string& query, std::string_view name,
                                std::uint64_t otherwise) {
    std::string_view rest = query;
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        if (!pair.starts_with(name) || pair.substr(name.size(), 1) != "=") continue;
        const std::string digits(pair.substr(name.size() + 1));
        std::uint64_t number = 0;
        const char* end = digits.data() + digits.size();
        const auto [stop, failed] = std::from_chars(digits.data(), end, number);
        if (digits.empty() || stop != end || failed != std::errc{})
            return refuse(Refusal::BadRequest);
        return number;
    }
    return otherwise;
}

}  // namespace seen::server
