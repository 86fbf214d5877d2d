#include "read_intent.hpp"

#include "seen/core/journal/fields.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace seen::boundary {
namespace {

using core::Act;
using core::Code;
using core::Fields;

Act read_join(Fields& fields) {
    core::SpaceJoined act;
    act.space = fields.id("shared");
    if (const auto role = core::role_of(fields.string("role"))) {
        act.role = *role;
    } else {
        fields.refuse("role");
    }
    Fields partner(fields.any("partner"), Code::BadArgument);
    act.partner = partner.id("account");
    act.partner_name = partner.string_or_none("name");
    if (partner.failure()) fields.refuse("partner");
    return act;
}

Act read_response(Fields& fields) {
    core::ResponseGiven act;
    act.target = fields.id("target");
    if (const auto kind = core::response_kind_of(fields.string("kind"))) {
        act.kind = *kind;
    } else {
        fields.refuse("kind");
    }
    act.text = fields.string_or_none("text");
    return act;
}

struct Entry {
    std::string_view type;
    Act (*read)(Fields&);
};

constexpr std::array entries = {
    Entry{"set_name", [](Fields& f) -> Act { return core::NameSet{f.string("name")}; }},
    Entry{"phrase_checked", [](Fields&) -> Act { return core::PhraseChecked{}; }},
    Entry{"joined", read_join},
    Entry{"keep_note", [](Fields& f) -> Act { return core::NoteKept{f.string("text")}; }},
    Entry{"change_note",
          [](Fields& f) -> Act { return core::NoteChanged{f.id("target"), f.string("text")}; }},
    Entry{"remove_note", [](Fields& f) -> Act { return core::NoteRemoved{f.id("target")}; }},
    Entry{"give", [](Fields& f) -> Act { return core::TruthGiven{f.string("text")}; }},
    Entry{"tell_waiting", [](Fields&) -> Act { return core::TruthWaiting{}; }},
    Entry{"tell_quiet", [](Fields&) -> Act { return core::TruthQuiet{}; }},
    Entry{"withdraw", [](Fields& f) -> Act { return core::TruthWithdrawn{f.id("target")}; }},
    Entry{"respond", read_response},
    Entry{"agree", [](Fields& f) -> Act { return core::WaitingAgreed{f.truth("tell")}; }},
    Entry{"leave", [](Fields&) -> Act { return core::SpaceLeft{}; }},
    Entry{"left", [](Fields& f) -> Act { return core::SpaceLeft{f.id("shared")}; }},
    Entry{"name_device",
          [](Fields& f) -> Act { return core::DeviceNamed{f.id("device"), f.string("name")}; }},
    Entry{"epoch_began", [](Fields& f) -> Act { return core::EpochBegan{f.whole("n")}; }},
    Entry{"space_key",
          [](Fields& f) -> Act { return core::SpaceKey{f.id("shared"), f.whole("n")}; }},
};

}  // namespace

core::Result<Act> read_intent(const core::Json& intent) {
    Fields fields(intent, Code::BadArgument);
    const std::string type = fields.string("type");
    if (fields.failure()) return std::unexpected(*fields.failure());
    const auto entry = std::ranges::find(entries, type, &Entry::type);
    if (entry == entries.end()) return core::fail(Code::UnknownCall, "intent");
    Act act = entry->read(fields);
    if (fields.failure()) return std::unexpected(*fields.failure());
    return act;
}

}  // namespace seen::boundary
