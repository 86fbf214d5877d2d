#pragma once

/// An evening of two people, written through the ledger to the test disk, with a note of what was
/// promised to whom after which step of the disk; and the law that a file must keep whatever became
/// of the power.
///
/// The law, after a cut at step n: the file is whole; seq counts 1, 2, 3 …; every append that was
/// acknowledged before n is there exactly once, at its seq, with its bytes, and sending it again
/// changes nothing; what waits under a hold waits or is released; a release is whole or not at all;
/// what was erased is gone; an invitation is at least where it was said to be, and joined exactly
/// if its space is there; nothing is there that nobody sent.

#include "ledger/ledger.hpp"
#include "record/log.hpp"

#include <functional>
#include <map>
#include <set>

namespace seen::server::test {

/// What a reopened file holds.
struct Found {
    std::vector<Record> log;
    std::vector<Record> held;
    std::optional<Invitation> invitation;
    bool joined_space = false;

    [[nodiscard]] const Record* in_log(const RecordId& id) const;
    [[nodiscard]] bool waits(const RecordId& id) const;
};

class Workload {
  public:
    /// Does all of it on the test disk. `synchronous`: as in SQLite's PRAGMA; the server's is FULL.
    Workload(std::string file, std::string synchronous);

    /// How the law is broken in a file that was cut after so many steps, one line each.
    [[nodiscard]] std::vector<std::string> broken_in(const std::string& file,
                                                     std::size_t after) const;
    [[nodiscard]] std::size_t promises() const { return promises_.size(); }

  private:
    struct Sent {
        NewRecord record;
        AccountId author;
        bool erasing_was_asked = false;
    };
    struct Promise {
        std::size_t after = 0;
        std::string says;
        std::function<bool(const Found&)> kept;
    };
    struct Answered {
        std::size_t after = 0;
        std::uint64_t seq = 0;
    };

    void open();
    void close() { ledger_.reset(); }
    void together(const std::vector<std::function<void()>>& works);
    void arrive();
    void durable(const AccountId& author, std::optional<RecordId> erases = std::nullopt);
    RecordId hold(const AccountId& author, const HoldId& hold);
    void take_back(const AccountId& author, const HoldId& hold);
    void evening(std::uint8_t number);
    void invite();
    void step(Stage stage, const std::function<Step(Invitation, Storage&)>& change);
    NewRecord next(const AccountId& author, std::optional<HoldId> under, std::size_t size);
    void promise(std::string says, std::function<bool(const Found&)> kept);
    [[nodiscard]] std::vector<std::string> broken_in(const Found& found) const;
    [[nodiscard]] bool repeats_change_nothing(Storage& storage, std::size_t after) const;

    std::string file_;
    std::string synchronous_;
    std::unique_ptr<Ledger> ledger_;
    std::map<RecordId, Sent> sent_;
    std::map<RecordId, Answered> kept_;
    std::set<RecordId> given_up_;  ///< Held ones that were replaced or taken back.
    std::vector<Promise> promises_;
    std::vector<RecordId> durable_;
    std::uint32_t next_ = 1;
};

}  // namespace seen::server::test
