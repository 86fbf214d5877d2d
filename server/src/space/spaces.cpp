#include "space/spaces.hpp"

#include "session/still_there.hpp"
#include "space/epochs.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

namespace seen::server {

namespace {

Result<Space> whole_space(Storage& storage, const SpaceId& id, const AccountId& reader) {
    const auto standing = storage.standing(id, reader);
    if (!standing) return refuse(Refusal::NotFound);
    return Space{.space = id,
                 .kind = standing->kind,
                 .members = storage.everyone(id),
                 .epochs = storage.epochs(id),
                 .head = standing->head};
}

/// Whether it is fresh; the very same epoch again changes nothing.
Result<bool> begin(Storage& storage, const SpaceId& space, const Session& by, const Epoch& epoch) {
    const auto standing = storage.standing(space, by.account);
    if (!standing) return refuse(Refusal::NotFound);
    if (epoch.n == standing->newest_epoch && storage.epochs(space).back() == epoch) return false;
    if (epoch.device != by.device) return refuse(Refusal::BadRequest);
    const auto sound = sound_epoch(epoch_place(storage, space, *standing), epoch);
    if (!sound) return refuse(sound.error());
    storage.add_epoch(space, epoch);
    return true;
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

void Spaces::begin_epoch(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    const auto epoch = read_new_epoch(request.body);
    if (!epoch) return answer(refused(epoch.error()));
    write_as<bool>(
        ledger_, *request.session,
        [space = *space, by = *request.session, epoch = *epoch](Storage& storage) {
            return begin(storage, space, by, epoch);
        },
        [this, space = *space, n = epoch->n, answer](const Result<bool>& begun) {
            if (!begun) return answer(refused(begun.error()));
            if (*begun) hub_.turned(space, n);
            answer(json_response(201, {{"n", n}}));
        });
}

void Spaces::leave(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    const auto erase = read_erase(request.body);
    if (!erase) return answer(refused(erase.error()));
    write_as<Left>(
        ledger_, *request.session,
        [space = *space, account = request.account(), erase = *erase, now = clock_.now()](
            Storage& storage) { return server::leave(storage, space, account, erase, now); },
        [this, space = *space, account = request.account(), answer](const Result<Left>& left) {
            if (!left) return answer(refused(left.error()));
            tell_of_leaving(hub_, space, account, *left);
            answer(json_response(200, {{"ok", true}}));
        });
}

void tell_of_leaving(Hub& hub, const SpaceId& space, const AccountId& account, const Left& left) {
    if (!left.fresh) return;
    hub.turned(space, left.epoch);
    hub.departed(space, account);
    for (const AccountId& member : left.stays) hub.held_changed(space, member);
}

}  // namespace seen::server
