#include "seen/core/journal/shared_fold.hpp"

namespace seen::core {

void SharedFold::apply(const Record& record) {
    if (record.hold) {
        if (record.seq) {
            release(record);
        } else {
            hold(record);
        }
        return;
    }
    Side& side = is_mine(record) ? mine_ : theirs_;
    if (side.left) return;
    if (act_of<SpaceLeft>(record) != nullptr) side.left = true;
    if (const auto* act = act_of<WaitingAgreed>(record)) side.agreed = act->tell;
    if (act_of<NameSet>(record) != nullptr && !is_mine(record)) their_name_ = &record;
    if (const auto* act = act_of<TruthWithdrawn>(record)) withdraw(record, act->target);
    if (const auto* act = act_of<ResponseGiven>(record)) respond(record, act->target);
    tell(record);
}

/// The first record under a hold begins an exchange; the second one opens it.
void SharedFold::release(const Record& record) {
    const auto [found, is_new] = holds_.emplace(*record.hold, exchanges_.size());
    if (is_new) {
        exchanges_.push_back(ExchangeFold{.counter = exchanges_.size(), .mine = {}, .theirs = {}});
        making_ = step(making_, Released{}, record.at);
        waiting_ = nullptr;
    }
    const Place place{found->second, is_mine(record)};
    GivenState* given = at(place);
    if (given->record != nullptr) return;
    given->record = &record;
    given->withdrawn = std::holds_alternative<Erased>(record.content);
    places_.emplace(record.id, place);
}

/// A hold that has been released already can keep nothing waiting; one that has lapsed stands back
/// behind one that was given anew.
void SharedFold::hold(const Record& record) {
    if (holds_.contains(*record.hold) || act_of<TruthGiven>(record) == nullptr) return;
    if (record.lapsed && waiting_ != nullptr && !waiting_->lapsed) return;
    waiting_ = &record;
    if (record.lapsed) {
        making_ = step(making_, MineLapsed{}, record.at);
    } else {
        making_ = step(making_, MineGiven{}, record.at);
    }
}

void SharedFold::tell(const Record& record) {
    const Instant stamp = record.stamp.value_or(record.at);
    if (const auto* act = act_of<TruthWaiting>(record)) {
        making_ = is_mine(record) ? step(making_, MineTold{act->counter}, record.at)
                                  : step(making_, TheirsTold{act->counter}, stamp);
    }
    if (const auto* act = act_of<TruthQuiet>(record)) {
        making_ = is_mine(record) ? step(making_, MineQuiet{act->counter}, record.at)
                                  : step(making_, TheirsQuiet{act->counter}, record.at);
    }
}

void SharedFold::withdraw(const Record& record, std::string_view target) {
    const auto found = places_.find(target);
    if (found == places_.end() || found->second.mine != is_mine(record)) return;
    at(found->second)->withdrawn = true;
}

void SharedFold::respond(const Record& record, std::string_view target) {
    const auto found = places_.find(target);
    if (found == places_.end() || found->second.mine == is_mine(record)) return;
    at(found->second)->response = &record;
}

GivenState* SharedFold::at(const Place& place) {
    ExchangeFold& exchange = exchanges_[place.exchange];
    return place.mine ? &exchange.mine : &exchange.theirs;
}

SharedFold::Found SharedFold::given(std::string_view id) const {
    const auto found = places_.find(id);
    if (found == places_.end()) return {};
    const ExchangeFold& exchange = exchanges_[found->second.exchange];
    if (!exchange.open()) return {};
    return {found->second.mine ? &exchange.mine : &exchange.theirs, found->second.mine};
}

}  // namespace seen::core
