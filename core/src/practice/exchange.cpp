#include "seen/core/practice/exchange.hpp"

namespace seen::core {
namespace {

struct Step {
    ExchangeState state;
    Instant now;

    ExchangeState operator()(const MineGiven& /*event*/) {
        state.mine_since = now;
        return state;
    }
    ExchangeState operator()(const MineTakenBack& /*event*/) {
        state.mine_since.reset();
        return state;
    }
    ExchangeState operator()(const MineLapsed& /*event*/) {
        state.mine_since.reset();
        return state;
    }
    ExchangeState operator()(const MineTold& event) {
        if (event.counter == state.counter) state.mine_told = true;
        return state;
    }
    ExchangeState operator()(const MineQuiet& event) {
        if (event.counter == state.counter) state.mine_told = false;
        return state;
    }
    ExchangeState operator()(const TheirsTold& event) {
        if (event.counter == state.counter) state.theirs_told = now;
        return state;
    }
    ExchangeState operator()(const TheirsQuiet& event) {
        if (event.counter == state.counter) state.theirs_told.reset();
        return state;
    }
    ExchangeState operator()(const Released& /*event*/) const {
        ExchangeState next;
        next.counter = state.counter + 1;
        return next;
    }
};

}  // namespace

ExchangeState step(ExchangeState state, const ExchangeEvent& event, Instant now) {
    return std::visit(Step{state, now}, event);
}

std::string_view standing_of(const ExchangeState& state, bool agreed, Instant now) {
    const bool theirs = theirs_waits(state, agreed, now);
    if (state.mine_since) return theirs ? "both" : "mine";
    return theirs ? "theirs" : "nothing";
}

bool theirs_waits(const ExchangeState& state, bool agreed, Instant now) {
    return agreed && state.theirs_told && now - *state.theirs_told < waiting_lasts;
}

}  // namespace seen::core
