#include "seen/server/refusal.hpp"

#include <array>

namespace seen::server {

namespace {

struct Row {
    Refusal why;
    unsigned status;
    std::string_view code;
    std::string_view message;
};

constexpr std::array rows{
    Row{Refusal::BadRequest, 400, "bad_request", "The request is not of the right shape."},
    Row{Refusal::Unauthorized, 401, "unauthorized", "Please sign in again."},
    Row{Refusal::NotFound, 404, "not_found", "There is no such thing here."},
    Row{Refusal::BadMethod, 405, "bad_method", "This cannot be asked in this way."},
    Row{Refusal::Timeout, 408, "timeout", "The request did not arrive in time."},
    Row{Refusal::StaleEpoch, 409, "stale_epoch", "A newer key is in use."},
    Row{Refusal::Different, 409, "different", "This is already here with other content."},
    Row{Refusal::Used, 409, "used", "Somebody else has taken this invitation."},
    Row{Refusal::StaleHead, 409, "stale_head", "The device list has moved on."},
    Row{Refusal::OutOfTurn, 409, "out_of_turn", "This step is not due."},
    Row{Refusal::Expired, 410, "expired", "The time for this has passed."},
    Row{Refusal::Ended, 410, "ended", "Somebody has ended this."},
    Row{Refusal::TooLarge, 413, "too_large", "This is larger than the server takes."},
    Row{Refusal::WrongSize, 422, "wrong_size",
        "A sealed record must have one of the agreed sizes."},
    Row{Refusal::SlowDown, 429, "slow_down", "A little slower, please."},
    Row{Refusal::NotKept, 503, "not_kept", "This could not be kept just now. Nothing was stored."},
    Row{Refusal::Quota, 507, "quota", "This space is full."},
};

constexpr bool rows_stand_in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (rows[i].why != static_cast<Refusal>(i)) return false;
    return true;
}
static_assert(rows_stand_in_order());

const Row& row(Refusal why) {
    return rows[static_cast<std::size_t>(why)];
}

}  // namespace

unsigned status_of(Refusal why) {
    return row(why).status;
}

std::string_view code_of(Refusal why) {
    return row(why).code;
}

std::string body_of(Refusal why) {
    std::string body = R"({"error":")";
    body.append(row(why).code).append(R"(","message":")").append(row(why).message).append("\"}");
    return body;
}

}  // namespace seen::server
