#pragma once

/// Everything behind the door: which request goes to whom. It knows no sockets; the network thread
/// brings requests and takes answers.

#include "account/accounts.hpp"
#include "account/devices.hpp"
#include "assets/web_app.hpp"
#include "brief/briefs.hpp"
#include "follow/follower.hpp"
#include "house/metrics.hpp"
#include "http/router.hpp"
#include "invitation/invitations.hpp"
#include "record/records.hpp"
#include "seen/server/server.hpp"
#include "session/sign_in.hpp"
#include "space/spaces.hpp"

namespace seen::server {

class House {
  public:
    House(const Config& config, AssetArchive archive, std::unique_ptr<Storage> writer,
          std::unique_ptr<Storage> reader, StorageThread::Deliver deliver);

    /// Answers exactly once, now or later, on the network thread.
    void ask(Request request, const Answer& answer);
    /// The same for the operator's own listener.
    void ask_admin(const Request& request, const Answer& answer) const;
    [[nodiscard]] FollowContext follow_context() {
        return {ledger_, sessions_, hub_, rings_, meetings_, *clock_, lapsing_};
    }
    [[nodiscard]] Metrics& metrics() { return metrics_; }
    /// Finishes what was accepted.
    void close() { ledger_.stop(); }

  private:
    void add_routes();
    void add_invitation_routes();
    void add_demo_routes(DemoClock& clock);
    void ask_api(Request request, const Answer& answer);
    [[nodiscard]] std::optional<Session> session_of(const Request& request) const;
    /// Fills in who asks; whether that is enough for the route.
    [[nodiscard]] bool let_in(Request& request, Needs needs) const;
    void about(const Request& request, const Answer& answer) const;

    std::unique_ptr<Clock> clock_;
    std::string version_;
    bool demo_;
    Sessions sessions_;
    Hub hub_;
    Rings rings_;
    Meetings meetings_;
    Metrics metrics_;
    Ledger ledger_;
    Lapsing lapsing_;
    Accounts accounts_;
    Devices devices_;
    SigningIn signing_in_;
    Spaces spaces_;
    Records records_;
    Briefs briefs_;
    Invitations invitations_;
    WebApp web_app_;
    Router router_;
};

}  // namespace seen::server
