#pragma once

/// Making an account, reading one's own (spec/protocol.md §1).

#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Accounts {
  public:
    Accounts(Ledger& ledger, const Clock& clock, std::size_t per_hour)
        : ledger_(ledger), clock_(clock), made_(per_hour, 3'600'000) {}

    void create(const Request& request, const Answer& answer);
    void show(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
    const Clock& clock_;
    Rate made_;  ///< By address.
};

}  // namespace seen::server
