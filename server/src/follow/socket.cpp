#include "follow/socket.hpp"

#include "seen/server/limits.hpp"

// clang-format off
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket.hpp>
// clang-format on

#include <deque>
#include <tuple>

namespace seen::server {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using Code = boost::system::error_code;

// Beast finds these two by their argument, so they cannot stand in the unnamed namespace.
inline void teardown(beast::role_type role, Channel& channel, Code& code) {
    channel.say_goodbye();
    websocket::teardown(role, channel.next_layer(), code);
}

template <class Handler>
void async_teardown(beast::role_type role, Channel& channel, Handler&& handler) {
    channel.say_goodbye();
    websocket::async_teardown(role, channel.next_layer(), std::forward<Handler>(handler));
}

namespace {

using Clock = std::chrono::steady_clock;

/// Kept alive by its two coroutines: one reads, one writes. When either ends, the socket is closed
/// and so ends the other.
class FollowSocket final : public Line,
                           public Guest,
                           public std::enable_shared_from_this<FollowSocket> {
  public:
    FollowSocket(Channel channel, std::string handshake, FollowContext context, Presence& presence)
        : stream_(std::move(channel)),
          handshake_(std::move(handshake)),
          wake_(stream_.get_executor()),
          guard_(stream_.get_executor()),
          follower_(std::make_shared<Follower>(context, *this)),
          presence_(presence) {
        presence_.enter(this);
    }
    ~FollowSocket() override {
        follower_->left();
        presence_.leave(this);
    }
    FollowSocket(const FollowSocket&) = delete;
    FollowSocket& operator=(const FollowSocket&) = delete;

    void send(const std::string& frame) override;
    void finish(const std::string& frame) override;
    [[nodiscard]] std::size_t queued() const override { return queued_; }
    void asked_to_leave() override {
        finishing_ = true;
        wake_.cancel();
    }

    asio::awaitable<void> hear();
    asio::awaitable<void> speak();

  private:
    asio::awaitable<bool> shake_hands();
    asio::awaitable<bool> write_first();
    void close_within(Clock::duration time);
    void close();

    websocket::stream<Channel> stream_;
    std::string handshake_;
    asio::steady_timer wake_;   ///< Wakes the writer: something to send, or time for a beat.
    asio::steady_timer guard_;  ///< Closes the socket when a read or write takes too long.
    std::shared_ptr<Follower> follower_;
    Presence& presence_;
    std::deque<std::string> frames_;
    std::size_t queued_ = 0;
    bool admitted_ = false;
    bool finishing_ = false;
    bool closed_ = false;
};

void FollowSocket::send(const std::string& frame) {
    if (finishing_ || closed_) return;
    if (queued_ + frame.size() > limits::queued_bytes && !frames_.empty()) return close();
    queued_ += frame.size();
    frames_.push_back(frame);
    wake_.cancel();
}

void FollowSocket::finish(const std::string& frame) {
    send(frame);
    finishing_ = true;
    wake_.cancel();
}

void FollowSocket::close() {
    if (std::exchange(closed_, true)) return;
    Code ignored;
    std::ignore = stream_.next_layer().next_layer().close(ignored);
    wake_.cancel();
    guard_.cancel();
}

void FollowSocket::close_within(Clock::duration time) {
    guard_.expires_after(time);
    guard_.async_wait([weak = weak_from_this()](const Code& cancelled) {
        const auto self = weak.lock();
        if (cancelled || !self || self->guard_.expiry() > Clock::now()) return;
        // The peer takes nothing: what waits in the kernel for it is dropped as well.
        Code ignored;
        const asio::socket_base::linger at_once(true, 0);
        std::ignore = self->stream_.next_layer().next_layer().set_option(at_once, ignored);
        self->close();
    });
}

asio::awaitable<bool> FollowSocket::shake_hands() {
    stream_.read_message_max(limits::frame_bytes);
    stream_.auto_fragment(false);
    close_within(limits::first_frame);
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    auto accepting = stream_.async_accept(asio::buffer(handshake_), token);
    co_await std::move(accepting);
    handshake_ = {};
    co_return !code;
}

asio::awaitable<void> FollowSocket::hear() {
    const auto self = shared_from_this();
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    while (!closed_) {
        // A buffer of its own for each frame: an idle follower then holds none.
        beast::flat_buffer buffer(limits::frame_bytes);
        auto reading = stream_.async_read(buffer, token);
        co_await std::move(reading);
        if (code || closed_ || finishing_) break;
        follower_->heard(beast::buffers_to_string(buffer.data()));
        // Only once: later the guard watches over writing.
        if (!admitted_ && follower_->admitted()) {
            admitted_ = true;
            guard_.cancel();
        }
    }
    if (!finishing_) close();
}

asio::awaitable<bool> FollowSocket::write_first() {
    // The frame stays in the queue while it is on its way, so that it counts as waiting.
    close_within(limits::answer_is_taken);
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    auto writing = stream_.async_write(asio::buffer(frames_.front()), token);
    co_await std::move(writing);
    guard_.cancel();
    if (frames_.empty()) co_return false;
    queued_ -= frames_.front().size();
    frames_.pop_front();
    co_return !code && !closed_;
}

asio::awaitable<void> FollowSocket::speak() {
    const auto self = shared_from_this();
    auto shaking = shake_hands();
    const bool shaken = co_await std::move(shaking);
    if (!shaken) co_return close();
    asio::co_spawn(
        stream_.get_executor(), [self] { return self->hear(); }, [](const std::exception_ptr&) {});
    auto next_beat = Clock::now() + limits::beat;
    Code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    while (!closed_) {
        if (!frames_.empty()) {
            auto writing = write_first();
            const bool written = co_await std::move(writing);
            if (!written) break;
            follower_->drained();
            continue;
        }
        if (finishing_) break;
        if (Clock::now() >= next_beat) {
            next_beat = Clock::now() + limits::beat;
            follower_->beat();
            continue;
        }
        wake_.expires_at(next_beat);
        auto waiting = wake_.async_wait(token);
        co_await std::move(waiting);
    }
    if (finishing_ && !closed_) {
        close_within(std::chrono::seconds(2));
        auto closing = stream_.async_close(websocket::close_code::normal, token);
        co_await std::move(closing);
    }
    close();
}

}  // namespace

void start_following(Channel channel, std::string handshake, FollowContext context,
                     Presence& presence) {
    const auto executor = channel.get_executor();
    const auto line =
        std::make_shared<FollowSocket>(std::move(channel), std::move(handshake), context, presence);
    asio::co_spawn(executor, [line] { return line->speak(); }, [](const std::exception_ptr&) {});
}

}  // namespace seen::server
