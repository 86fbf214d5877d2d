#pragma once

/// Challenges and sessions over HTTP (spec/protocol.md §1). Whatever is wrong with a sign-in, the
/// answer is the same 401, and only those that succeed count against the rate, so that nobody can
/// lock another out.

#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"
#include "session/challenges.hpp"
#include "session/sessions.hpp"
#include "wire/requests.hpp"

namespace seen::server {

class SigningIn {
  public:
    SigningIn(Ledger& ledger, const Clock& clock, Sessions& sessions,
              std::optional<std::string> public_url);

    void challenge(const Request& request, const Answer& answer);
    void open(const Request& request, const Answer& answer);

  private:
    [[nodiscard]] std::string own_origin(const Request& request) const;
    void look_up(const SignIn& asked, const Answer& answer);
    void finish(const SignIn& asked, const std::optional<PublicKey>& key, const Answer& answer);

    Ledger& ledger_;
    const Clock& clock_;
    Sessions& sessions_;
    std::optional<std::string> public_url_;
    Challenges challenges_;
    PublicKey key_of_nobody_{};
    Rate opened_;  ///< By account.
};

}  // namespace seen::server
