#include "limits/rate.hpp"

#include <algorithm>

namespace seen::server {

namespace {
constexpr std::size_t most_keys = 100'000;
}

bool Rate::running(const Window& window, Moment now) const {
    return now >= window.begins && now < window.begins + window_ms_;
}

std::optional<Moment> Rate::wait(const std::string& key, Moment now) const {
    const auto found = windows_.find(key);
    if (found == windows_.end() || !running(found->second, now) || found->second.used < most_)
        return std::nullopt;
    return std::max<Moment>(1, (found->second.begins + window_ms_ - now + 999) / 1000);
}

void Rate::count(const std::string& key, Moment now) {
    if (windows_.size() >= most_keys && !windows_.contains(key)) make_room(now);
    Window& window = windows_[key];
    if (!running(window, now)) window = {now, 0};
    ++window.used;
}

void Rate::give_back(const std::string& key) {
    const auto found = windows_.find(key);
    if (found != windows_.end() && found->second.used > 0) --found->second.used;
}

std::optional<Moment> Rate::take(const std::string& key, Moment now) {
    const auto seconds = wait(key, now);
    if (!seconds) count(key, now);
    return seconds;
}

void Rate::make_room(Moment now) {
    // Looking at all of them is worth it only once a window: a flood must not make each request
    // look at all.
    if (swept_ < 0 || now < swept_ || now >= swept_ + window_ms_) {
        std::erase_if(windows_, [&](const auto& entry) { return !running(entry.second, now); });
        swept_ = now;
    }
    if (windows_.size() >= most_keys) windows_.erase(windows_.begin());
}

}  // namespace seen::server
