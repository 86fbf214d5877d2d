#include "support/data_search.hpp"
#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

namespace {

const nlohmann::json nothing = nlohmann::json::object();

nlohmann::json some_bytes(const char* name, std::size_t count) {
    return {{name, text_of(random_bytes(count))}};
}

/// Anna's device invites a new one, which has nothing but its ticket.
struct Pairing {
    explicit Pairing(const RunningServer& running)
        : server(running), anna(Person::arrived(running)) {
        const nlohmann::json invitation{{"lookup", lookup},
                                        {"blob", text_of(random_bytes(400))},
                                        {"kind", "device"},
                                        {"code", {{"lookup", code}, {"sealed", sealed}}}};
        EXPECT_EQ(anna.post("/v1/invitations", invitation).status, 201);
    }
    [[nodiscard]] Reply present(const std::string& step, const nlohmann::json& body) const {
        return anna.post(path() + "/" + step, body);
    }
    [[nodiscard]] Reply fresh(const std::string& step, const nlohmann::json& body) const {
        return ask(server.address(), "POST", path() + "/" + step, body.dump(),
                   {{"Authorization", "Ticket " + ticket}});
    }
    [[nodiscard]] Reply claim(const std::string& with) const {
        return ask(server.address(), "POST", path() + "/claim",
                   nlohmann::json{{"ticket", with}}.dump());
    }
    [[nodiscard]] Reply typed(const std::string& of) const {
        return ask(server.address(), "POST", "/v1/codes/" + of, "{}");
    }
    void until_both_have_looked() const {
        ASSERT_EQ(claim(ticket).status, 200);
        ASSERT_EQ(fresh("answer", some_bytes("answer", 300)).status, 200);
        ASSERT_EQ(present("reveal", some_bytes("reveal", 72)).status, 200);
    }
    [[nodiscard]] nlohmann::json admission() const {
        return {{"confirm", text_of(random_bytes(32))},
                {"entry", anna.next_entry(device, "added", &anna.device())},
                {"handover", text_of(random_bytes(200))}};
    }
    [[nodiscard]] std::string path() const { return "/v1/invitations/" + lookup; }

    const RunningServer& server;
    Person anna;
    Device device;
    std::string ticket = text_of(random_bytes(32));
    std::string lookup = random_id();
    std::string code = random_id();
    std::string sealed = text_of(random_bytes(56));
};

}  // namespace

TEST(Pairing, a_device_joins_only_by_the_present_devices_signature) {
    const RunningServer server;
    const Pairing pairing(server);
    pairing.until_both_have_looked();
    const auto good = pairing.admission();
    EXPECT_EQ(pairing.present("confirm", good).error(), "out_of_turn") << "before the new one";
    ASSERT_EQ(pairing.fresh("confirm", some_bytes("confirm", 32)).status, 200);

    auto bad = good;
    bad["entry"]["signature"] = text_of(random_bytes(64));
    EXPECT_EQ(pairing.present("confirm", bad).status, 401);
    bad["entry"] = pairing.anna.next_entry(pairing.device, "added", &pairing.device);
    EXPECT_NE(pairing.present("confirm", bad).status, 200) << "signed by itself";
    bad["entry"] = pairing.anna.entry(pairing.device, 1, text_of(random_bytes(32)), "added",
                                      &pairing.anna.device());
    EXPECT_EQ(pairing.present("confirm", bad).error(), "stale_head");
    EXPECT_THROW(pairing.anna.on(pairing.device).sign_in(), std::runtime_error);

    const Reply joined = pairing.present("confirm", good);
    ASSERT_EQ(joined.status, 200) << joined.body;
    EXPECT_EQ(joined.json()["stage"], "joined");
    EXPECT_EQ(pairing.present("confirm", good).bytes, joined.bytes) << "again the same";
    const auto seen_by_it = ask(server.address(), "GET", pairing.path(), "",
                                {{"Authorization", "Ticket " + pairing.ticket}})
                                .json();
    EXPECT_EQ(seen_by_it["handover"], good["handover"]);
    EXPECT_EQ(seen_by_it["role"], "invitee");
    Person second = pairing.anna.on(pairing.device);
    second.sign_in();
    EXPECT_EQ(second.get("/v1/account").json()["devices"].size(), 2U);
}

