#include "seen/server/server.hpp"

#include "follow/socket.hpp"
#include "house/house.hpp"
#include "http/connection.hpp"
#include "http/network.hpp"
#include "lan/authority.hpp"
#include "lan/first_page.hpp"
#include "lan/home_address.hpp"
#include "seen/server/sqlite_storage.hpp"
#include "storage/data_folder.hpp"

// clang-format off
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
// clang-format on

#include <sodium.h>
#include <spdlog/spdlog.h>

#include <charconv>
#include <csignal>
#include <limits>
#include <tuple>

namespace seen::server {

namespace {

using Code = boost::system::error_code;

/// HOST:PORT or [IPv6]:PORT as an endpoint to listen on.
std::expected<Tcp::endpoint, std::string> endpoint_from(const std::string& text) {
    const auto wrong = std::unexpected("\"" + text + "\" is not HOST:PORT");
    const auto colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0) return wrong;
    std::uint16_t port = 0;
    const char* end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data() + colon + 1, end, port);
    if (stop != end || failed != std::errc{} || colon + 1 == text.size()) return wrong;
    std::string host = text.substr(0, colon);
    if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
    Code code;
    const auto address = asio::ip::make_address(host, code);
    if (!code) return Tcp::endpoint(address, port);
    asio::io_context io;
    const auto found = Tcp::resolver(io).resolve(host, "", code);
    if (code || found.empty()) return std::unexpected("there is no host called \"" + host + "\"");
    return Tcp::endpoint(found.begin()->endpoint().address(), port);
}

/// Where people reach the server: on this machine alone, unless it was told otherwise.
std::expected<Tcp::endpoint, std::string> place_to_listen(const Config& config) {
    constexpr std::uint16_t usual_port = 7777;
    if (config.listen) return endpoint_from(*config.listen);
    if (!config.home_network) return Tcp::endpoint(asio::ip::address_v4::loopback(), usual_port);
    const auto home = home_address();
    if (!home) return std::unexpected(home.error());
    return Tcp::endpoint(*home, usual_port);
}

std::string written(const Tcp::endpoint& endpoint) {
    const std::string host = endpoint.address().to_string();
    const std::string port = std::to_string(endpoint.port());
    return endpoint.address().is_v6() ? "[" + host + "]:" + port : host + ":" + port;
}

/// One listening socket and what becomes of those who come.
class Listener {
  public:
    Listener(asio::io_context& io, Door& door, std::function<bool()> full)
        : acceptor_(io), pause_(io), door_(door), full_(std::move(full)) {}

    std::expected<void, std::string> open(const Tcp::endpoint& endpoint) {
        Code code;
        std::ignore = acceptor_.open(endpoint.protocol(), code);
        if (!code) std::ignore = acceptor_.set_option(Tcp::acceptor::reuse_address(true), code);
        if (!code) std::ignore = acceptor_.bind(endpoint, code);
        if (!code) std::ignore = acceptor_.listen(asio::socket_base::max_listen_connections, code);
        if (!code) return {};
        Code ignored;  // closed again, so that another place may be tried
        std::ignore = acceptor_.close(ignored);
        return std::unexpected("cannot listen on " + written(endpoint) + ": " + code.message());
    }
    [[nodiscard]] Tcp::endpoint endpoint() const {
        Code ignored;
        return acceptor_.local_endpoint(ignored);
    }
    void close() {
        Code ignored;
        std::ignore = acceptor_.close(ignored);
        pause_.cancel();
    }
    asio::awaitable<void> welcome();

  private:
    Tcp::acceptor acceptor_;
    asio::steady_timer pause_;
    Door& door_;
    std::function<bool()> full_;
};

asio::awaitable<void> Listener::welcome() {
    Code code;
    auto token = asio::redirect_error(asio::use_awaitable, code);
    while (acceptor_.is_open()) {
        auto accepting = acceptor_.async_accept(token);
        Tcp::socket socket = co_await std::move(accepting);
        if (code) {
            // Out of file handles, most likely: a pause, for trying again at once would only burn
            // time.
            pause_.expires_after(std::chrono::milliseconds(50));
            auto pausing = pause_.async_wait(token);
            co_await std::move(pausing);
            continue;
        }
        if (full_()) continue;
        auto serving = serve_connection(std::move(socket), door_);
        asio::co_spawn(acceptor_.get_executor(), std::move(serving),
                       [](const std::exception_ptr&) {});
    }
}

/// What the server shows and believes at its public door.
struct Front {
    std::optional<TlsContext> tls;
    std::optional<HomeIdentity> home;
    asio::ip::address home_address;  ///< Only in a home network.
};

