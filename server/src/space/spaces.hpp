#pragma once

/// Reading a space, beginning its next epoch, leaving it (spec/protocol.md §1, 6a; §2, 6; §3, 11b).

#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "seen/server/clock.hpp"
#include "space/leaving.hpp"

namespace seen::server {

/// After the commit: whoever follows hears that the space has turned, the leaver nothing more.
void tell_of_leaving(Hub& hub, const SpaceId& space, const AccountId& account, const Left& left);

class Spaces {
  public:
    Spaces(Ledger& ledger, const Clock& clock, Hub& hub)
        : ledger_(ledger), clock_(clock), hub_(hub) {}
    void show(const Request& request, const Answer& answer);
    void begin_epoch(const Request& request, const Answer& answer);
    void leave(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
    const Clock& clock_;
    Hub& hub_;
};

}  // namespace seen::server
