#include "account/accounts.hpp"

#include "account/deletion.hpp"
#include "seen/server/limits.hpp"
#include "session/still_there.hpp"
#include "space/epochs.hpp"
#include "space/spaces.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

namespace seen::server {

namespace {

/// Whether the pieces of a new account belong together and are signed.
Result<AccountId> proven(const NewAccount& asked) {
    const AccountId account = account_id(asked.keys);
    const DeviceEntry& entry = asked.device;
    if (entry.n != 0 || entry.kind != EntryKind::Added || entry.by)
        return refuse(Refusal::BadRequest);
    if (const auto first = may_follow(asked.keys, {}, entry); !first) return refuse(first.error());
    const EpochPlace place{asked.room, SpaceKind::Room, {{account, {entry}}}, 0};
    const auto sound = sound_epoch(place, asked.epoch);
    if (sound) return account;
    const bool forged = sound.error() == Refusal::Unauthorized;
    return refuse(forged ? Refusal::Unauthorized : Refusal::BadRequest);
}

struct Made {
    AccountId account;
    bool fresh = false;
};

bool is_the_same(Storage& storage, const AccountId& account, const NewAccount& asked) {
    const auto entries = storage.devices(account);
    if (entries.empty() || entries.front() != asked.device) return false;
    if (!storage.standing(asked.room, account)) return false;
    const auto epochs = storage.epochs(asked.room);
    return !epochs.empty() && epochs.front() == asked.epoch;
}

Result<Made> make(Storage& storage, const AccountId& account, const NewAccount& asked, Moment now) {
    if (storage.account(account)) {
        if (is_the_same(storage, account, asked)) return Made{account, false};
        return refuse(Refusal::Different);
    }
    if (storage.space_exists(asked.room)) return refuse(Refusal::Different);
    storage.add_account(account, asked.keys, now);
    storage.add_device(account, asked.device);
    storage.add_space(asked.room, SpaceKind::Room, {account}, asked.epoch);
    return Made{account, true};
}

}  // namespace

void Accounts::create(const Request& request, const Answer& answer) {
    const auto asked = read_new_account(request.body);
    if (!asked) return answer(refused(asked.error()));
    const auto account = proven(*asked);
    if (!account) return answer(refused(account.error()));
    if (const auto seconds = made_.wait(request.address, clock_.now()))
        return answer(slow_down(*seconds));
    ledger_.write<Made>([id = *account, asked = *asked, now = clock_.now()](
                            Storage& storage) { return make(storage, id, asked, now); },
                        [this, answer, address = request.address](const Result<Made>& made) {
                            if (!made) return answer(refused(made.error()));
                            if (made->fresh) made_.count(address, clock_.now());
                            answer(json_response(201, {{"account", base64url(made->account)}}));
                        });
}

void Accounts::show(const Request& request, const Answer& answer) {
    ledger_.read<nlohmann::json>(
        [account = request.account()](Storage& storage) -> Result<nlohmann::json> {
            auto spaces = nlohmann::json::array();
            for (const NamedSpace& named : storage.spaces_of(account))
                spaces.push_back(
                    {{"space", base64url(named.space)}, {"kind", to_json(named.kind)}});
            return nlohmann::json{{"account", base64url(account)},
                                  {"devices", to_json(storage.devices(account))},
                                  {"spaces", std::move(spaces)}};
        },
        [answer](const Result<nlohmann::json>& shown) {
            answer(shown ? json_response(200, *shown) : refused(shown.error()));
        });
}

void Accounts::remove(const Request& request, const Answer& answer) {
    if (request.session->device) return answer(refused(Refusal::Unauthorized));
    const auto erase = read_erase(request.body);
    if (!erase) return answer(refused(erase.error()));
    write_as<Deleted>(
        ledger_, *request.session,
        [account = request.account(), erase = *erase, now = clock_.now()](Storage& storage) {
            return delete_account(storage, account, erase, now);
        },
        [this, account = request.account(), answer](const Result<Deleted>& deleted) {
            if (!deleted) return answer(refused(deleted.error()));
            sessions_.end(account, std::nullopt);
            hub_.dismiss(account, std::nullopt);
            for (const LeftSpace& one : deleted->spaces)
                tell_of_leaving(hub_, one.space, account, one.left);
            for (const Invitation& ended : deleted->ended)
                hub_.invitation_changed(ended, clock_.now());
            answer(json_response(200, {{"ok", true}}));
        });
}

}  // namespace seen::server
