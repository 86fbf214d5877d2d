#include "brief/briefs.hpp"

#include "seen/server/limits.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

#include <utility>

namespace seen::server {

Briefs::Briefs(Ledger& ledger, const Clock& clock, Hub& hub, Rings& rings)
    : ledger_(ledger),
      clock_(clock),
      hub_(hub),
      rings_(rings),
      said_(limits::briefs_per_minute, 60'000) {}

void Briefs::say(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    if (const auto seconds = said_.take(rate_key(request.account()), clock_.now()))
        return answer(slow_down(*seconds));
    const auto said = read_new_brief(request.body);
    if (!said) return answer(refused(said.error()));
    if (said->device != request.session->device) return answer(refused(Refusal::BadRequest));
    ledger_.read<SpaceStanding>(
        [space = *space, account = request.account()](Storage& storage) -> Result<SpaceStanding> {
            const auto standing = storage.standing(space, account);
            if (!standing) return refuse(Refusal::NotFound);
            return *standing;
        },
        [this, space = *space, account = request.account(), said = *said,
         answer](const Result<SpaceStanding>& standing) {
            if (!standing) return answer(refused(standing.error()));
            if (said.epoch != standing->newest_epoch) return answer(refused(Refusal::StaleEpoch));
            answer(heard(space, account, said));
        });
}

Response Briefs::heard(const SpaceId& space, const AccountId& account, NewBrief said) {
    const auto heard = rings_.hear(space, account, std::move(said), clock_.now());
    if (!heard) return refused(heard.error());
    if (heard->is_new) hub_.brief_heard(space, brief_frame(space, heard->ring, {heard->brief}));
    return json_response(
        200, {{"heard", true}, {"n", heard->brief->n}, {"ring", base64url(heard->ring)}});
}

}  // namespace seen::server
