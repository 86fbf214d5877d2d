#include "account/accounts.hpp"

#include "seen/server/limits.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

#include <algorithm>

namespace seen::server {

namespace {

/// Whether the pieces of a new account belong together and are signed.
Result<AccountId> proven(const NewAccount& asked) {
    const AccountId account = account_id(asked.keys);
    const DeviceEntry& entry = asked.device;
    const Epoch& epoch = asked.epoch;
    if (entry.n != 0 || epoch.n != 1 || epoch.device != device_id(entry))
        return refuse(Refusal::BadRequest);
    if (!entry_is_signed(asked.keys, entry)) return refuse(Refusal::Unauthorized);
    if (epoch.head != entry_hash(account, entry)) return refuse(Refusal::BadRequest);
    if (!epoch_is_signed(asked.room, epoch, entry.sign)) return refuse(Refusal::Unauthorized);
    return account;
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

Result<DeviceId> add(Storage& storage, const AccountId& account, const DeviceEntry& entry) {
    const auto keys = storage.account(account);
    if (!keys) return refuse(Refusal::NotFound);
    if (!entry_is_signed(*keys, entry)) return refuse(Refusal::Unauthorized);
    const auto entries = storage.devices(account);
    if (std::ranges::find(entries, entry) != entries.end()) return device_id(entry);
    const bool is_next = entry.n == entries.size() && !entries.empty() &&
                         entry.prev == entry_hash(account, entries.back());
    if (!is_next) return refuse(Refusal::StaleHead);
    if (entries.size() >= limits::devices_per_account) return refuse(Refusal::Quota);
    storage.add_device(account, entry);
    return device_id(entry);
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

void Accounts::add_device(const Request& request, const Answer& answer) {
    if (request.session->device) return answer(refused(Refusal::Unauthorized));
    const auto entry = read_new_device(request.body);
    if (!entry) return answer(refused(entry.error()));
    ledger_.write<DeviceId>([account = request.account(), entry = *entry](
                                Storage& storage) { return add(storage, account, entry); },
                            [answer](const Result<DeviceId>& added) {
                                if (!added) return answer(refused(added.error()));
                                answer(json_response(201, {{"device", base64url(*added)}}));
                            });
}

}  // namespace seen::server
