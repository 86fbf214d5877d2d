#pragma once

/// The steps of an invitation over HTTP, each one transaction (spec/protocol.md §4).

#include "follow/hub.hpp"
#include "http/message.hpp"
#include "ledger/ledger.hpp"
#include "limits/rate.hpp"
#include "seen/server/clock.hpp"

namespace seen::server {

class Invitations {
  public:
    Invitations(Ledger& ledger, const Clock& clock, Hub& hub);

    void create(const Request& request, const Answer& answer);
    void claim(const Request& request, const Answer& answer);
    /// What a typed code leads to.
    void code(const Request& request, const Answer& answer);
    void answer(const Request& request, const Answer& answer);
    void reveal(const Request& request, const Answer& answer);
    void confirm(const Request& request, const Answer& answer);
    void end(const Request& request, const Answer& answer);
    void show(const Request& request, const Answer& answer);

  private:
    using Change = std::function<Step(Storage&, Invitation)>;
    using Told = std::function<void(const Result<Invitation>&)>;
    /// Reads, changes and puts back in one transaction; whoever it concerns hears of it if
    /// something changed.
    /// `by` is empty for the holder of a ticket.
    void change(const std::optional<Session>& by, const Lookup& lookup, Change change, Told told);
    void change_and_show(const Request& request, Change change, const Answer& answer);

    Ledger& ledger_;
    const Clock& clock_;
    Hub& hub_;
    Rate failed_claims_;  ///< By address; of codes as well.
};

}  // namespace seen::server
