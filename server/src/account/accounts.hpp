#pragma once

/// Making an account, reading one's own, deleting it (spec/protocol.md §1).

#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Accounts {
  public:
    Accounts(Ledger& ledger, const Clock& clock, Sessions& sessions, Hub& hub, std::size_t per_hour)
        : ledger_(ledger),
          clock_(clock),
          sessions_(sessions),
          hub_(hub),
          made_(per_hour, 3'600'000) {}

    void create(const Request& request, const Answer& answer);
    void show(const Request& request, const Answer& answer);
    void remove(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
    const Clock& clock_;
    Sessions& sessions_;
    Hub& hub_;
    Rate made_;  ///< By address.
};

}  // namespace seen::server
