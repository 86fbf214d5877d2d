#pragma once
/// One's own room, folded: the name, whether the words were checked, whom one is joined with, what
/// one has left, what one calls one's devices, notes.
///
/// Records are applied in the order of the journal, each once. The fold borrows them: it is thrown
/// away and made anew when one of them changes. Invariant: notes stand in the order of the journal;
/// a removed one keeps its place in the list, without effect, so that places stay.

#include "seen/core/journal/record.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace seen::core {

struct NoteState {
    const Record* kept = nullptr;
    const Record* changed = nullptr;  ///< the newest change, or null
    bool removed = false;
};

class RoomFold {
  public:
    void apply(const Record& record);

    [[nodiscard]] const Record* name() const { return name_; }  ///< a NameSet, or null
    /// The newest SpaceJoined, one that has not been left before one that has; or null.
    [[nodiscard]] const Record* joined() const { return joined_; }
    [[nodiscard]] bool has_left(std::string_view space) const { return left_.contains(space); }
    /// By device: what I call it. Names are borrowed.
    [[nodiscard]] const std::map<std::string_view, std::string_view>& devices() const {
        return devices_;
    }
    [[nodiscard]] bool phrase_checked() const { return phrase_checked_; }
    [[nodiscard]] const std::vector<NoteState>& notes() const { return notes_; }
    /// A note that is there and has not been removed, or null.
    [[nodiscard]] const NoteState* note(std::string_view id) const;

  private:
    void join(const Record& record, std::string_view space);
    [[nodiscard]] NoteState* find(std::string_view id);

    const Record* name_ = nullptr;
    const Record* joined_ = nullptr;
    bool phrase_checked_ = false;
    std::set<std::string_view> left_;                       // borrowed from the records
    std::map<std::string_view, std::string_view> devices_;  // both borrowed
    std::vector<NoteState> notes_;
    std::unordered_map<std::string_view, std::size_t> places_;  // keys borrowed from the records
};

[[nodiscard]] std::string_view text_of(const NoteState& note);

}  // namespace seen::core
