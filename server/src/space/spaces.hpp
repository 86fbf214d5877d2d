#pragma once

/// Reading a space: its members with their devices, its epochs, its head (spec/protocol.md §2).

#include "http/message.hpp"
#include "ledger/ledger.hpp"

namespace seen::server {

class Spaces {
  public:
    explicit Spaces(Ledger& ledger) : ledger_(ledger) {}
    void show(const Request& request, const Answer& answer);

  private:
    Ledger& ledger_;
};

}  // namespace seen::server
