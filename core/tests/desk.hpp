#pragma once
/// What the tests of the boundary share: a journal of "ada", who is with "ben", and short ways to
/// write calls and records. Answers are checked for their shape on the way.

#include "seen/boundary/boundary.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace seen::tests {

using core::Json;

inline Json parse(std::string_view text) {
    return Json::parse(text, nullptr, false);
}

class Desk {
  public:
    Json answer(const Json& call) {
        Json answer = parse(boundary_.call(core::write_json(call)));
        EXPECT_TRUE(answer.is_object() && answer.size() == 1) << call;
        return answer;
    }

    /// The answer, or null and a failed test.
    Json ok(const Json& call) {
        const Json given = answer(call);
        EXPECT_TRUE(given.contains("ok")) << call << " -> " << given;
        return given.contains("ok") ? given["ok"] : Json();
    }

    /// The name of the error, or what was answered instead.
    std::string error(const Json& call) {
        const Json given = answer(call);
        if (!given.contains("error")) return core::write_json(given);
        const auto* name = given["error"]["name"].get_ptr<const std::string*>();
        return name == nullptr ? "no name" : *name;
    }

    Json view(std::string_view name, const Json& takes = Json::object(),
              std::uint64_t now = 1'000) {
        Json call = takes;
        call["call"] = "view";
        call["name"] = name;
        call["now"] = now;
        return ok(call);
    }

    static Json intent_call(std::string_view space, std::string_view id, const Json& intent) {
        return {
            {"call", "intend"}, {"space", space}, {"id", id}, {"now", 1'000}, {"intent", intent}};
    }

    /// Absorbs one record or an array of them; gives the names of what was refused.
    std::string absorb(const Json& records) {
        const Json all = records.is_array() ? records : Json(Json::array({records}));
        const Json given = ok({{"call", "absorb"}, {"records", all}});
        std::string refused;
        for (const Json& one : given["refused"]) {
            refused += (refused.empty() ? "" : " ") + one["name"].get<std::string>();
        }
        return refused;
    }

    boundary::Boundary& boundary() { return boundary_; }

  private:
    boundary::Boundary boundary_;
};

/// A desk with a room and a shared space: "room" of ada, "two" of ada (the opener) and ben.
inline Desk open_desk() {
    Desk desk;
    desk.ok({{"call", "open"}, {"me", "ada"}});
    desk.ok({{"call", "space"}, {"space", "room"}, {"kind", "room"}, {"members", {"ada"}}});
    desk.ok({{"call", "space"}, {"space", "two"}, {"kind", "shared"}, {"members", {"ada", "ben"}}});
    return desk;
}

/// A record; `seq` absent while not acknowledged. Its time is the seq, or 900 while it waits.
inline Json record(std::string_view space, std::string_view id, std::string_view author,
                   std::optional<std::uint64_t> seq, const Json& event,
                   std::optional<std::string> hold = std::nullopt) {
    Json json = {{"space", space}, {"id", id}, {"author", author}, {"event", event}};
    json["seq"] = seq ? Json(*seq) : Json();
    json["at"] = seq.value_or(900);
    json["hold"] = hold ? Json(*hold) : Json();
    if (seq) json["stamp"] = 10'000 + *seq;
    return json;
}

inline Json event(std::string_view type, const Json& fields = Json::object()) {
    Json json = fields;
    json["v"] = 1;
    json["type"] = type;
    return json;
}

inline Json truth(std::string_view text) {
    return event("truth.given", {{"text", text}});
}

/// What both say to letting each other know; at the given seq and the one after it.
inline Json agreed(std::uint64_t seq, bool ada = true, bool ben = true) {
    return Json::array({record("two", "agreed" + std::to_string(seq), "ada", seq,
                               event("waiting.agreed", {{"tell", ada}})),
                        record("two", "agreed" + std::to_string(seq + 1), "ben", seq + 1,
                               event("waiting.agreed", {{"tell", ben}}))});
}

/// Both halves of one release: ids "<hold>-ada" and "<hold>-ben", texts alike.
inline Json release(const std::string& hold, std::uint64_t seq) {
    return Json::array(
        {record("two", hold + "-ada", "ada", seq, truth("of ada " + hold), hold),
         record("two", hold + "-ben", "ben", seq + 1, truth("of ben " + hold), hold)});
}

}  // namespace seen::tests
