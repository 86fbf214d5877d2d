#include "house/house.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>
#include <spdlog/spdlog.h>

namespace seen::server {

namespace {

std::unique_ptr<Clock> clock_for(const Config& config) {
    if (config.demo) return std::make_unique<DemoClock>();
    return std::make_unique<SystemClock>();
}

RingId random_ring() {
    RingId id;
    randombytes_buf(id.bytes.data(), id.bytes.size());
    return id;
}

template <class Desk>
Endpoint at(Desk& desk, void (Desk::*method)(const Request&, const Answer&)) {
    return [&desk, method](const Request& request, const Answer& answer) {
        (desk.*method)(request, answer);
    };
}

/// The 32 bytes that the request shows under this scheme.
std::optional<Hash> after_scheme(const Request& request, std::string_view scheme) {
    if (!request.authorization.starts_with(scheme)) return std::nullopt;
    return fixed_from<32>(std::string_view(request.authorization).substr(scheme.size()));
}

/// Only the pattern is ever written down: a path holds ids.
Answer noted(const Answer& answer, std::string_view method, std::string_view pattern) {
    return [answer, method, pattern](Response response) {
        spdlog::debug("{} {} {}", method, pattern, response.status);
        response.headers.emplace_back("Cache-Control", "no-store");
        response.headers.emplace_back("X-Content-Type-Options", "nosniff");
        answer(std::move(response));
    };
}

}  // namespace

House::House(const Config& config, AssetArchive archive, std::unique_ptr<Storage> writer,
             std::unique_ptr<Storage> reader, StorageThread::Deliver deliver)
    : clock_(clock_for(config)),
      version_(config.version),
      demo_(config.demo),
      rings_(random_ring),
      ledger_(std::move(writer), std::move(reader), std::move(deliver)),
      lapsing_(ledger_, *clock_, hub_),
      accounts_(ledger_, *clock_, sessions_, hub_, config.accounts_per_hour),
      devices_(ledger_, sessions_, hub_),
      signing_in_(ledger_, *clock_, sessions_, config.public_url),
      spaces_(ledger_, *clock_, hub_),
      records_(ledger_, *clock_, hub_),
      briefs_(ledger_, *clock_, hub_, rings_),
      invitations_(ledger_, *clock_, hub_),
      web_app_(std::move(archive), config.demo) {
    add_routes();
    add_invitation_routes();
    if (demo_) add_demo_routes(static_cast<DemoClock&>(*clock_));
}

void House::add_routes() {
    router_.add({"GET", "/v1/about", Needs::Nothing,
                 [this](const Request& request, const Answer& answer) { about(request, answer); }});
    router_.add({"POST", "/v1/accounts", Needs::Nothing, at(accounts_, &Accounts::create)});
    router_.add({"POST", "/v1/challenges", Needs::Nothing, at(signing_in_, &SigningIn::challenge)});
    router_.add({"POST", "/v1/sessions", Needs::Nothing, at(signing_in_, &SigningIn::open)});
    router_.add({"GET", "/v1/account", Needs::AnyToken, at(accounts_, &Accounts::show)});
    router_.add({"DELETE", "/v1/account", Needs::AnyToken, at(accounts_, &Accounts::remove)});
    router_.add({"POST", "/v1/devices", Needs::AnyToken, at(devices_, &Devices::change)});
    // A real follow never comes here: it leaves HTTP before.
    router_.add(
        {"GET", "/v1/follow", Needs::Nothing, [](const Request& /*request*/, const Answer& answer) {
             answer(refused(Refusal::BadRequest));
         }});
    router_.add({"GET", "/v1/spaces/{}", Needs::DeviceToken, at(spaces_, &Spaces::show)});
    router_.add(
        {"POST", "/v1/spaces/{}/epochs", Needs::DeviceToken, at(spaces_, &Spaces::begin_epoch)});
    router_.add({"POST", "/v1/spaces/{}/leave", Needs::DeviceToken, at(spaces_, &Spaces::leave)});
    router_.add(
        {"POST", "/v1/spaces/{}/records", Needs::DeviceToken, at(records_, &Records::append)});
    router_.add({"GET", "/v1/spaces/{}/records", Needs::DeviceToken, at(records_, &Records::page)});
    router_.add({"POST", "/v1/spaces/{}/brief", Needs::DeviceToken, at(briefs_, &Briefs::say)});
    router_.add({"GET", "/v1/spaces/{}/held", Needs::DeviceToken, at(records_, &Records::held)});
    router_.add(
        {"DELETE", "/v1/spaces/{}/held/{}", Needs::DeviceToken, at(records_, &Records::take_back)});
}

void House::add_invitation_routes() {
    const auto add = [this](std::string_view method, std::string_view pattern, Needs needs,
                            void (Invitations::*step)(const Request&, const Answer&)) {
        router_.add({method, pattern, needs, at(invitations_, step)});
    };
    constexpr Needs either_side = Needs::DeviceTokenOrTicket;
    add("POST", "/v1/invitations", Needs::DeviceToken, &Invitations::create);
    add("GET", "/v1/invitations/{}", either_side, &Invitations::show);
    add("POST", "/v1/invitations/{}/claim", Needs::DeviceTokenIfAny, &Invitations::claim);
    add("POST", "/v1/invitations/{}/answer", either_side, &Invitations::answer);
    add("POST", "/v1/invitations/{}/reveal", Needs::DeviceToken, &Invitations::reveal);
    add("POST", "/v1/invitations/{}/confirm", either_side, &Invitations::confirm);
    add("POST", "/v1/invitations/{}/end", either_side, &Invitations::end);
    add("POST", "/v1/codes/{}", Needs::Nothing, &Invitations::code);
}

void House::add_demo_routes(DemoClock& clock) {
    router_.add({"POST", "/v1/demo/clock", Needs::Nothing,
                 [this, &clock](const Request& request, const Answer& answer) {
                     const auto offset = read_clock_offset(request.body);
                     if (!offset) return answer(refused(offset.error()));
                     clock.move_to(*offset);
                     lapsing_.look();
                     answer(json_response(200, {{"now", clock.now()}}));
                 }});
}

void House::ask(Request request, const Answer& answer) {
    const Answer counted = [this, answer](Response response) {
        ++metrics_.answers.at(std::min<std::size_t>(response.status / 100, 5));
        answer(std::move(response));
    };
    if (request.path == "/v1" || request.path.starts_with("/v1/"))
        return ask_api(std::move(request), counted);
    counted(web_app_.answer(request));
}

void House::ask_api(Request request, const Answer& answer) {
    auto match = router_.match(request.method, request.path);
    if (match.route == nullptr) {
        const bool known = !match.allow.empty();
        Response response = refused(known ? Refusal::BadMethod : Refusal::NotFound);
        if (known) response.headers.emplace_back("Allow", match.allow);
        return noted(answer, "?", "?")(std::move(response));
    }
    const Answer told = noted(answer, match.route->method, match.route->pattern);
    lapsing_.look();
    if (!let_in(request, match.route->needs)) return told(refused(Refusal::Unauthorized));
    request.parts = std::move(match.parts);
    match.route->endpoint(request, told);
}

void House::ask_admin(const Request& request, const Answer& answer) const {
    Response response;
    response.type = "text/plain; charset=utf-8";
    if (request.path == "/healthz") {
        response.body = "ok\n";
    } else if (request.path == "/metrics") {
        response.type = "text/plain; version=0.0.4; charset=utf-8";
        response.body = metrics_.text(ledger_.commits());
    } else {
        response = refused(Refusal::NotFound);
    }
    const bool reads = request.method == "GET" || request.method == "HEAD";
    answer(reads ? std::move(response) : refused(Refusal::BadMethod));
}

bool House::let_in(Request& request, Needs needs) const {
    if (needs == Needs::Nothing) return true;
    request.session = session_of(request);
    const bool device = request.session && request.session->device;
    switch (needs) {
        case Needs::AnyToken:
            return request.session.has_value();
        case Needs::DeviceTokenIfAny:
            return device || request.authorization.empty();
        case Needs::DeviceTokenOrTicket:
            request.ticket = after_scheme(request, "Ticket ");
            return device || request.ticket;
        default:
            return device;
    }
}

std::optional<Session> House::session_of(const Request& request) const {
    const auto token = after_scheme(request, "Bearer ");
    if (!token) return std::nullopt;
    return sessions_.find(*token, clock_->now());
}

void House::about(const Request& /*request*/, const Answer& answer) const {
    answer(json_response(200, {{"name", "seen"},
                               {"version", version_},
                               {"protocol", 1},
                               {"demo", demo_},
                               {"now", clock_->now()}}));
}

}  // namespace seen::server
