#include "record/lapsing.hpp"

namespace seen::server {

namespace {
constexpr Moment between_looks_ms = 10'000;
}

void Lapsing::look() {
    const Moment now = clock_.now();
    if (now >= looked_ && now < looked_ + between_looks_ms) return;
    looked_ = now;
    const Moment until = now - held_life_ms;
    ledger_.read<std::vector<HeldBy>>(
        [until](Storage& storage) -> Result<std::vector<HeldBy>> {
            return storage.not_marked_lapsed(until);
        },
        [this, until](const Result<std::vector<HeldBy>>& due) {
            if (due && !due->empty()) mark(until);
        });
}

void Lapsing::mark(Moment until) {
    ledger_.write<std::vector<HeldBy>>(
        [until](Storage& storage) -> Result<std::vector<HeldBy>> {
            auto due = storage.not_marked_lapsed(until);
            storage.mark_lapsed(until);
            return due;
        },
        [this](const Result<std::vector<HeldBy>>& marked) {
            if (!marked) return;
            for (const HeldBy& one : *marked) hub_.held_changed(one.space, one.author);
        });
}

}  // namespace seen::server
