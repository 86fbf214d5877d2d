#pragma once

/// Why the server says no. One table gives each refusal its status, its code and its plain line
/// (spec/protocol.md).
///
/// Worked values: NotFound is 404 `not_found`; Different is 409 `different`; NotKept is 503
/// `not_kept` and means that nothing at all was stored. A refusal carries nothing of the request,
/// so two refusals of one kind are byte-identical.

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace seen::server {

enum class Refusal : std::uint8_t {
    BadRequest,
    Unauthorized,
    NotFound,
    BadMethod,
    Timeout,
    StaleEpoch,
    Different,
    Used,
    StaleHead,
    OutOfTurn,
    Expired,
    Ended,
    TooLarge,
    WrongSize,
    SlowDown,
    NotKept,
    Quota,
};

template <class T>
using Result = std::expected<T, Refusal>;

[[nodiscard]] inline std::unexpected<Refusal> refuse(Refusal why) {
    return std::unexpected<Refusal>(why);
}

[[nodiscard]] unsigned status_of(Refusal why);
[[nodiscard]] std::string_view code_of(Refusal why);
/// `{"error":…,"message":…}` in one line.
[[nodiscard]] std::string body_of(Refusal why);

}  // namespace seen::server
