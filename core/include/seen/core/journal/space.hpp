#pragma once
/// One space: its members, its records in their order, and the fold over them.
///
/// Records may come in any order and more than once; the fold is the same. While they come in
/// order each is folded once, so that n records cost O(n); a record that comes before others, one
/// that changes, and one that is forgotten make the next `settle` fold all anew, in O(n log n).
///
/// Borrowed: folds and records are valid until the next absorb, forget or settle.

#include "seen/core/journal/record.hpp"
#include "seen/core/journal/room_fold.hpp"
#include "seen/core/journal/shared_fold.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seen::core {

class Space {
  public:
    Space(SpaceKind kind, std::string me, std::vector<std::string> members);
    ~Space() = default;
    Space(Space&&) = default;
    Space& operator=(Space&&) = default;
    // Order and folds point into the records.
    Space(const Space&) = delete;
    Space& operator=(const Space&) = delete;

    [[nodiscard]] SpaceKind kind() const { return kind_; }
    [[nodiscard]] const std::vector<std::string>& members() const { return members_; }
    [[nodiscard]] bool is_member(std::string_view account) const;
    [[nodiscard]] bool has(std::string_view id) const;

    /// The server says that this member has left; it cannot be undone.
    void leave(std::string_view account);
    /// Whether one of the two has left, by their own word here or by the server's. As of settle.
    [[nodiscard]] bool mine_left() const { return mine_left_ || shared_.mine_left(); }
    [[nodiscard]] bool theirs_left() const { return theirs_left_ || shared_.theirs_left(); }
    [[nodiscard]] bool is_over() const { return mine_left() || theirs_left(); }

    void absorb(Record record);
    /// Takes an unacknowledged record away; all others stay.
    void forget(std::string_view id);

    /// Brings the fold up to the records. Both folds below are as of the last settle.
    void settle();
    [[nodiscard]] const RoomFold& room() const { return room_; }
    [[nodiscard]] const SharedFold& shared() const { return shared_; }
    /// Whether a newer version made some of what is here.
    [[nodiscard]] bool has_newer() const { return newer_ > 0; }

  private:
    void start_anew();
    void apply(const Record& record);

    SpaceKind kind_;
    std::string me_;
    std::vector<std::string> members_;
    std::unordered_map<std::string, Record> records_;
    std::vector<const Record*> order_;
    std::size_t folded_ = 0;  // how many of order_ are in the folds
    bool in_order_ = true;    // false: order_ must be made anew
    std::size_t newer_ = 0;
    bool mine_left_ = false;
    bool theirs_left_ = false;
    RoomFold room_;
    SharedFold shared_;
};

}  // namespace seen::core
