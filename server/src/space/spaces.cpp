#include "space/spaces.hpp"

#include "wire/write.hpp"

namespace seen::server {

namespace {

Result<Space> whole_space(Storage& storage, const SpaceId& id, const AccountId& reader) {
    const auto standing = storage.standing(id, reader);
    if (!standing) return refuse(Refusal::NotFound);
    Space space{.space = id,
                .kind = standing->kind,
                .members = {},
                .epochs = storage.epochs(id),
                .head = standing->head};
    for (const AccountId& member : storage.members(id)) {
        const auto keys = storage.account(member);
        if (!keys) throw StorageFailure("a member without an account");
        space.members.push_back({member, *keys, storage.devices(member)});
    }
    return space;
}

}  // namespace

void Spaces::show(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    ledger_.read<Space>(
        [space = *space, account = request.account()](Storage& storage) {
            return whole_space(storage, space, account);
        },
        [answer](const Result<Space>& shown) {
            answer(shown ? json_response(200, to_json(*shown)) : refused(shown.error()));
        });
}

}  // namespace seen::server
