#pragma once

/// The endpoint for brief records: checked like others, heard in memory, passed on at once, and
/// acknowledged as heard, not as kept. Nothing is written anywhere.

#include "brief/rings.hpp"
#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Briefs {
  public:
    Briefs(Ledger& ledger, const Clock& clock, Hub& hub, Rings& rings);

    /// POST /v1/spaces/{}/brief
    void say(const Request& request, const Answer& answer);

  private:
    [[nodiscard]] Response heard(const SpaceId& space, const AccountId& account, NewBrief said);

    Ledger& ledger_;
    const Clock& clock_;
    Hub& hub_;
    Rings& rings_;
    Rate said_;
};

}  // namespace seen::server
