#include "record/log.hpp"

#include "seen/server/limits.hpp"

#include <algorithm>

namespace seen::server {

namespace {

struct Place {
    const SpaceId& space;
    const AccountId& author;
    const SpaceStanding standing;
    const Moment now;
};

Record as_kept(const Place& place, const NewRecord& asked, std::uint64_t seq) {
    return Record{.seq = seq,
                  .stamp = place.now,
                  .id = asked.id,
                  .author = place.author,
                  .device = asked.device,
                  .epoch = asked.epoch,
                  .kind = asked.kind,
                  .hold = asked.hold,
                  .prev = asked.prev,
                  .sealed = asked.sealed};
}

void erase_own(Storage& storage, const Place& place, const RecordId& target) {
    const auto known = storage.known(place.space, target);
    if (known && known->author == place.author && known->seq > 0)
        storage.erase_sealed(place.space, known->seq);
}

Kept append_durable(Storage& storage, const Place& place, const NewRecord& asked,
                    const Hash& digest) {
    const Record record = as_kept(place, asked, place.standing.head + 1);
    if (asked.erases) erase_own(storage, place, *asked.erases);
    storage.add_record(place.space, record);
    storage.remember(place.space, asked.id,
                     {place.author, digest, asked.kind, record.seq, record.stamp});
    return Kept{.seq = record.seq, .stamp = record.stamp, .log_grew = true, .held_changed = {}};
}

/// Whether every member of the frozen set has one that may open now.
bool all_may_open(const std::vector<Record>& waiting, const Hold& state, const Place& place) {
    return std::ranges::all_of(state.members, [&](const AccountId& member) {
        const auto own = std::ranges::find(waiting, member, &Record::author);
        return own != waiting.end() && own->epoch == place.standing.newest_epoch &&
               !has_lapsed(*own, place.now);
    });
}

/// Under a hold there are always as many as the space was made for.
bool somebody_has_left(Storage& storage, const Place& place) {
    return place.standing.kind == SpaceKind::Shared &&
           storage.members(place.space).size() < limits::members_per_space;
}

/// All of one hold go into the log, side by side, in the order of joining.
void release(Storage& storage, const Place& place, const HoldId& hold, const Hold& state) {
    auto waiting = storage.held_under(place.space, hold);
    std::uint64_t seq = place.standing.head;
    for (const AccountId& member : state.members) {
        const auto own = std::ranges::find(waiting, member, &Record::author);
        if (own == waiting.end()) continue;
        own->seq = ++seq;
        own->stamp = place.now;
        storage.drop_held(place.space, hold, member);
        storage.add_record(place.space, *own);
        auto known = storage.known(place.space, own->id);
        if (!known) continue;
        known->seq = own->seq;
        known->stamp = own->stamp;
        storage.remember(place.space, own->id, *known);
    }
    storage.put_hold(place.space, hold, {state.members, true});
}

Result<Kept> append_held(Storage& storage, const Place& place, const NewRecord& asked,
                         const Hash& digest) {
    const HoldId hold = *asked.hold;
    auto state = storage.hold(place.space, hold);
    if (state && state->released) return refuse(Refusal::OutOfTurn);
    if (somebody_has_left(storage, place)) return refuse(Refusal::OutOfTurn);
    if (!state) {
        state = Hold{storage.members(place.space), false};
        storage.put_hold(place.space, hold, *state);
    }
    storage.put_held(place.space, as_kept(place, asked, 0));
    storage.remember(place.space, asked.id, {place.author, digest, asked.kind, 0, place.now});
    Kept kept{.seq = 0, .stamp = place.now, .log_grew = false, .held_changed = {place.author}};
    if (!all_may_open(storage.held_under(place.space, hold), *state, place)) return kept;
    release(storage, place, hold, *state);
    kept.log_grew = true;
    kept.held_changed = state->members;
    return kept;
}

}  // namespace

bool has_lapsed(const Record& held, Moment now) {
    return held.lapsed || now >= held.stamp + held_life_ms;
}

std::vector<Record> held_at(Storage& storage, const SpaceId& space, const AccountId& author,
                            Moment now) {
    auto held = storage.held_by(space, author);
    for (Record& record : held) record.lapsed = has_lapsed(record, now);
    return held;
}

Result<Kept> append(Storage& storage, const SpaceId& space, const AccountId& author,
                    const NewRecord& record, Moment now) {
    const auto standing = storage.standing(space, author);
    if (!standing) return refuse(Refusal::NotFound);
    const Hash digest = append_digest(author, record);
    if (const auto known = storage.known(space, record.id)) {
        if (known->digest != digest) return refuse(Refusal::Different);
        return Kept{.seq = known->kind == RecordClass::Durable ? known->seq : 0,
                    .stamp = known->stamp,
                    .log_grew = false,
                    .held_changed = {}};
    }
    if (record.epoch != standing->newest_epoch) return refuse(Refusal::StaleEpoch);
    if (standing->bytes + record.sealed.size() > limits::space_bytes) return refuse(Refusal::Quota);
    const Place place{space, author, *standing, now};
    if (record.kind == RecordClass::Held) return append_held(storage, place, record, digest);
    return append_durable(storage, place, record, digest);
}

Result<TakenBack> take_back(Storage& storage, const SpaceId& space, const HoldId& hold,
                            const AccountId& author) {
    const auto standing = storage.standing(space, author);
    if (!standing) return refuse(Refusal::NotFound);
    TakenBack taken{standing->head, false};
    auto waiting = storage.held_under(space, hold);
    if (std::ranges::find(waiting, author, &Record::author) == waiting.end()) return taken;
    storage.drop_held(space, hold, author);
    // The set of members thaws with the last one, so that a hold which nobody uses any more binds
    // nobody.
    if (waiting.size() == 1) storage.drop_hold(space, hold);
    taken.changed = true;
    return taken;
}

}  // namespace seen::server
