#pragma once

/// So many of something for each key (an account or an address) in a window of time, which begins
/// with the first one. Worked: Rate(2, 60'000): at 0 s and 10 s taken, at 20 s refused with 40 s to
/// wait, at 60 s taken again. Memory is bounded: past 100,000 keys those whose window is over go,
/// and if there are none, any one.

#include "seen/server/bytes.hpp"

#include <unordered_map>

namespace seen::server {

class Rate {
  public:
    Rate(std::size_t most, Moment window_ms) : most_(most), window_ms_(window_ms) {}

    /// Seconds to wait, at least 1, when the key has used up its window.
    [[nodiscard]] std::optional<Moment> wait(const std::string& key, Moment now) const;
    void count(const std::string& key, Moment now);
    /// Takes one back, so that what was counted beforehand and went well costs nothing.
    void give_back(const std::string& key);
    /// Counts unless the window is used up; then says how long to wait.
    [[nodiscard]] std::optional<Moment> take(const std::string& key, Moment now);

  private:
    struct Window {
        Moment begins = 0;
        std::size_t used = 0;
    };
    [[nodiscard]] bool running(const Window& window, Moment now) const;
    void make_room(Moment now);

    std::size_t most_;
    Moment window_ms_;
    Moment swept_ = -1;  ///< When windows that are over were last taken out; -1: never.
    std::unordered_map<std::string, Window> windows_;
};

[[nodiscard]] inline std::string rate_key(const AccountId& account) {
    return {account.bytes.begin(), account.bytes.end()};
}

}  // namespace seen::server
