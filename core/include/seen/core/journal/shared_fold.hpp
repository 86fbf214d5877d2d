#pragma once
/// The space between two, folded: the exchanges that were released, and the one in the making.
///
/// Every acknowledged record under a hold belongs to the release of that hold; releases are counted
/// from 0 in the order in which they appear. An exchange is open when both halves stand in it.
/// A half may have no words: erased, withdrawn, or not readable. What somebody says here after they
/// have left has no effect. Borrows its records, see RoomFold.
///
/// Invariant: making().counter == exchanges().size(), exchanges()[c].counter == c.
/// Worked values: no held records → counter 0; mine alone acknowledged → counter 1, none open;
/// both → counter 1, exchange 0 open. Source: spec/events.md, section 3.

#include "seen/core/journal/record.hpp"
#include "seen/core/practice/exchange.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seen::core {

struct GivenState {
    const Record* record = nullptr;  ///< null while this half is not here
    bool withdrawn = false;
    const Record* response = nullptr;  ///< the other's newest answer to it, or null
};

struct ExchangeFold {
    Counter counter = 0;
    GivenState mine;
    GivenState theirs;

    [[nodiscard]] bool open() const { return mine.record != nullptr && theirs.record != nullptr; }
};

class SharedFold {
  public:
    explicit SharedFold(std::string me) : me_(std::move(me)) {}

    void apply(const Record& record);

    [[nodiscard]] const std::vector<ExchangeFold>& exchanges() const { return exchanges_; }
    [[nodiscard]] const ExchangeState& making() const { return making_; }
    /// One's own record that waits for the other's, or has lapsed; null where there is none.
    [[nodiscard]] const Record* waiting() const { return waiting_; }
    /// What each says to letting the other know; nothing where they have not said.
    [[nodiscard]] std::optional<bool> mine_agreed() const { return mine_.agreed; }
    [[nodiscard]] std::optional<bool> theirs_agreed() const { return theirs_.agreed; }
    [[nodiscard]] bool both_agreed() const {
        return mine_.agreed == true && theirs_.agreed == true;
    }
    /// Whether I, or the other, said here that they leave.
    [[nodiscard]] bool mine_left() const { return mine_.left; }
    [[nodiscard]] bool theirs_left() const { return theirs_.left; }
    /// The newest name that the other gave themselves here (a NameSet), or null.
    [[nodiscard]] const Record* their_name() const { return their_name_; }

    /// A given thing of an open exchange by its record id.
    struct Found {
        const GivenState* given = nullptr;
        bool mine = false;
    };
    [[nodiscard]] Found given(std::string_view id) const;

  private:
    struct Place {
        std::size_t exchange = 0;
        bool mine = false;
    };
    struct Side {
        std::optional<bool> agreed;
        bool left = false;
    };
    void release(const Record& record);
    void hold(const Record& record);
    void tell(const Record& record);
    void withdraw(const Record& record, std::string_view target);
    void respond(const Record& record, std::string_view target);
    [[nodiscard]] bool is_mine(const Record& record) const { return record.author == me_; }
    [[nodiscard]] GivenState* at(const Place& place);

    std::string me_;
    std::vector<ExchangeFold> exchanges_;
    ExchangeState making_;
    Side mine_;
    Side theirs_;
    const Record* waiting_ = nullptr;
    const Record* their_name_ = nullptr;
    std::unordered_map<std::string_view, std::size_t> holds_;  // keys borrowed from the records
    std::unordered_map<std::string_view, Place> places_;
};

}  // namespace seen::core