TEST(Pairing, a_ticket_opens_its_own_invitation_and_nothing_else) {
    const RunningServer server;
    const Pairing pairing(server);
    ASSERT_EQ(pairing.claim(pairing.ticket).status, 200);
    EXPECT_EQ(pairing.claim(pairing.ticket).status, 200) << "again by the same";
    EXPECT_EQ(pairing.claim(text_of(random_bytes(32))).error(), "used");
    const auto with = [&](const std::string& ticket, const std::string& path) {
        return ask(server.address(), "GET", path, "", {{"Authorization", "Ticket " + ticket}});
    };
    EXPECT_EQ(with(text_of(random_bytes(32)), pairing.path()).bytes,
              with(pairing.ticket, "/v1/invitations/" + random_id()).bytes);
    EXPECT_EQ(with(pairing.ticket, "/v1/account").status, 401);
    EXPECT_EQ(with(pairing.ticket, "/v1/spaces/" + pairing.anna.room()).status, 401);
    EXPECT_FALSE(found_in(server.data(), raw_of(pairing.ticket))) << "only its hash is kept";
}

TEST(Pairing, a_person_and_a_device_do_not_take_each_others_invitations) {
    const RunningServer server;
    const Pairing pairing(server);
    const Person ben = Person::arrived(server);
    EXPECT_EQ(ben.post(pairing.path() + "/claim", nothing).error(), "out_of_turn");
    const std::string lookup = random_id();
    ASSERT_EQ(
        pairing.anna
            .post("/v1/invitations", {{"lookup", lookup}, {"blob", text_of(random_bytes(40))}})
            .status,
        201);
    const Reply reply = ask(server.address(), "POST", "/v1/invitations/" + lookup + "/claim",
                            nlohmann::json{{"ticket", pairing.ticket}}.dump());
    EXPECT_EQ(reply.error(), "out_of_turn");
    EXPECT_EQ(ask(server.address(), "POST", pairing.path() + "/claim", "{}").status, 401)
        << "neither token nor ticket";
}

TEST(Pairing, what_somebody_unknown_sends_is_small) {
    const RunningServer server;
    const Pairing pairing(server);
    const std::string large =
        nlohmann::json{{"ticket", pairing.ticket}, {"x", std::string(2000, 'x')}}.dump();
    EXPECT_EQ(ask(server.address(), "POST", pairing.path() + "/claim", large).status, 413);
    ASSERT_EQ(pairing.claim(pairing.ticket).status, 200);
    EXPECT_EQ(pairing.fresh("answer", some_bytes("answer", 10'000)).status, 413);
}

TEST(Codes, a_code_is_gone_once_claimed) {
    const RunningServer server;
    const Pairing pairing(server);
    EXPECT_EQ(pairing.typed(pairing.code).json()["sealed"], pairing.sealed);
    EXPECT_EQ(pairing.typed(pairing.code).status, 200) << "until it is claimed";
    ASSERT_EQ(pairing.claim(pairing.ticket).status, 200);
    const Reply gone = pairing.typed(pairing.code);
    EXPECT_EQ(gone.status, 404);
    EXPECT_EQ(gone.bytes, pairing.typed(random_id()).bytes);
    EXPECT_TRUE(soon_gone_from(server.data(), raw_of(pairing.sealed)));
}

TEST(Codes, two_unfinished_invitations_never_have_the_same) {
    const RunningServer server;
    const Pairing pairing(server);
    const Person ben = Person::arrived(server);
    const nlohmann::json other{{"lookup", random_id()},
                               {"blob", text_of(random_bytes(40))},
                               {"code", {{"lookup", pairing.code}, {"sealed", pairing.sealed}}}};
    EXPECT_EQ(ben.post("/v1/invitations", other).error(), "used");
    ASSERT_EQ(pairing.present("end", nothing).status, 200);
    EXPECT_EQ(pairing.typed(pairing.code).status, 404) << "ended";
    EXPECT_EQ(ben.post("/v1/invitations", other).status, 201);
}

TEST(Codes, guessing_codes_ends_in_429) {
    const RunningServer server;
    const Pairing pairing(server);
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(pairing.typed(pairing.code).status, 200) << "a right one costs nothing";
        EXPECT_EQ(pairing.typed(random_id()).status, 404);
    }
    const Reply slow = pairing.typed(pairing.code);
    EXPECT_EQ(slow.status, 429);
    EXPECT_TRUE(slow.headers.contains("retry-after"));
    EXPECT_EQ(pairing.claim(pairing.ticket).status, 429) << "claims and codes count together";
}

}  // namespace seen::test
