#include "http/connection.hpp"

#include "http/deadline.hpp"
#include "http/peer.hpp"
#include "seen/server/limits.hpp"

// clang-format off
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
// clang-format on

#include <sstream>
#include <tuple>

namespace seen::server {

namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using Code = boost::system::error_code;
using Parser = http::request_parser<http::string_body>;

/// How a request ended before it was one.
enum class Arrival : std::uint8_t { Whole, Refused, Gone };

std::string text_of(beast::string_view view) {
    return {view.data(), view.size()};
}

bool takes_gzip(beast::string_view encodings) {
    const std::string text = text_of(encodings);
    const auto at = text.find("gzip");
    return at != std::string::npos && text.compare(at + 4, 4, ";q=0") != 0;
}

asio::ip::address peer_of(const Tcp::socket& socket) {
    Code failed;
    return socket.remote_endpoint(failed).address();
}

/// The last line of that name: a proxy adds its own after those that came from outside.
std::string forwarded_for(const http::request<http::string_body>& message) {
    std::string last;
    const auto [begin, end] = message.equal_range("X-Forwarded-For");
    for (auto line = begin; line != end; ++line) last = text_of(line->value());
    return last;
}

Request request_from(http::request<http::string_body>& message, const Door& door,
                     const asio::ip::address& peer) {
    Request request;
    request.method = text_of(message.method_string());
    const std::string target = text_of(message.target());
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.host = text_of(message[http::field::host]);
    request.authorization = text_of(message[http::field::authorization]);
    request.if_none_match = text_of(message[http::field::if_none_match]);
    request.takes_gzip = takes_gzip(message[http::field::accept_encoding]);
    request.address = counted_address(peer, door.behind_proxy, forwarded_for(message));
    request.encrypted = door.tls != nullptr;
    request.body = std::move(message.body());
    return request;
}

http::response<http::span_body<const unsigned char>> message_from(const Response& response,
                                                                  bool keep_alive) {
    http::response<http::span_body<const unsigned char>> message;
    message.result(response.status);
    message.version(11);
    message.set(http::field::content_type, response.type);
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    if (response.lasting_body.data() != nullptr) {
        message.body() = {response.lasting_body.data(), response.lasting_body.size()};
    } else {
        const auto* bytes = reinterpret_cast<const unsigned char*>(response.body.data());
        message.body() = {bytes, response.body.size()};
    }
    message.keep_alive(keep_alive);
    message.prepare_payload();
    return message;
}

/// The answer to one request, waited for without holding the thread.
struct Awaited {
    explicit Awaited(const asio::any_io_executor& executor) : timer(executor) {}
    asio::steady_timer timer;
    std::optional<Response> response;
};

class Connection final : public Guest {
  public:
    Connection(Tcp::socket socket, Door& door)
        : channel_(std::move(socket)),
          door_(door),
          deadline_(channel_.next_layer()),
          peer_(peer_of(channel_.next_layer())) {
        door_.presence->enter(this);
    }
    ~Connection() override { door_.presence->leave(this); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    asio::awaitable<void> run();
    void asked_to_leave() override {
        leaving_ = true;
        Code ignored;
        if (idle_) std::ignore = channel_.next_layer().cancel(ignored);
    }

  private:
    asio::awaitable<bool> shake_hands();
    asio::awaitable<Arrival> read_request();
    asio::awaitable<Arrival> read_head();
    asio::awaitable<bool> answer_request();
    asio::awaitable<bool> send(const Response& response, bool head_only, bool keep_alive);
    asio::awaitable<void> refuse(Refusal why);
    asio::awaitable<void> let_the_last_answer_arrive();
    Arrival ended(const Code& code);

    Channel channel_;
    Door& door_;
    Deadline deadline_;
    const asio::ip::address peer_;
    beast::flat_buffer buffer_{limits::head_bytes + limits::body_bytes};
    std::optional<Parser> parser_;
    Refusal refusal_ = Refusal::BadRequest;
    bool idle_ = false;
    bool leaving_ = false;
};

/// What the end of reading means: silence between requests is no fault, everything else gets a
/// word.
Arrival Connection::ended(const Code& code) {
    const bool nothing_came = !parser_->got_some() && buffer_.size() == 0;
    if (deadline_.passed()) {
        refusal_ = Refusal::Timeout;
        return nothing_came ? Arrival::Gone : Arrival::Refused;
    }
    if (code == http::error::header_limit || code == http::error::body_limit ||
        code == http::error::buffer_overflow) {
        refusal_ = Refusal::TooLarge;
        return Arrival::Refused;
    }
    const bool spoke_badly =
        code.category() == http::make_error_code(http::error::bad_method).category() &&
        code != http::error::end_of_stream && code != http::error::partial_message;
    refusal_ = Refusal::BadRequest;
    return spoke_badly ? Arrival::Refused : Arrival::Gone;
}

/// A peer that opens a connection and says nothing, or half of it, is let go at the deadline.
asio::awaitable<bool> Connection::shake_hands() {
    deadline_.set(limits::hands_are_shaken);
    idle_ = true;
    auto shaking = channel_.shake_hands(*door_.tls);
    const bool agreed = co_await std::move(shaking);
    idle_ = false;
    deadline_.clear();
    co_return agreed && !leaving_;
}

asio::awaitable<Arrival> Connection::read_head() {
    parser_.emplace();
    parser_->header_limit(limits::head_bytes);
    parser_->body_limit(limits::body_bytes);
    deadline_.set(limits::request_arrives);
    idle_ = buffer_.size() == 0;
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    auto reading = http::async_read_header(channel_, buffer_, *parser_, token);
    co_await std::move(reading);
    idle_ = false;
    if (code) co_return ended(code);
    co_return Arrival::Whole;
}

asio::awaitable<Arrival> Connection::read_request() {
    auto head = read_head();
    const Arrival arrival = co_await std::move(head);
    if (arrival != Arrival::Whole) co_return arrival;
    if (parser_->content_length() && *parser_->content_length() > limits::body_bytes) {
        refusal_ = Refusal::TooLarge;
        co_return Arrival::Refused;
    }
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    auto reading = http::async_read(channel_, buffer_, *parser_, token);
    co_await std::move(reading);
    if (code) co_return ended(code);
    co_return Arrival::Whole;
}

asio::awaitable<bool> Connection::send(const Response& response, bool head_only, bool keep_alive) {
    deadline_.set(limits::answer_is_taken);
    auto message = message_from(response, keep_alive);
    http::response_serializer<http::span_body<const unsigned char>> serializer(message);
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    if (head_only) {
        serializer.split(true);
        auto writing = http::async_write_header(channel_, serializer, token);
        co_await std::move(writing);
    } else {
        auto writing = http::async_write(channel_, serializer, token);
        co_await std::move(writing);
    }
    co_return !code && keep_alive;
}

/// True when the connection goes on.
asio::awaitable<bool> Connection::answer_request() {
    auto message = parser_->release();
    const bool keep_alive = message.keep_alive();
    const bool head_only = message.method() == http::verb::head;
    const auto awaited = std::make_shared<Awaited>(channel_.get_executor());
    awaited->timer.expires_after(limits::work_is_done);
    deadline_.clear();
    door_.ask(request_from(message, door_, peer_), [awaited](Response response) {
        awaited->response = std::move(response);
        awaited->timer.cancel();
    });
    if (!awaited->response) {
        Code ignored;
        auto token = asio::redirect_error(asio::use_awaitable, ignored);
        auto waiting = awaited->timer.async_wait(token);
        co_await std::move(waiting);
    }
    if (!awaited->response) co_return false;
    auto sending = send(*awaited->response, head_only, keep_alive && !leaving_);
    const bool goes_on = co_await std::move(sending);
    co_return goes_on;
}

asio::awaitable<void> Connection::refuse(Refusal why) {
    const Response response = refused(why);
    auto sending = send(response, false, false);
    co_await std::move(sending);
}

/// Closing with unread bytes would take the answer away from the peer; so those are read, for a
/// little while.
asio::awaitable<void> Connection::let_the_last_answer_arrive() {
    Code code;
    channel_.say_goodbye();
    std::ignore = channel_.next_layer().shutdown(Tcp::socket::shutdown_send, code);
    deadline_.set(std::chrono::seconds(2));
    std::array<char, 4096> unread{};
    auto token = asio::redirect_error(asio::use_awaitable, code);
    for (std::size_t left = 4 * limits::body_bytes; !code && left > unread.size();
         left -= unread.size()) {
        auto reading = channel_.next_layer().async_read_some(asio::buffer(unread), token);
        co_await std::move(reading);
    }
}

std::string handshake_from(const http::request<http::string_body>& message,
                           const beast::flat_buffer& buffer) {
    std::ostringstream text;
    text << message.base();
    std::string handshake = text.str();
    handshake.append(static_cast<const char*>(buffer.data().data()), buffer.size());
    return handshake;
}

asio::awaitable<void> Connection::run() {
    Code code;
    std::ignore = channel_.next_layer().set_option(Tcp::no_delay(true), code);
    if (door_.tls != nullptr) {
        auto shaking = shake_hands();
        const bool agreed = co_await std::move(shaking);
        if (!agreed) co_return;
    }
    for (;;) {
        auto reading = read_request();
        const Arrival arrival = co_await std::move(reading);
        if (arrival == Arrival::Gone) break;
        if (arrival == Arrival::Refused) {
            auto refusing = refuse(refusal_);
            co_await std::move(refusing);
            break;
        }
        const auto& message = parser_->get();
        const bool follows = door_.follow &&
                             message.target() == door_.below.prefix() + "/v1/follow" &&
                             beast::websocket::is_upgrade(message);
        if (follows) {
            deadline_.clear();
            door_.follow(std::move(channel_), handshake_from(message, buffer_));
            co_return;
        }
        auto answering = answer_request();
        const bool goes_on = co_await std::move(answering);
        if (!goes_on || leaving_) break;
    }
    auto parting = let_the_last_answer_arrive();
    co_await std::move(parting);
}

}  // namespace

asio::awaitable<void> serve_connection(Tcp::socket socket, Door& door) {
    Connection connection(std::move(socket), door);
    auto running = connection.run();
    co_await std::move(running);
}

}  // namespace seen::server
