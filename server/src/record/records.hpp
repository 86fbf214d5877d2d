#pragma once

/// Appending, reading, holding and taking back over HTTP (spec/protocol.md §2).

#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Records {
  public:
    Records(Ledger& ledger, const Clock& clock, Hub& hub);

    void append(const Request& request, const Answer& answer);
    void page(const Request& request, const Answer& answer);
    void held(const Request& request, const Answer& answer);
    void take_back(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
    const Clock& clock_;
    Hub& hub_;
    Rate appended_;  ///< By account.
};

}  // namespace seen::server
