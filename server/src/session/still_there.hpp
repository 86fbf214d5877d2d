#pragma once

/// A request is let in by its session when it comes, but its turn to write comes later: meanwhile
/// the device may have been removed or the account deleted. So whoever writes is looked at again
/// inside the transaction, and Unauthorized is all that such a one hears.

#include "ledger/ledger.hpp"
#include "session/sessions.hpp"

namespace seen::server {

[[nodiscard]] Result<void> still_there(Storage& storage, const Session& session);

template <class T>
void write_as(Ledger& ledger, const Session& session, std::function<Result<T>(Storage&)> work,
              const std::function<void(Result<T>)>& then) {
    ledger.write<T>(
        [session, work = std::move(work)](Storage& storage) -> Result<T> {
            if (const auto there = still_there(storage, session); !there)
                return refuse(there.error());
            return work(storage);
        },
        then);
}

}  // namespace seen::server
