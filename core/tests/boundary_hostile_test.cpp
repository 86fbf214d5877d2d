/// Whatever bytes come, there is an answer, and it is JSON in UTF-8.

#include "desk.hpp"
#include "seen/core/text/utf8.hpp"

#include <random>
#include <vector>

namespace seen::tests {
namespace {

/// Every answer is one object with either "ok" or a whole error.
void expect_answer(boundary::Boundary& boundary, const std::string& call) {
    const std::string answer = boundary.call(call);
    ASSERT_TRUE(core::is_valid_utf8(answer)) << call.substr(0, 200);
    const Json json = parse(answer);
    ASSERT_TRUE(json.is_object()) << call.substr(0, 200);
    if (json.contains("ok")) return;
    ASSERT_TRUE(json.contains("error")) << call.substr(0, 200);
    const Json& error = json["error"];
    ASSERT_TRUE(error["code"].is_number() && error["name"].is_string() &&
                error["message"].is_string());
}

std::string repeated(const std::string& part, std::size_t count) {
    std::string text;
    for (std::size_t index = 0; index < count; ++index) text += part;
    return text;
}

std::vector<std::string> nasty_calls() {
    const std::string zero(1, '\0');
    return {
        "",
        " ",
        zero,
        "{",
        "}",
        "[",
        "null",
        "true",
        "0",
        "-",
        "\"",
        "{}",
        "[]",
        "{\"call\"}",
        "{\"call\":null}",
        "{\"call\":[]}",
        "{\"call\":\"\"}",
        "{\"call\":\"" + zero + "\"}",
        "{\"call\":\"version\"",
        "{\"call\":\"version\"}}",
        "{\"call\":\"version\",}",
        "\xFF\xFE",
        "{\"call\":\"\xFF\"}",
        "{\"call\":\"\xC0\x80\"}",
        "{\"call\":\"\\ud800\"}",
        "{\"call\":\"\\u00\"}",
        "\xEF\xBB\xBF{\"call\":\"version\"}",
        "{\"call\":\"open\",\"me\":7}",
        "{\"call\":\"open\",\"me\":\"\"}",
        "{\"call\":\"open\",\"me\":\"" + std::string(100'000, 'a') + "\"}",
        "{\"call\":\"version\",\"call\":\"open\"}",
        "NaN",
        "Infinity",
        "1e999",
        "{\"call\":1e999}",
        "{\"call\":\"view\",\"name\":\"room\",\"now\":-1,\"limit\":9}",
        "{\"call\":\"view\",\"name\":\"room\",\"now\":1,\"before\":1.5,\"limit\":9}",
        "{\"call\":\"view\",\"name\":\"room\",\"now\":1,\"limit\":99999999999999999999}",
        "{\"call\":\"view\",\"name\":{\"a\":1},\"now\":1}",
        "{\"call\":\"absorb\",\"records\":{}}",
        "{\"call\":\"absorb\",\"records\":[null,1,\"a\",[],{}]}",
        "{\"call\":\"space\",\"members\":\"ada\"}",
        "{\"call\":\"absorb\",\"records\":[{\"id\":[[[]]]}]}",
        "{\"call\":\"intend\",\"intent\":[]}",
        R"({"call":"intend","space":"two","id":"i","now":1,"intent":{"type":"joined","partner":[]}})",
        repeated("[", 300'000),
        repeated("[", 60'000) + repeated("]", 60'000),
        repeated("{\"a\":", 60'000) + "1" + repeated("}", 60'000),
        "{\"call\":\"absorb\",\"records\":" + repeated("[", 60'000) + repeated("]", 60'000) + "}",
        R"({"call":"absorb","records":[{"space":"two","id":"i","author":"ben","seq":1,"at":1,"event":)" +
            repeated("{\"a\":", 60'000) + "1" + repeated("}", 60'000) + "}]}",
        "{\"call\":" + repeated("[", 60'000) + repeated("]", 60'000) + "}",
    };
}

TEST(HostileCalls, every_nasty_call_has_an_answer) {
    for (const std::string& call : nasty_calls()) {
        Desk closed;
        expect_answer(closed.boundary(), call);
        Desk open = open_desk();
        open.absorb(release("h0", 1));
        expect_answer(open.boundary(), call);
        expect_answer(open.boundary(), R"({"call":"view","name":"today","now":1})");
    }
}

TEST(HostileCalls, one_bad_record_does_not_cost_the_others) {
    Desk desk = open_desk();
    const std::string deep = repeated("[", 100'000) + repeated("]", 100'000);
    const std::string good =
        core::write_json(record("two", "good", "ben", 2, event("name.set", {{"name", "Ben"}})));
    const std::string answer = desk.boundary().call(
        R"({"call":"absorb","records":[{"space":"two","id":"deep","author":"ben","seq":1,"at":1,"event":)" +
        deep + "}," + good + "]}");
    EXPECT_EQ(answer, R"({"ok":{"absorbed":1,"refused":[{"id":"deep","name":"bad_event"}]}})");
}

TEST(HostileCalls, every_kind_of_value_in_every_place_has_an_answer) {
    const Json valid = Json::array({
        {{"call", "open"}, {"me", "ada"}},
        {{"call", "space"}, {"space", "s"}, {"kind", "shared"}, {"members", {"ada", "ben"}}},
        Desk::intent_call(
            "two", "i",
            {{"type", "respond"}, {"target", "h0-ben"}, {"kind", "words"}, {"text", "a"}}),
        Desk::intent_call("room", "i",
                          {{"type", "joined"},
                           {"shared", "two"},
                           {"role", "joiner"},
                           {"partner", {{"account", "ben"}, {"name", "B"}}}}),
        {{"call", "absorb"}, {"records", release("h1", 3)}},
        {{"call", "forget"}, {"space", "two"}, {"id", "i"}},
        {{"call", "view"},
         {"name", "between"},
         {"now", 1},
         {"space", "two"},
         {"before", nullptr},
         {"limit", 3}},
        {{"call", "view"}, {"name", "room"}, {"now", 1}, {"before", 3}, {"limit", 3}},
        {{"call", "view"}, {"name", "note"}, {"now", 1}, {"id", "n1"}},
    });
    const std::vector<std::string> values = {
        "null", "true",  "-1", "1.5", "1e300", "18446744073709551615",
        "\"\"", "\"x\"", "[]", "[1]", "{}",    "{\"a\":{}}"};
    for (const Json& call : valid) {
        const Json flat = call.flatten();
        for (const auto& [pointer, old] : flat.items()) {
            for (const std::string& value : values) {
                Json changed = call;
                changed[Json::json_pointer(pointer)] = parse(value);
                Desk desk = open_desk();
                desk.absorb(release("h0", 1));
                expect_answer(desk.boundary(), core::write_json(changed));
            }
        }
    }
}

TEST(HostileCalls, changed_cut_and_swapped_bytes_have_an_answer) {
    const std::vector<std::string> calls = {
        core::write_json({{"call", "absorb"}, {"records", release("h0", 1)}}),
        core::write_json(
            Desk::intent_call("two", "i", {{"type", "give"}, {"text", "I was afraid 😀"}})),
        R"({"call":"view","name":"between","now":1,"space":"two","before":null,"limit":3})",
        R"({"call":"absorb","records":[{"space":"two","id":"r","author":"ben","seq":9,"at":1,"hold":null,"event":{"v":1,"type":"response.given","target":"h0-ada","kind":"words","text":"\ud83d\ude00"}}]})",
    };
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        std::mt19937 engine(seed);
        Desk desk = open_desk();
        for (int round = 0; round < 300; ++round) {
            std::string call = calls[engine() % calls.size()];
            for (std::size_t change = engine() % 4; change > 0; --change) {
                const std::size_t at = engine() % call.size();
                switch (engine() % 4) {
                    case 0:
                        call[at] = static_cast<char>(engine() % 256);
                        break;
                    case 1:
                        call.erase(at, engine() % 8);
                        break;
                    case 2:
                        call.insert(at, call.substr(engine() % call.size(), engine() % 30));
                        break;
                    default:
                        call[at] = "{}[]\",:\\0u"[engine() % 10];
                }
                if (call.empty()) call = "{";
            }
            expect_answer(desk.boundary(), call);
            if (HasFatalFailure()) return;
        }
        static_cast<void>(desk.answer({{"call", "view"}, {"name", "today"}, {"now", 1}}));
    }
}

}  // namespace
}  // namespace seen::tests
