#pragma once
/// The journal of one person: the spaces they are in, and what happened in each.
///
/// It is a pure fold: the same records give the same journal, in whatever order and however often
/// they come. It knows no clock, writes nothing, and asks nobody.
///
/// Borrowed: a space that is returned is settled, and valid until the journal is changed.
/// Errors: `BadArgument` for a space that contradicts what was declared; for records
/// `UnknownSpace`, `NotAMember`, `BadEvent`, and `BadArgument` for another's without a seq.
/// Source: spec/events.md, section 3.

#include "seen/core/journal/incoming.hpp"
#include "seen/core/journal/space.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace seen::core {

class Journal {
  public:
    explicit Journal(std::string me) : me_(std::move(me)) {}

    [[nodiscard]] const std::string& me() const { return me_; }

    /// A room has me alone, a shared space me and one other. Declaring the same again is nothing,
    /// except for `left`: those of the members who are said to have left it.
    [[nodiscard]] Result<void> declare(const std::string& space, SpaceKind kind,
                                       std::vector<std::string> members,
                                       const std::vector<std::string>& left = {});

    /// An error names why the record has no effect; it may still keep its place.
    [[nodiscard]] Result<void> absorb(Incoming incoming);

    /// Forgets an unacknowledged record; nothing happens where there is none.
    [[nodiscard]] Result<void> forget(std::string_view space, std::string_view id);

    /// Null where there is none.
    [[nodiscard]] const Space* space(std::string_view id);
    [[nodiscard]] const Space* room();

    /// The shared space: the joined one, or else the only one. `id` is null where I am alone.
    struct Shared {
        const std::string* id = nullptr;
        const Space* space = nullptr;
    };
    [[nodiscard]] Shared shared();

    /// Whether I have left this space, by my word there, by the server's, or put away in my room.
    [[nodiscard]] bool have_left(std::string_view space);

    /// Whether a newer version made some of what is here.
    [[nodiscard]] bool has_newer();

  private:
    std::string me_;
    std::map<std::string, Space, std::less<>> spaces_;
};

}  // namespace seen::core
