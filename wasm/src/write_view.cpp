#include "write_view.hpp"

namespace seen::boundary {
namespace {

using core::Json;

template <typename Value>
Json or_null(const std::optional<Value>& value) {
    return value ? Json(*value) : Json();
}

Json write_given(const core::GivenView& view) {
    Json response;
    if (view.response) {
        response = {{"id", view.response->id},
                    {"by", view.response->by},
                    {"kind", core::spelling_of(view.response->kind)},
                    {"text", or_null(view.response->text)},
                    {"at", view.response->at}};
    }
    return {{"id", view.id},
            {"by", view.by},
            {"at", view.at},
            {"text", or_null(view.text)},
            {"withdrawn", view.withdrawn},
            {"response", std::move(response)}};
}

}  // namespace

Json write(const core::MeView& view) {
    Json joined;
    if (view.joined) {
        joined = {
            {"space", view.joined->space},
            {"role", core::spelling_of(view.joined->role)},
            {"partner",
             {{"account", view.joined->partner}, {"name", or_null(view.joined->partner_name)}}}};
    }
    return {{"name", or_null(view.name)},
            {"phrase_checked", view.phrase_checked},
            {"joined", std::move(joined)},
            {"over", view.over},
            {"newer", view.newer}};
}

Json write(const core::ExchangeView& view) {
    Json mine;
    if (view.mine) {
        mine = {{"id", view.mine->id},
                {"text", view.mine->text},
                {"at", view.mine->at},
                {"lapsed", view.mine->lapsed}};
    }
    return {{"counter", view.counter},
            {"state", view.state},
            {"mine", std::move(mine)},
            {"theirs_waits", view.theirs_waits},
            {"may_tell", view.may_tell}};
}

Json write(const core::AgreementView& view) {
    return {{"mine", or_null(view.mine)}, {"theirs", or_null(view.theirs)}};
}

Json write(const core::DevicesView& view) {
    Json names = Json::object();
    for (const auto& [device, name] : view.names) names[device] = name;
    return {{"names", std::move(names)}};
}

Json write(const core::TodayView& view) {
    return {{"me", write(view.me)},
            {"exchange", write(view.exchange)},
            {"to_receive", write(view.to_receive)}};
}

Json write(const core::OpenedView& view) {
    return {{"counter", view.counter},
            {"stamp", view.stamp},
            {"mine", write_given(view.mine)},
            {"theirs", write_given(view.theirs)}};
}

Json write(const core::NoteView& view) {
    return {{"id", view.id},
            {"seq", or_null(view.seq)},
            {"text", view.text},
            {"at", view.at},
            {"changed_at", or_null(view.changed_at)},
            {"pending", view.pending}};
}

}  // namespace seen::boundary