class RunningServer final : public Server {
  public:
    RunningServer(const Config& config, Front front, DataFolder folder, AssetArchive archive,
                  std::unique_ptr<Storage> writer, std::unique_ptr<Storage> reader);
    std::expected<void, std::string> listen(const Config& config);

    [[nodiscard]] std::string address() const override { return written(shown(public_)); }
    [[nodiscard]] bool encrypted() const override { return front_.tls.has_value(); }
    [[nodiscard]] std::optional<std::string> admin_address() const override {
        if (!has_admin_) return std::nullopt;
        return written(admin_.endpoint());
    }
    [[nodiscard]] const std::optional<HomeNetwork>& home_network() const override { return home_; }
    void run() override;
    void stop() override {
        asio::post(io_, [this] { begin_to_stop(); });
    }

  private:
    void ask(Request request, const Answer& answer);
    std::expected<void, std::string> open_first_page();
    [[nodiscard]] Tcp::endpoint shown(const Listener& listener) const;
    void begin_to_stop();
    [[nodiscard]] bool full() const;
    void follow(Channel channel, std::string handshake);

    DataFolder folder_;
    Front front_;
    asio::io_context io_{1};
    asio::signal_set signals_{io_};
    asio::steady_timer farewell_{io_};
    House house_;
    std::optional<FirstPage> first_page_;
    std::optional<HomeNetwork> home_;
    Presence requests_;
    Presence follows_;
    Presence operators_;
    Presence newcomers_;
    Door public_door_;
    Door admin_door_;
    Door first_page_door_;
    Listener public_;
    Listener admin_;
    Listener first_page_listener_;
    bool has_admin_ = false;
    bool stopping_ = false;
};

RunningServer::RunningServer(const Config& config, Front front, DataFolder folder,
                             AssetArchive archive, std::unique_ptr<Storage> writer,
                             std::unique_ptr<Storage> reader)
    : folder_(std::move(folder)),
      front_(std::move(front)),
      house_(config, std::move(archive), std::move(writer), std::move(reader),
             [this](std::function<void()> work) { asio::post(io_, std::move(work)); }),
      public_door_{
          [this](Request request, const Answer& answer) { ask(std::move(request), answer); },
          [this](Channel channel, std::string handshake) {
              follow(std::move(channel), std::move(handshake));
          },
          &requests_,
          PublicPath(config.public_url.value_or("")),
          front_.tls ? &*front_.tls : nullptr,
          config.behind_proxy},
      admin_door_{[this](const Request& request, const Answer& answer) {
                      house_.metrics().connections = requests_.count();
                      house_.metrics().followers = follows_.count();
                      house_.ask_admin(request, answer);
                  },
                  {},
                  &operators_},
      first_page_door_{[this](const Request& request, const Answer& answer) {
                           answer(first_page_->answer(request));
                       },
                       {},
                       &newcomers_},
      public_(io_, public_door_, [this] { return full(); }),
      admin_(io_, admin_door_, [this] { return operators_.count() >= 64; }),
      first_page_listener_(io_, first_page_door_, [this] { return newcomers_.count() >= 64; }) {
    // From here on a signal waits for run(), however early it comes.
    Code ignored;
    std::ignore = signals_.add(SIGTERM, ignored);
    std::ignore = signals_.add(SIGINT, ignored);
}

bool RunningServer::full() const {
    return requests_.count() >= limits::requests_at_once ||
           requests_.count() + follows_.count() >= limits::connections_at_once;
}

void RunningServer::follow(Channel channel, std::string handshake) {
    if (stopping_) return;
    start_following(std::move(channel), std::move(handshake), house_.follow_context(), follows_);
}

void RunningServer::ask(Request request, const Answer& answer) {
    const std::string& prefix = public_door_.below.prefix();
    request.path = public_door_.below.below(request.path).value_or("?");
    if (!request.path.empty()) return house_.ask(std::move(request), answer);
    Response response;
    response.status = 308;
    response.type = "text/plain; charset=utf-8";
    response.headers.emplace_back("Location", prefix + "/");
    answer(std::move(response));
}

/// As others reach it: a listener on every address is shown with the one at home.
Tcp::endpoint RunningServer::shown(const Listener& listener) const {
    Tcp::endpoint at = listener.endpoint();
    if (!front_.home || !at.address().is_unspecified()) return at;
    return {front_.home_address, at.port()};
}

