#include "seen/core/journal/record.hpp"

#include <limits>
#include <tuple>

namespace seen::core {
namespace {

constexpr std::uint64_t not_acknowledged = std::numeric_limits<std::uint64_t>::max();

std::uint64_t place_of(const Record& record) {
    return record.seq.value_or(not_acknowledged);
}

/// Erased first, then readable, then unreadable.
int rank_of(const Content& content) {
    if (std::holds_alternative<Erased>(content)) return 0;
    return std::holds_alternative<Event>(content) ? 1 : 2;
}

std::string written(const Content& content) {
    const auto* event = std::get_if<Event>(&content);
    return event == nullptr ? std::string() : write_json(write_event(*event));
}

}  // namespace

bool comes_before(const Record& left, const Record& right) {
    if (place_of(left) != place_of(right)) return place_of(left) < place_of(right);
    if (!left.seq && left.at != right.at) return left.at < right.at;
    return left.id < right.id;
}

bool outranks(const Record& left, const Record& right) {
    if (place_of(left) != place_of(right)) return place_of(left) < place_of(right);
    const int left_rank = rank_of(left.content);
    const int right_rank = rank_of(right.content);
    if (left_rank != right_rank) return left_rank < right_rank;
    if (left.lapsed != right.lapsed) return left.lapsed;
    const auto outside = [](const Record& record) {
        return std::tie(record.author, record.at, record.hold, record.stamp);
    };
    if (outside(left) != outside(right)) return outside(left) < outside(right);
    return written(left.content) < written(right.content);
}

}  // namespace seen::core
