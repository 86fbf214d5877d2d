#include "seen/core/journal/room_fold.hpp"

namespace seen::core {

void RoomFold::apply(const Record& record) {
    if (act_of<NameSet>(record) != nullptr) name_ = &record;
    if (const auto* joined = act_of<SpaceJoined>(record)) join(record, joined->space);
    if (const auto* left = act_of<SpaceLeft>(record); left != nullptr && left->space) {
        left_.insert(*left->space);
    }
    if (const auto* named = act_of<DeviceNamed>(record)) devices_[named->device] = named->name;
    if (act_of<PhraseChecked>(record) != nullptr) phrase_checked_ = true;
    if (act_of<NoteKept>(record) != nullptr) {
        places_.emplace(record.id, notes_.size());
        notes_.push_back(NoteState{&record});
    }
    if (const auto* change = act_of<NoteChanged>(record)) {
        if (NoteState* note = find(change->target)) note->changed = &record;
    }
    if (const auto* removal = act_of<NoteRemoved>(record)) {
        if (NoteState* note = find(removal->target)) note->removed = true;
    }
}

/// A space is never joined twice: one that was left and is spoken of again is an echo.
void RoomFold::join(const Record& record, std::string_view space) {
    const bool in_one = joined_ != nullptr && !has_left(act_of<SpaceJoined>(*joined_)->space);
    if (!in_one || !has_left(space)) joined_ = &record;
}

NoteState* RoomFold::find(std::string_view id) {
    const auto place = places_.find(id);
    return place == places_.end() ? nullptr : &notes_[place->second];
}

const NoteState* RoomFold::note(std::string_view id) const {
    const auto place = places_.find(id);
    if (place == places_.end() || notes_[place->second].removed) return nullptr;
    return &notes_[place->second];
}

std::string_view text_of(const NoteState& note) {
    if (note.changed != nullptr) return act_of<NoteChanged>(*note.changed)->text;
    return act_of<NoteKept>(*note.kept)->text;
}

}  // namespace seen::core
