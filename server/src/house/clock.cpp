#include "seen/server/clock.hpp"

#include <algorithm>
#include <chrono>

namespace seen::server {

Moment SystemClock::now() const {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(since).count();
}

Moment DemoClock::now() const {
    return SystemClock{}.now() + offset_ms_.load();
}

void DemoClock::move_to(std::int64_t offset_ms) {
    constexpr std::int64_t ten_years = 3'650LL * 24 * 60 * 60 * 1000;
    offset_ms_ = std::clamp(offset_ms, -ten_years, ten_years);
}

}  // namespace seen::server