/// On the port after the app's or, where that is taken, on any free one.
std::expected<void, std::string> RunningServer::open_first_page() {
    const Tcp::endpoint app = public_.endpoint();
    const bool last = app.port() == std::numeric_limits<std::uint16_t>::max();
    const auto next = static_cast<std::uint16_t>(last ? 0 : app.port() + 1);
    auto opened = first_page_listener_.open({app.address(), next});
    if (!opened) opened = first_page_listener_.open({app.address(), 0});
    if (!opened) return opened;
    const HomeIdentity& home = *front_.home;
    first_page_.emplace("https://" + address(), home.authority, home.fingerprint);
    home_ = HomeNetwork{written(shown(first_page_listener_)), home.fingerprint, home.is_new_here};
    return {};
}

std::expected<void, std::string> RunningServer::listen(const Config& config) {
    const auto at = place_to_listen(config);
    if (!at) return std::unexpected(at.error());
    if (auto opened = public_.open(*at); !opened) return opened;
    if (front_.home)
        if (auto opened = open_first_page(); !opened) return opened;
    if (!config.admin) return {};
    const auto admin_at = endpoint_from(*config.admin);
    if (!admin_at) return std::unexpected(admin_at.error());
    has_admin_ = true;
    return admin_.open(*admin_at);
}

void RunningServer::run() {
    signals_.async_wait([this](const Code& cancelled, int) {
        if (!cancelled) begin_to_stop();
    });
    asio::co_spawn(io_, public_.welcome(), [](const std::exception_ptr&) {});
    if (has_admin_) asio::co_spawn(io_, admin_.welcome(), [](const std::exception_ptr&) {});
    if (home_)
        asio::co_spawn(io_, first_page_listener_.welcome(), [](const std::exception_ptr&) {});
    for (;;) {
        try {
            io_.run();
            break;
        } catch (const std::exception& failure) {
            // One request's trouble, memory most likely, must not end the others.
            spdlog::error("a request failed: {}", failure.what());
        }
    }
    house_.close();
}

void RunningServer::begin_to_stop() {
    if (std::exchange(stopping_, true)) return;
    public_.close();
    admin_.close();
    first_page_listener_.close();
    signals_.cancel();
    farewell_.expires_after(limits::farewell);
    farewell_.async_wait([this](const Code& cancelled) {
        if (!cancelled) io_.stop();
    });
    operators_.close([] {});
    newcomers_.close([] {});
    requests_.close([this] { follows_.close([this] { io_.stop(); }); });
}

/// The authority of this home and its certificate, in the data folder; the folder is ours already.
std::expected<void, std::string> be_at_home(const Config& config, Front& front) {
    const auto at = place_to_listen(config);
    if (!at) return std::unexpected(at.error());
    front.home_address = at->address();
    if (front.home_address.is_unspecified()) {
        const auto home = home_address();
        if (!home) return std::unexpected(home.error());
        front.home_address = *home;
    }
    auto identity =
        home_identity(config.data + "/lan", front.home_address, std::chrono::system_clock::now());
    if (!identity) return std::unexpected(identity.error());
    front.home = std::move(*identity);
    return {};
}

std::expected<Front, std::string> open_front(const Config& config) {
    Front front;
    if (config.home_network)
        if (auto home = be_at_home(config, front); !home) return std::unexpected(home.error());
    std::optional<CertificateFiles> files;
    if (config.tls) files = {config.tls->certificate, config.tls->key};
    if (front.home) files = front.home->files;
    if (!files) return front;
    auto tls = TlsContext::open(*files);
    if (!tls) return std::unexpected(tls.error());
    front.tls = std::move(*tls);
    return front;
}

}  // namespace

std::expected<std::unique_ptr<Server>, std::string> Server::start(const Config& config) {
    if (sodium_init() < 0) return std::unexpected("the cryptographic library does not start");
    auto archive = AssetArchive::open(config.archive);
    if (!archive) return std::unexpected(archive.error());
    auto folder = DataFolder::open(config.data);
    if (!folder) return std::unexpected(folder.error());
    auto front = open_front(config);
    if (!front) return std::unexpected(front.error());
    const std::string file = config.data + "/seen.sqlite";
    auto writer = open_sqlite(file, SqliteUse::Write);
    if (!writer) return std::unexpected(writer.error());
    auto reader = open_sqlite(file, SqliteUse::Read);
    if (!reader) return std::unexpected(reader.error());
    auto server = std::make_unique<RunningServer>(config, std::move(*front), std::move(*folder),
                                                  std::move(*archive), std::move(*writer),
                                                  std::move(*reader));
    auto listening = server->listen(config);
    if (!listening) return std::unexpected(listening.error());
    return server;
}

}  // namespace seen::server
