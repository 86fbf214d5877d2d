#include "brief/ring.hpp"

#include "seen/server/limits.hpp"

#include <algorithm>
#include <utility>

namespace seen::server {

namespace {

bool is_the_same(const Brief& there, const AccountId& author, const NewBrief& said) {
    return there.author == author && there.said.device == said.device &&
           there.said.epoch == said.epoch && there.said.sealed == said.sealed;
}

}  // namespace

Result<Ring::Heard> Ring::hear(const AccountId& author, NewBrief said, Moment now) {
    const auto known =
        std::ranges::find(briefs_, said.id, [](const Brief& b) { return b.said.id; });
    if (known != briefs_.end()) {
        if (!is_the_same(*known, author, said)) return refuse(Refusal::Different);
        return Heard{.brief = &*known, .is_new = false};
    }
    bytes_ += said.sealed.size();
    briefs_.push_back({.n = ++newest_, .stamp = now, .author = author, .said = std::move(said)});
    while (briefs_.size() > limits::brief_records || bytes_ > limits::brief_ring_bytes)
        drop_first();
    return Heard{.brief = &briefs_.back(), .is_new = true};
}

void Ring::drop_old(Moment now) {
    while (!briefs_.empty() && now - briefs_.front().stamp > limits::brief_life_ms) drop_first();
}

void Ring::drop_first() {
    bytes_ -= briefs_.front().said.sealed.size();
    briefs_.pop_front();
}

std::vector<const Brief*> Ring::since(const std::optional<RingId>& ring,
                                      std::uint64_t after) const {
    const std::uint64_t from = ring == id_ ? after : 0;
    std::vector<const Brief*> found;
    for (const Brief& brief : briefs_)
        if (brief.n > from) found.push_back(&brief);
    return found;
}

}  // namespace seen::server
