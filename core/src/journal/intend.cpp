#include "seen/core/journal/intend.hpp"

#include "seen/core/text/utf8.hpp"

#include <string>
#include <utility>

namespace seen::core {
namespace {

/// Fills in what the state decides, and refuses what it does not allow. One call per act.
struct Decide {
    const Space* space;
    bool i_left;
    Intended* intended;

    using Answer = std::optional<Error>;

    Answer operator()(NameSet& act) const {
        act.name = std::string(trimmed(act.name));
        return std::nullopt;
    }
    Answer operator()(NoteChanged& act) const { return note(act.target); }
    Answer operator()(NoteRemoved& act) const {
        intended->erases = act.target;
        return note(act.target);
    }
    Answer operator()(DeviceNamed& act) const {
        act.name = std::string(trimmed(act.name));
        return std::nullopt;
    }
    Answer operator()(SpaceLeft& act) const {
        const bool again = act.space ? space->room().has_left(*act.space) : i_left;
        return again ? Answer(Error{Code::Over, {}}) : std::nullopt;
    }
    Answer operator()(WaitingAgreed& /*act*/) const { return present(); }
    Answer operator()(TruthGiven& /*act*/) const {
        if (auto over = present()) return over;
        if (making().mine_since) return Error{Code::AlreadyGiven, {}};
        intended->held = true;
        intended->counter = making().counter;
        return std::nullopt;
    }
    Answer operator()(TruthWaiting& act) const {
        if (auto over = present()) return over;
        act.counter = making().counter;
        if (!making().mine_since) return Error{Code::NothingWaits, {}};
        if (!space->shared().both_agreed()) return Error{Code::NotAgreed, {}};
        return std::nullopt;
    }
    Answer operator()(TruthQuiet& act) const {
        if (auto over = present()) return over;
        act.counter = making().counter;
        if (!making().mine_told) return Error{Code::NothingWaits, {}};
        return std::nullopt;
    }
    Answer operator()(TruthWithdrawn& act) const {
        // Who stays may still take away what is their own.
        if (i_left) return Error{Code::Over, {}};
        intended->erases = act.target;
        return given(act.target, true);
    }
    Answer operator()(ResponseGiven& act) const {
        if (auto over = present()) return over;
        return given(act.target, false);
    }
    template <typename Other>
    Answer operator()(Other& /*act*/) const {
        return std::nullopt;
    }

    [[nodiscard]] const ExchangeState& making() const { return space->shared().making(); }

    /// Both are still here.
    [[nodiscard]] Answer present() const {
        if (i_left || space->is_over()) return Error{Code::Over, {}};
        return std::nullopt;
    }

    [[nodiscard]] Answer note(const std::string& target) const {
        if (space->room().note(target) == nullptr) return Error{Code::UnknownTarget, "target"};
        return std::nullopt;
    }

    /// The target must be open, there, and by the right one of the two.
    [[nodiscard]] Answer given(const std::string& target, bool mine) const {
        const SharedFold::Found found = space->shared().given(target);
        if (found.given == nullptr) return Error{Code::UnknownTarget, "target"};
        if (found.mine != mine) return Error{Code::NotYours, "target"};
        if (found.given->withdrawn) return Error{Code::UnknownTarget, "target"};
        return std::nullopt;
    }
};

bool stands_somewhere(const Act& act, SpaceKind kind) {
    return may_stand(act, kind, false) || may_stand(act, kind, true);
}

}  // namespace

Result<Intended> intend(Journal& journal, std::string_view space, std::string_view id, Act act) {
    const Space* const found = journal.space(space);
    if (found == nullptr) return fail(Code::UnknownSpace);
    if (found->has(id)) return fail(Code::BadArgument, "id");
    if (!stands_somewhere(act, found->kind())) {
        return found->kind() == SpaceKind::Room ? fail(Code::NotJoined)
                                                : fail(Code::BadArgument, "space");
    }
    Intended intended;
    const bool i_left = journal.have_left(space);
    if (auto wrong = std::visit(Decide{found, i_left, &intended}, act)) {
        return std::unexpected(*std::move(wrong));
    }
    if (auto wrong = check_act(act)) return std::unexpected(*std::move(wrong));
    intended.event = Event{std::move(act), nullptr};
    return intended;
}

}  // namespace seen::core
