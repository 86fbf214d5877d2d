#include "seen/core/journal/journal.hpp"

#include <algorithm>
#include <utility>

namespace seen::core {
namespace {

bool fits(SpaceKind kind, const std::string& me, const std::vector<std::string>& members) {
    if (std::ranges::find(members, me) == members.end()) return false;
    if (kind == SpaceKind::Room) return members.size() == 1;
    return members.size() == 2 && members.front() != members.back();
}

}  // namespace

Result<void> Journal::declare(const std::string& space, SpaceKind kind,
                              std::vector<std::string> members,
                              const std::vector<std::string>& left) {
    if (!fits(kind, me_, members)) return fail(Code::BadArgument, "members");
    if (const auto found = spaces_.find(space); found != spaces_.end()) {
        const bool same = found->second.kind() == kind && found->second.members() == members;
        if (!same) return fail(Code::BadArgument, "space");
    } else {
        if (kind == SpaceKind::Room && room() != nullptr) return fail(Code::BadArgument, "space");
        spaces_.emplace(space, Space(kind, me_, std::move(members)));
    }
    if (kind == SpaceKind::Shared) {
        for (const std::string& account : left) spaces_.at(space).leave(account);
    }
    return {};
}

Result<void> Journal::absorb(Incoming incoming) {
    const auto found = spaces_.find(incoming.space);
    if (found == spaces_.end()) return fail(Code::UnknownSpace);
    Space& space = found->second;
    Record& record = incoming.record;
    if (!space.is_member(record.author)) return fail(Code::NotAMember);
    if (!record.seq && record.author != me_) return fail(Code::BadArgument, "seq");

    if (const auto* event = std::get_if<Event>(&record.content)) {
        if (!may_stand(event->act, space.kind(), record.hold.has_value())) {
            record.content = Unreadable{};
            incoming.wrong = Error{Code::BadEvent, "out of place"};
        }
    }
    space.absorb(std::move(record));
    if (incoming.wrong) return std::unexpected(*std::move(incoming.wrong));
    return {};
}

Result<void> Journal::forget(std::string_view space, std::string_view id) {
    const auto found = spaces_.find(space);
    if (found == spaces_.end()) return fail(Code::UnknownSpace);
    found->second.forget(id);
    return {};
}

const Space* Journal::space(std::string_view id) {
    const auto found = spaces_.find(id);
    if (found == spaces_.end()) return nullptr;
    found->second.settle();
    return &found->second;
}

const Space* Journal::room() {
    for (auto& [id, space] : spaces_) {
        if (space.kind() != SpaceKind::Room) continue;
        space.settle();
        return &space;
    }
    return nullptr;
}

Journal::Shared Journal::shared() {
    const Space* const own = room();
    const Record* const record = own == nullptr ? nullptr : own->room().joined();
    const std::string* const joined =
        record == nullptr ? nullptr : &act_of<SpaceJoined>(*record)->space;
    Shared shared;
    for (auto& [id, space] : spaces_) {
        if (space.kind() != SpaceKind::Shared) continue;
        if (shared.space != nullptr && (joined == nullptr || id != *joined)) continue;
        space.settle();
        shared = {&id, &space};
    }
    return shared;
}

bool Journal::have_left(std::string_view space) {
    const Space* const own = room();
    if (own != nullptr && own->room().has_left(space)) return true;
    const Space* const shared = this->space(space);
    return shared != nullptr && shared->mine_left();
}

bool Journal::has_newer() {
    bool newer = false;
    for (auto& [id, space] : spaces_) {
        space.settle();
        newer = newer || space.has_newer();
    }
    return newer;
}

}  // namespace seen::core
