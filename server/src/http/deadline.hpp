#pragma once

/// A time after which whatever the socket is doing is cancelled; the operation then ends with an
/// error and passed() is true. Setting it again moves it. Must not outlive the socket; lives on the
/// network thread.

#include "http/network.hpp"

#include <chrono>
#include <memory>
#include <tuple>

namespace seen::server {

class Deadline {
  public:
    explicit Deadline(Tcp::socket& socket)
        : state_(std::make_shared<State>(socket, asio::steady_timer(socket.get_executor()))) {}
    ~Deadline() {
        state_->over = true;
        state_->timer.cancel();
    }
    Deadline(const Deadline&) = delete;
    Deadline& operator=(const Deadline&) = delete;

    void set(std::chrono::steady_clock::duration from_now) {
        state_->passed = false;
        state_->timer.expires_after(from_now);
        state_->timer.async_wait([state = state_](const boost::system::error_code& cancelled) {
            if (cancelled || state->over ||
                state->timer.expiry() > std::chrono::steady_clock::now())
                return;
            state->passed = true;
            boost::system::error_code ignored;
            std::ignore = state->socket.cancel(ignored);
        });
    }
    void clear() { state_->timer.cancel(); }
    [[nodiscard]] bool passed() const { return state_->passed; }

  private:
    struct State {
        State(Tcp::socket& of, asio::steady_timer with) : socket(of), timer(std::move(with)) {}
        Tcp::socket& socket;
        asio::steady_timer timer;
        bool passed = false;
        bool over = false;
    };
    std::shared_ptr<State> state_;
};

}  // namespace seen::server
