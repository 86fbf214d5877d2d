#include "http/channel.hpp"

// clang-format off
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
// clang-format on

#include <tuple>

namespace seen::server {

asio::awaitable<bool> Channel::shake_hands(const TlsContext& context) {
    boost::system::error_code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    std::ignore = socket_.native_non_blocking(true, code);
    if (code) co_return false;
    tls_ = std::make_unique<TlsSession>(context, socket_.native_handle());
    while (socket_.is_open()) {
        const TlsStep step = tls_->shake_hands();
        if (step.passage == Passage::Done) co_return true;
        if (step.passage != Passage::WaitsToRead && step.passage != Passage::WaitsToWrite) break;
        auto waiting = socket_.async_wait(
            step.passage == Passage::WaitsToRead ? Tcp::socket::wait_read : Tcp::socket::wait_write,
            token);
        co_await std::move(waiting);
        if (code) break;
    }
    co_return false;
}

}  // namespace seen::server
