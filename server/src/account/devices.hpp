#pragma once

/// Changing one's device list over HTTP with the root's token (spec/protocol.md §1, 5). When a
/// device has been removed, its sessions and follows end before the answer goes out.

#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"

namespace seen::server {

class Devices {
  public:
    Devices(Ledger& ledger, Sessions& sessions, Hub& hub)
        : ledger_(ledger), sessions_(sessions), hub_(hub) {}

    void change(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
    Sessions& sessions_;
    Hub& hub_;
};

}  // namespace seen::server
