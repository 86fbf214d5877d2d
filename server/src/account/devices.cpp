#include "account/devices.hpp"

#include "session/still_there.hpp"
#include "wire/requests.hpp"

#include <nlohmann/json.hpp>

namespace seen::server {

void Devices::change(const Request& request, const Answer& answer) {
    if (request.session->device) return answer(refused(Refusal::Unauthorized));
    const auto asked = read_device_change(request.body);
    if (!asked) return answer(refused(asked.error()));
    write_as<ChangedList>(
        ledger_, *request.session,
        [account = request.account(), asked = *asked](Storage& storage) {
            return change_list(storage, account, asked);
        },
        [this, account = request.account(), asked = *asked,
         answer](const Result<ChangedList>& changed) {
            if (!changed) return answer(refused(changed.error()));
            if (changed->fresh && asked.entry.kind == EntryKind::Removed) {
                sessions_.end(account, changed->device);
                hub_.dismiss(account, changed->device);
            }
            if (changed->fresh)
                for (const SpaceEpoch& turn : asked.epochs) hub_.turned(turn.space, turn.epoch.n);
            answer(json_response(201, {{"device", base64url(changed->device)}}));
        });
}

}  // namespace seen::server
