#include "seen/boundary/boundary.hpp"

#include "read_intent.hpp"
#include "seen/core/journal/fields.hpp"
#include "seen/core/journal/intend.hpp"
#include "write_view.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace seen::boundary {

using core::Code;
using core::Error;
using core::fail;
using core::Fields;
using core::Json;
using core::Result;
using core::Space;
using core::SpaceKind;

namespace {

/// The most items of a page.
constexpr std::uint64_t page_limit = 500;

std::string answer_of(const Result<Json>& result) {
    if (result) return core::write_json({{"ok", *result}});
    const Error& error = result.error();
    return core::write_json({{"error",
                              {{"code", core::number_of(error.code)},
                               {"name", core::name_of(error.code)},
                               {"message", core::message_of(error)}}}});
}

Result<Json> done(const Result<void>& result) {
    if (!result) return std::unexpected(result.error());
    return Json::object();
}

std::size_t read_limit(Fields& fields) {
    const std::uint64_t limit = fields.whole("limit");
    if (limit == 0 || limit > page_limit) fields.refuse("limit");
    return static_cast<std::size_t>(std::min(limit, page_limit));
}

SpaceKind read_kind(Fields& fields) {
    const std::string kind = fields.string("kind");
    if (kind != "room" && kind != "shared") fields.refuse("kind");
    return kind == "room" ? SpaceKind::Room : SpaceKind::Shared;
}

std::vector<std::string> read_accounts(Fields& fields, std::string_view name) {
    std::vector<std::string> accounts;
    for (const Json& account : fields.array(name)) {
        if (const auto* id = account.get_ptr<const std::string*>()) {
            accounts.push_back(*id);
        } else {
            fields.refuse(name);
        }
    }
    return accounts;
}

/// Those of the members who have left; nobody where it is not said.
std::vector<std::string> read_left(Fields& fields) {
    if (fields.any("left").is_null()) return {};
    return read_accounts(fields, "left");
}

Json write_intended(const core::Intended& intended) {
    Json answer = {{"event", core::write_event(intended.event)},
                   {"class", intended.held ? "held" : "durable"}};
    if (intended.counter) answer["counter"] = *intended.counter;
    if (intended.erases) answer["erases"] = *intended.erases;
    return answer;
}

Json write_refusal(const Json& record, const Error& error) {
    const Json* id = nullptr;
    if (record.is_object() && record.contains("id")) id = &record["id"];
    return {{"id", id != nullptr && id->is_string() ? *id : Json()},
            {"name", core::name_of(error.code)}};
}

}  // namespace

/// The calls and the views, each with its arguments; the tables below are the only lists of them.
struct Calls {
    core::Journal* journal;
    Fields* fields;

    // Arguments are read first, then checked together.
    [[nodiscard]] Result<Json> space() const {
        const std::string id = fields->id("space");
        const SpaceKind kind = read_kind(*fields);
        std::vector<std::string> members = read_accounts(*fields, "members");
        const std::vector<std::string> left = read_left(*fields);
        if (fields->failure()) return std::unexpected(*fields->failure());
        return done(journal->declare(id, kind, std::move(members), left));
    }

    [[nodiscard]] Result<Json> intend() const {
        const std::string space = fields->id("space");
        const std::string id = fields->id("id");
        static_cast<void>(fields->whole("now"));
        if (fields->failure()) return std::unexpected(*fields->failure());
        auto act = read_intent(fields->any("intent"));
        if (!act) return std::unexpected(act.error());
        const auto intended = core::intend(*journal, space, id, *std::move(act));
        if (!intended) return std::unexpected(intended.error());
        return write_intended(*intended);
    }

    [[nodiscard]] Result<Json> absorb() const {
        const Json& records = fields->array("records");
        if (fields->failure()) return std::unexpected(*fields->failure());
        std::size_t absorbed = 0;
        Json refused = Json::array();
        for (const Json& record : records) {
            auto incoming = core::read_record(record);
            const Result<void> taken = incoming ? journal->absorb(*std::move(incoming))
                                                : std::unexpected(incoming.error());
            if (taken) {
                ++absorbed;
            } else {
                refused.push_back(write_refusal(record, taken.error()));
            }
        }
        return Json{{"absorbed", absorbed}, {"refused", std::move(refused)}};
    }

    [[nodiscard]] Result<Json> forget() const {
        const std::string space = fields->id("space");
        const std::string id = fields->id("id");
        if (fields->failure()) return std::unexpected(*fields->failure());
        return done(journal->forget(space, id));
    }

    [[nodiscard]] Result<Json> view() const;

    [[nodiscard]] Result<Json> view_me() const { return write(core::view_me(*journal)); }
    [[nodiscard]] Result<Json> view_today() const {
        return write(core::view_today(*journal, fields->instant("now")));
    }

