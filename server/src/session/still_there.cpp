#include "session/still_there.hpp"

namespace seen::server {

Result<void> still_there(Storage& storage, const Session& session) {
    if (!session.device) {
        if (!storage.account(session.account)) return refuse(Refusal::Unauthorized);
        return {};
    }
    if (!live_device(storage.devices(session.account), *session.device))
        return refuse(Refusal::Unauthorized);
    return {};
}

}  // namespace seen::server
