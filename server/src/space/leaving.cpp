#include "space/leaving.hpp"

namespace seen::server {

Result<Left> leave(Storage& storage, const SpaceId& space, const AccountId& account, bool erase,
                   Moment now) {
    const auto standing = storage.standing(space, account);
    if (!standing) {
        if (!storage.has_left(space, account)) return refuse(Refusal::NotFound);
        if (erase) storage.erase_all_by(space, account);
        return Left{};
    }
    if (standing->kind == SpaceKind::Room) return refuse(Refusal::OutOfTurn);
    storage.drop_all_held(space);
    if (erase) storage.erase_all_by(space, account);
    storage.mark_left(space, account, now);
    Left left{true, standing->newest_epoch, storage.members(space)};
    if (left.stays.empty()) storage.empty_space(space);
    return left;
}

}  // namespace seen::server