    [[nodiscard]] Result<Json> view_exchange() const {
        const auto space = shared();
        if (!space) return std::unexpected(space.error());
        return write(
            core::view_exchange(*journal, fields->string("space"), fields->instant("now")));
    }

    [[nodiscard]] Result<Json> view_agreement() const {
        const auto space = shared();
        if (!space) return std::unexpected(space.error());
        return write(core::view_agreement(*journal, fields->string("space")));
    }

    [[nodiscard]] Result<Json> view_devices() const {
        const auto space = own_room();
        if (!space) return std::unexpected(space.error());
        return write(core::view_devices(**space));
    }

    [[nodiscard]] Result<Json> view_opened() const {
        const std::uint64_t counter = fields->whole("counter");
        const auto space = shared();
        if (!space) return std::unexpected(space.error());
        return write(core::view_opened(**space, counter));
    }

    [[nodiscard]] Result<Json> view_between() const {
        const auto before = fields->whole_or_none("before");
        const std::size_t limit = read_limit(*fields);
        const auto space = shared();
        if (!space) return std::unexpected(space.error());
        return write(core::view_between(**space, before, limit));
    }

    [[nodiscard]] Result<Json> view_room() const {
        const auto before = fields->whole_or_none("before");
        const std::size_t limit = read_limit(*fields);
        const auto space = own_room();
        if (!space) return std::unexpected(space.error());
        return write(core::view_room(**space, before, limit));
    }

    [[nodiscard]] Result<Json> view_note() const {
        const std::string id = fields->id("id");
        const auto space = own_room();
        if (!space) return std::unexpected(space.error());
        return write(core::view_note(**space, id));
    }

    /// One's own room, once all arguments have been read.
    [[nodiscard]] Result<const Space*> own_room() const {
        if (fields->failure()) return std::unexpected(*fields->failure());
        const Space* const space = journal->room();
        if (space == nullptr) return fail(Code::UnknownSpace);
        return space;
    }

    /// The shared space that the call names, once all arguments have been read.
    [[nodiscard]] Result<const Space*> shared() const {
        const std::string id = fields->id("space");
        if (fields->failure()) return std::unexpected(*fields->failure());
        const Space* const space = journal->space(id);
        if (space == nullptr) return fail(Code::UnknownSpace);
        if (space->kind() != SpaceKind::Shared) return fail(Code::NotJoined);
        return space;
    }

    static Result<Json> version() { return Json{{"version", SEEN_VERSION}, {"events", 1}}; }

    static Result<Json> open(Boundary& boundary, Fields& fields) {
        std::string me = fields.id("me");
        if (fields.failure()) return std::unexpected(*fields.failure());
        boundary.journal_.emplace(std::move(me));
        return Json::object();
    }

    static Result<Json> answer(Boundary& boundary, const Json& call);
};

namespace {

struct Entry {
    std::string_view name;
    Result<Json> (Calls::*answer)() const;
};

constexpr std::array calls = {
    Entry{"space", &Calls::space},   Entry{"intend", &Calls::intend},
    Entry{"absorb", &Calls::absorb}, Entry{"forget", &Calls::forget},
    Entry{"view", &Calls::view},
};

constexpr std::array views = {
    Entry{"me", &Calls::view_me},           Entry{"exchange", &Calls::view_exchange},
    Entry{"today", &Calls::view_today},     Entry{"between", &Calls::view_between},
    Entry{"opened", &Calls::view_opened},   Entry{"room", &Calls::view_room},
    Entry{"note", &Calls::view_note},       Entry{"agreement", &Calls::view_agreement},
    Entry{"devices", &Calls::view_devices},
};

}  // namespace

Result<Json> Calls::view() const {
    const std::string name = fields->string("name");
    static_cast<void>(fields->whole("now"));
    if (fields->failure()) return std::unexpected(*fields->failure());
    const auto entry = std::ranges::find(views, name, &Entry::name);
    if (entry == views.end()) return fail(Code::UnknownCall, "view");
    return (this->*(entry->answer))();
}

Result<Json> Calls::answer(Boundary& boundary, const Json& call) {
    Fields fields(call, Code::BadArgument);
    const std::string name = fields.string("call");
    if (fields.failure()) return std::unexpected(*fields.failure());
    if (name == "version") return version();
    if (name == "open") return open(boundary, fields);
    const auto entry = std::ranges::find(calls, name, &Entry::name);
    if (entry == calls.end()) return fail(Code::UnknownCall, "call");
    if (!boundary.journal_) return fail(Code::NotOpened);
    return (Calls{&*boundary.journal_, &fields}.*(entry->answer))();
}

std::string Boundary::call(std::string_view json) {
    const Json call = core::parse_json(json);
    if (call.is_discarded()) return answer_of(fail(Code::NotJson));
    return answer_of(Calls::answer(*this, call));
}

}  // namespace seen::boundary
