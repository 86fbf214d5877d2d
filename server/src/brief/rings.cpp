#include "brief/rings.hpp"

#include "seen/server/limits.hpp"

#include <utility>

namespace seen::server {

namespace {
/// How often rings in which nobody speaks any more are looked for.
constexpr Moment sweep_ms = 60'000;
}  // namespace

Result<Rings::Heard> Rings::hear(const SpaceId& space, const AccountId& author, NewBrief said,
                                 Moment now) {
    sweep(now);
    if (bytes_ + said.sealed.size() > limits::brief_bytes) return refuse(Refusal::SlowDown);
    auto found = rings_.find(space);
    if (found == rings_.end()) found = rings_.emplace(space, Ring(new_id_())).first;
    Ring& ring = found->second;
    const std::size_t before = ring.bytes();
    ring.drop_old(now);
    const auto heard = ring.hear(author, std::move(said), now);
    bytes_ = bytes_ - before + ring.bytes();
    if (!heard) return refuse(heard.error());
    return Heard{.ring = ring.id(), .brief = heard->brief, .is_new = heard->is_new};
}

const Ring* Rings::ring(const SpaceId& space, Moment now) {
    sweep(now);
    const auto found = rings_.find(space);
    if (found == rings_.end()) return nullptr;
    const std::size_t before = found->second.bytes();
    found->second.drop_old(now);
    bytes_ = bytes_ - before + found->second.bytes();
    return found->second.empty() ? nullptr : &found->second;
}

void Rings::forget(const SpaceId& space) {
    const auto found = rings_.find(space);
    if (found == rings_.end()) return;
    bytes_ -= found->second.bytes();
    rings_.erase(found);
}

void Rings::sweep(Moment now) {
    if (now - swept_ < sweep_ms) return;
    swept_ = now;
    bytes_ = 0;
    for (auto entry = rings_.begin(); entry != rings_.end();) {
        entry->second.drop_old(now);
        bytes_ += entry->second.bytes();
        entry = entry->second.empty() ? rings_.erase(entry) : std::next(entry);
    }
}

}  // namespace seen::server
