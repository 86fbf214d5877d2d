#pragma once

/// The bytes of one connection, plain or encrypted: a stream as Asio and Beast know them, so that
/// what is written for the one serves the other. A plain channel costs one pointer more than its
/// socket.
///
/// One read and one write may be under way at a time. Cancelling or closing the socket ends both.

#include "http/network.hpp"
#include "tls/tls_session.hpp"

// clang-format off
#include <boost/asio/compose.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
// clang-format on

#include <array>
#include <optional>

namespace seen::server {

class Channel {
  public:
    // By the names that Asio and Beast look for. NOLINTBEGIN(readability-identifier-naming)
    using executor_type = Tcp::socket::executor_type;
    using next_layer_type = Tcp::socket;
    using lowest_layer_type = Tcp::socket;
    // NOLINTEND(readability-identifier-naming)

    explicit Channel(Tcp::socket socket) : socket_(std::move(socket)) {}

    [[nodiscard]] executor_type get_executor() { return socket_.get_executor(); }
    [[nodiscard]] Tcp::socket& next_layer() { return socket_; }
    [[nodiscard]] const Tcp::socket& next_layer() const { return socket_; }
    [[nodiscard]] Tcp::socket& lowest_layer() { return socket_; }
    [[nodiscard]] const Tcp::socket& lowest_layer() const { return socket_; }

    /// From here on everything is encrypted; false when the peer could not agree.
    [[nodiscard]] asio::awaitable<bool> shake_hands(const TlsContext& context);
    [[nodiscard]] bool encrypted() const { return tls_ != nullptr; }
    /// Tells the peer that no more comes.
    void say_goodbye() {
        if (tls_ && socket_.is_open()) tls_->say_goodbye();
    }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token);
    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token);

  private:
    template <class Buffers, bool reads>
    struct Passing;

    Tcp::socket socket_;
    std::unique_ptr<TlsSession> tls_;
};

/// One read or write over the encrypted channel, asked again whenever the socket has become ready.
template <class Buffers, bool reads>
struct Channel::Passing {
    using Code = boost::system::error_code;

    Channel& channel;
    Buffers buffers;
    bool begun = false;
    std::optional<TlsStep> done;

    template <class Self>
    void operator()(Self& self, Code code = {}, std::size_t /*unused*/ = 0) {
        if (done) return self.complete(code_of(*done), done->bytes);
        // A socket that was closed in between may have given its number to another.
        if (!code && !channel.socket_.is_open()) code = asio::error::operation_aborted;
        if (code) return self.complete(code, 0);
        const TlsStep step = take_step();
        if (step.passage == Passage::WaitsToRead || step.passage == Passage::WaitsToWrite) {
            begun = true;
            const auto what = step.passage == Passage::WaitsToRead ? Tcp::socket::wait_read
                                                                   : Tcp::socket::wait_write;
            return channel.socket_.async_wait(what, std::move(self));
        }
        if (begun) return self.complete(code_of(step), step.bytes);
        // Nothing may complete inside the call that began it.
        done = step;
        begun = true;
        const auto executor = channel.get_executor();
        asio::post(executor, std::move(self));
    }

  private:
    static Code code_of(const TlsStep& step) {
        if (step.passage == Passage::Done) return {};
        if (step.passage == Passage::Ended) return asio::error::eof;
        return asio::error::connection_reset;
    }

    TlsStep take_step() {
        if constexpr (reads) {
            for (auto it = asio::buffer_sequence_begin(buffers);
                 it != asio::buffer_sequence_end(buffers); ++it) {
                const asio::mutable_buffer one = *it;
                if (one.size() == 0) continue;
                return channel.tls_->read({static_cast<unsigned char*>(one.data()), one.size()});
            }
            return {Passage::Done};
        } else {
            // Head and body of a frame go out together: one record, one packet.
            std::array<unsigned char, 16UL * 1024> together;
            const auto size = asio::buffer_copy(asio::buffer(together), buffers);
            if (size == 0) return {Passage::Done};
            return channel.tls_->write({together.data(), size});
        }
    }
};

template <class Buffers, class Token>
auto Channel::async_read_some(const Buffers& buffers, Token&& token) {
    if (!tls_) return socket_.async_read_some(buffers, std::forward<Token>(token));
    return asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Passing<Buffers, true>{*this, buffers, false, std::nullopt}, token, socket_);
}

template <class Buffers, class Token>
auto Channel::async_write_some(const Buffers& buffers, Token&& token) {
    if (!tls_) return socket_.async_write_some(buffers, std::forward<Token>(token));
    return asio::async_compose<Token, void(boost::system::error_code, std::size_t)>(
        Passing<Buffers, false>{*this, buffers, false, std::nullopt}, token, socket_);
}

}  // namespace seen::server
