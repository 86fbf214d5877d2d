#include "seen/core/journal/space.hpp"

#include <algorithm>
#include <utility>

namespace seen::core {

Space::Space(SpaceKind kind, std::string me, std::vector<std::string> members)
    : kind_(kind), me_(std::move(me)), members_(std::move(members)), shared_(me_) {}

bool Space::is_member(std::string_view account) const {
    return std::ranges::find(members_, account) != members_.end();
}

bool Space::has(std::string_view id) const {
    return records_.contains(std::string(id));
}

void Space::leave(std::string_view account) {
    if (!is_member(account)) return;
    (account == me_ ? mine_left_ : theirs_left_) = true;
}

void Space::absorb(Record record) {
    const auto found = records_.find(record.id);
    if (found != records_.end()) {
        if (found->second == record || !outranks(record, found->second)) return;
        start_anew();
        found->second = std::move(record);
        return;
    }
    std::string id = record.id;
    const Record& kept = records_.emplace(std::move(id), std::move(record)).first->second;
    if (!in_order_) return;
    if (!order_.empty() && !comes_before(*order_.back(), kept)) {
        in_order_ = false;
        return;
    }
    order_.push_back(&kept);
}

void Space::forget(std::string_view id) {
    const auto found = records_.find(std::string(id));
    if (found == records_.end() || found->second.seq) return;
    start_anew();
    records_.erase(found);
}

void Space::start_anew() {
    in_order_ = false;
    order_.clear();
    folded_ = 0;
    newer_ = 0;
    room_ = RoomFold();
    shared_ = SharedFold(me_);
}

void Space::settle() {
    if (!in_order_) {
        start_anew();
        order_.reserve(records_.size());
        for (const auto& [id, record] : records_) order_.push_back(&record);
        std::ranges::sort(order_, [](const Record* left, const Record* right) {
            return comes_before(*left, *right);
        });
        in_order_ = true;
    }
    for (; folded_ < order_.size(); ++folded_) apply(*order_[folded_]);
}

void Space::apply(const Record& record) {
    if (act_of<Newer>(record) != nullptr) ++newer_;
    if (kind_ == SpaceKind::Room) {
        room_.apply(record);
    } else {
        shared_.apply(record);
    }
}

}  // namespace seen::core
