#pragma once

/// Held records that have waited for seven days are marked, and their author's followers hear of
/// it.
///
/// There is no timer: whoever asks something, and every beat of a follower, comes by here, and at
/// most every ten seconds of the server's clock somebody looks. If nobody is there, nobody needs to
/// know; what may open is asked again at the moment of opening. Lives on the network thread.

#include "follow/hub.hpp"
#include "ledger/ledger.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Lapsing {
  public:
    Lapsing(Ledger& ledger, const Clock& clock, Hub& hub)
        : ledger_(ledger), clock_(clock), hub_(hub) {}

    void look();

  private:
    void mark(Moment until);

    Ledger& ledger_;
    const Clock& clock_;
    Hub& hub_;
    Moment looked_ = 0;
};

}  // namespace seen::server
