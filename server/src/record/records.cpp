#include "record/records.hpp"

#include "record/log.hpp"
#include "seen/server/limits.hpp"
#include "session/still_there.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

namespace seen::server {

Records::Records(Ledger& ledger, const Clock& clock, Hub& hub)
    : ledger_(ledger), clock_(clock), hub_(hub), appended_(limits::appends_per_minute, 60'000) {}

void Records::append(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    const Moment now = clock_.now();
    if (const auto seconds = appended_.take(rate_key(request.account()), now))
        return answer(slow_down(*seconds));
    auto asked = read_new_record(request.body);
    if (!asked) return answer(refused(asked.error()));
    if (asked->device != request.session->device) return answer(refused(Refusal::BadRequest));
    const bool durable = asked->kind == RecordClass::Durable;
    write_as<Kept>(
        ledger_, *request.session,
        [space = *space, account = request.account(), asked = std::move(*asked),
         now](Storage& storage) { return server::append(storage, space, account, asked, now); },
        [this, space = *space, durable, answer](const Result<Kept>& kept) {
            if (!kept) return answer(refused(kept.error()));
            if (kept->log_grew) hub_.log_grew(space);
            for (const AccountId& account : kept->held_changed) hub_.held_changed(space, account);
            nlohmann::json body{{"kept", true}};
            if (durable) {
                body["seq"] = kept->seq;
                body["stamp"] = kept->stamp;
            }
            answer(json_response(200, body));
        });
}

void Records::page(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    const auto after = number_in(request.query, "after", 0);
    const auto limit = number_in(request.query, "limit", limits::page_records);
    if (!space) return answer(refused(Refusal::NotFound));
    if (!after || !limit || *limit < 1 || *limit > limits::page_records)
        return answer(refused(Refusal::BadRequest));
    ledger_.read<RecordPage>(
        [space = *space, account = request.account(), after = *after,
         limit = *limit](Storage& storage) -> Result<RecordPage> {
            if (!storage.standing(space, account)) return refuse(Refusal::NotFound);
            return storage.records(space, after, limit, limits::page_bytes);
        },
        [answer](const Result<RecordPage>& page) {
            if (!page) return answer(refused(page.error()));
            answer(json_response(200, {{"records", to_json(page->records)}, {"head", page->head}}));
        });
}

void Records::held(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    if (!space) return answer(refused(Refusal::NotFound));
    ledger_.read<std::vector<Record>>(
        [space = *space, account = request.account(),
         now = clock_.now()](Storage& storage) -> Result<std::vector<Record>> {
            if (!storage.standing(space, account)) return refuse(Refusal::NotFound);
            return held_at(storage, space, account, now);
        },
        [answer](const Result<std::vector<Record>>& held) {
            if (!held) return answer(refused(held.error()));
            answer(json_response(200, {{"held", to_json(*held)}}));
        });
}

void Records::take_back(const Request& request, const Answer& answer) {
    const auto space = id_from<SpaceId>(request.parts.at(0));
    const auto hold = id_from<HoldId>(request.parts.at(1));
    if (!space || !hold) return answer(refused(Refusal::NotFound));
    write_as<TakenBack>(
        ledger_, *request.session,
        [space = *space, hold = *hold, account = request.account()](Storage& storage) {
            return server::take_back(storage, space, hold, account);
        },
        [this, space = *space, account = request.account(),
         answer](const Result<TakenBack>& taken) {
            if (!taken) return answer(refused(taken.error()));
            if (taken->changed) hub_.held_changed(space, account);
            answer(json_response(200, {{"ok", true}, {"head", taken->head}}));
        });
}

}  // namespace seen::server
