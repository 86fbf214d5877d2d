#include "seen/core/journal/event.hpp"
#include "seen/core/journal/fields.hpp"

#include <string>
#include <utility>

namespace seen::core {
namespace {

void read(Fields& fields, NameSet& act) {
    act.name = fields.string("name");
}
void read(Fields& /*fields*/, PhraseChecked& /*act*/) {}
void read(Fields& fields, SpaceJoined& act) {
    act.space = fields.id("space");
    if (const auto role = role_of(fields.string("role"))) {
        act.role = *role;
    } else {
        fields.refuse("role");
    }
    Fields partner(fields.any("partner"), Code::BadEvent);
    act.partner = partner.id("account");
    act.partner_name = partner.string_or_none("name");
    if (partner.failure()) fields.refuse("partner");
}
void read(Fields& fields, SpaceKey& act) {
    act.space = fields.id("space");
    act.n = fields.whole("n");
}
void read(Fields& fields, SpaceLeft& act) {
    act.space = fields.id_or_none("space");
}
void read(Fields& fields, DeviceNamed& act) {
    act.device = fields.id("device");
    act.name = fields.string("name");
}
void read(Fields& fields, EpochBegan& act) {
    act.n = fields.whole("n");
}
void read(Fields& fields, NoteKept& act) {
    act.text = fields.string("text");
}
void read(Fields& fields, NoteChanged& act) {
    act.target = fields.id("target");
    act.text = fields.string("text");
}
void read(Fields& fields, NoteRemoved& act) {
    act.target = fields.id("target");
}
void read(Fields& fields, TruthGiven& act) {
    act.text = fields.string("text");
}
void read(Fields& fields, TruthWaiting& act) {
    act.counter = fields.whole("counter");
}
void read(Fields& fields, TruthQuiet& act) {
    act.counter = fields.whole("counter");
}
void read(Fields& fields, TruthWithdrawn& act) {
    act.target = fields.id("target");
}
void read(Fields& fields, ResponseGiven& act) {
    act.target = fields.id("target");
    if (const auto kind = response_kind_of(fields.string("kind"))) {
        act.kind = *kind;
    } else {
        fields.refuse("kind");
    }
    act.text = fields.string_or_none("text");
}
void read(Fields& fields, WaitingAgreed& act) {
    act.tell = fields.truth("tell");
}

void write(Json& json, const NameSet& act) {
    json["name"] = act.name;
}
void write(Json& /*json*/, const PhraseChecked& /*act*/) {}
void write(Json& json, const SpaceJoined& act) {
    json["space"] = act.space;
    json["role"] = spelling_of(act.role);
    Json& partner = json["partner"];
    if (!partner.is_object()) partner = Json::object();
    partner["account"] = act.partner;
    if (act.partner_name) partner["name"] = *act.partner_name;
}
void write(Json& json, const SpaceKey& act) {
    json["space"] = act.space;
    json["n"] = act.n;
}
void write(Json& json, const SpaceLeft& act) {
    if (act.space) json["space"] = *act.space;
}
void write(Json& json, const DeviceNamed& act) {
    json["device"] = act.device;
    json["name"] = act.name;
}
void write(Json& json, const EpochBegan& act) {
    json["n"] = act.n;
}
void write(Json& json, const NoteKept& act) {
    json["text"] = act.text;
}
void write(Json& json, const NoteChanged& act) {
    json["target"] = act.target;
    json["text"] = act.text;
}
void write(Json& json, const NoteRemoved& act) {
    json["target"] = act.target;
}
void write(Json& json, const TruthGiven& act) {
    json["text"] = act.text;
}
void write(Json& json, const TruthWaiting& act) {
    json["counter"] = act.counter;
}
void write(Json& json, const TruthQuiet& act) {
    json["counter"] = act.counter;
}
void write(Json& json, const TruthWithdrawn& act) {
    json["target"] = act.target;
}
void write(Json& json, const ResponseGiven& act) {
    json["target"] = act.target;
    json["kind"] = spelling_of(act.kind);
    if (act.text) json["text"] = *act.text;
}
void write(Json& json, const WaitingAgreed& act) {
    json["tell"] = act.tell;
}

/// What stays of `json` when everything that writing the act makes again is taken away.
Json rest_of(const Json& json, const Act& act) {
    const Json known = write_event(Event{act, nullptr});
    Json rest = Json::object();
    for (const auto& [name, value] : json.items()) {
        const auto made = known.find(name);
        if (made == known.end() && value.is_null()) continue;
        if (made == known.end() || *made != value) rest[name] = value;
    }
    return rest.empty() ? Json() : rest;
}

template <typename One>
concept KnownAct = requires { One::type; };

/// Tries the alternatives of `Act` from `index` on.
template <std::size_t index = 0>
Result<Act> read_act(std::string_view type, Fields& fields) {
    if constexpr (index == std::variant_size_v<Act>) {
        return Act{Unknown{}};
    } else {
        using One = std::variant_alternative_t<index, Act>;
        if constexpr (KnownAct<One>) {
            if (type == One::type) {
                One act;
                read(fields, act);
                if (fields.failure()) return std::unexpected(*fields.failure());
                return Act{std::move(act)};
            }
        }
        return read_act<index + 1>(type, fields);
    }
}

template <typename One>
void write_whole(Json& json, const One& act) {
    if constexpr (KnownAct<One>) {
        json["v"] = event_version;
        json["type"] = One::type;
        write(json, act);
    }
}

}  // namespace

Result<Event> read_event(const Json& json) {
    if (!is_shallow(json)) return fail(Code::BadEvent, "too deep");
    Fields fields(json, Code::BadEvent);
    const std::uint64_t version = fields.whole("v");
    const std::string type = fields.string("type");
    if (version == 0) fields.refuse("v");
    if (fields.failure()) return std::unexpected(*fields.failure());
    if (version > event_version) return Event{Newer{}, json};

    auto act = read_act(type, fields);
    if (!act) return std::unexpected(act.error());
    if (std::holds_alternative<Unknown>(*act)) return Event{Unknown{}, json};
    if (const auto wrong = check_act(*act)) return fail(Code::BadEvent, wrong->detail);
    Json rest = rest_of(json, *act);
    return Event{*std::move(act), std::move(rest)};
}

Json write_event(const Event& event) {
    Json json = event.rest.is_object() ? event.rest : Json::object();
    std::visit([&json](const auto& act) { write_whole(json, act); }, event.act);
    return json;
}

}  // namespace seen::core
