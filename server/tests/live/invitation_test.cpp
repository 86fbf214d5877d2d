#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

namespace {

const nlohmann::json nothing = nlohmann::json::object();

/// One invitation by anna, and the calls on it.
struct Invited {
    explicit Invited(const RunningServer& server)
        : anna(Person::arrived(server)),
          ben(Person::arrived(server)),
          stranger(Person::arrived(server)) {
        EXPECT_EQ(anna.post("/v1/invitations", {{"lookup", lookup}, {"blob", blob}}).status, 201);
    }
    [[nodiscard]] Reply step(const Person& person, const std::string& name,
                             const nlohmann::json& body = nothing) const {
        return person.post("/v1/invitations/" + lookup + "/" + name, body);
    }
    [[nodiscard]] Reply show(const Person& person) const {
        return person.get("/v1/invitations/" + lookup);
    }
    void until_revealed() const {
        ASSERT_EQ(step(ben, "claim").status, 200);
        ASSERT_EQ(step(ben, "answer", {{"answer", text_of(random_bytes(300))}}).status, 200);
        ASSERT_EQ(step(anna, "reveal", {{"reveal", text_of(random_bytes(72))}}).status, 200);
    }
    [[nodiscard]] nlohmann::json annas_epoch(const std::string& of) const {
        return anna.epoch(of, 1, {&anna, &ben});
    }
    [[nodiscard]] nlohmann::json annas_confirm() const {
        return {{"confirm", text_of(random_bytes(32))},
                {"space", space},
                {"epoch", annas_epoch(space)}};
    }
    Person anna;
    Person ben;
    Person stranger;
    std::string lookup = random_id();
    std::string blob = text_of(random_bytes(400));
    std::string space = random_id();
};

}  // namespace

TEST(Invitation, claiming_gives_the_blob_and_is_the_claimers_alone) {
    const RunningServer server;
    const Invited invited(server);
    const Reply claimed = invited.step(invited.ben, "claim");
    EXPECT_EQ(claimed.status, 200);
    EXPECT_EQ(claimed.json()["blob"], invited.blob);
    EXPECT_EQ(invited.step(invited.ben, "claim").bytes, claimed.bytes) << "again by the same";
    const Reply other = invited.step(invited.stranger, "claim");
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.error(), "used");
}

TEST(Invitation, nobody_claims_their_own) {
    const RunningServer server;
    const Invited invited(server);
    EXPECT_EQ(invited.step(invited.anna, "claim").error(), "out_of_turn");
}

TEST(Invitation, it_expires_after_a_day) {
    const RunningServer server({"--demo"});
    Invited invited(server);
    ASSERT_EQ(invited.anna.post("/v1/demo/clock", {{"offset_ms", 24 * 3600 * 1000 + 1000}}).status,
              200);
    invited.ben.sign_in();
    const Reply late = invited.step(invited.ben, "claim");
    EXPECT_EQ(late.status, 410);
    EXPECT_EQ(late.error(), "expired");
    invited.anna.sign_in();
    EXPECT_EQ(invited.show(invited.anna).json()["stage"], "expired");
}

TEST(Invitation, the_steps_come_in_their_order_and_from_their_side) {
    const RunningServer server;
    const Invited invited(server);
    const nlohmann::json answer{{"answer", text_of(random_bytes(300))}};
    const nlohmann::json reveal{{"reveal", text_of(random_bytes(72))}};
    const nlohmann::json confirm{{"confirm", text_of(random_bytes(32))}};
    EXPECT_EQ(invited.step(invited.anna, "reveal", reveal).error(), "out_of_turn");
    EXPECT_EQ(invited.step(invited.ben, "answer", answer).status, 404) << "not claimed yet";
    ASSERT_EQ(invited.step(invited.ben, "claim").status, 200);
    EXPECT_EQ(invited.step(invited.anna, "reveal", reveal).error(), "out_of_turn");
    EXPECT_EQ(invited.step(invited.anna, "answer", answer).error(), "out_of_turn");
    ASSERT_EQ(invited.step(invited.ben, "answer", answer).status, 200);
    EXPECT_EQ(invited.step(invited.ben, "confirm", confirm).error(), "out_of_turn");
    EXPECT_EQ(invited.step(invited.ben, "reveal", reveal).error(), "out_of_turn");
    ASSERT_EQ(invited.step(invited.anna, "reveal", reveal).status, 200);
    EXPECT_EQ(invited.step(invited.ben, "confirm", confirm).status, 200);
}

TEST(Invitation,
     each_step_again_with_the_same_bytes_answers_the_same_and_with_others_is_different) {
    const RunningServer server;
    const Invited invited(server);
    ASSERT_EQ(invited.step(invited.ben, "claim").status, 200);
    const nlohmann::json answer{{"answer", text_of(random_bytes(300))}};
    const Reply first = invited.step(invited.ben, "answer", answer);
    EXPECT_EQ(invited.step(invited.ben, "answer", answer).bytes, first.bytes);
    const Reply other =
        invited.step(invited.ben, "answer", {{"answer", text_of(random_bytes(300))}});
    EXPECT_EQ(other.status, 409);
    EXPECT_EQ(other.error(), "different");
}

TEST(Invitation, both_confirms_in_either_order_make_the_space) {
    const RunningServer server;
    for (const bool anna_first : {true, false}) {
        const Invited invited(server);
        invited.until_revealed();
        const auto annas = invited.annas_confirm();
        const nlohmann::json bens{{"confirm", text_of(random_bytes(32))}};
        const Person& early = anna_first ? invited.anna : invited.ben;
        const Person& late = anna_first ? invited.ben : invited.anna;
        ASSERT_EQ(invited.step(early, "confirm", anna_first ? annas : bens).json()["stage"],
                  "revealed");
        EXPECT_EQ(invited.anna.get("/v1/spaces/" + invited.space).status, 404)
            << "one is not enough";
        const Reply joined = invited.step(late, "confirm", anna_first ? bens : annas);
        EXPECT_EQ(joined.json()["stage"], "joined");
        EXPECT_EQ(joined.json()["space"], invited.space);
        EXPECT_EQ(invited.step(late, "confirm", anna_first ? bens : annas).bytes, joined.bytes);
        const auto space = invited.ben.get("/v1/spaces/" + invited.space).json();
        EXPECT_EQ(space["members"].size(), 2U);
        EXPECT_EQ(space["epochs"][0], annas["epoch"]);
        EXPECT_EQ(invited.step(invited.ben, "end").error(), "out_of_turn") << "joined is joined";
    }
}

TEST(Invitation, an_epoch_that_the_inviter_did_not_sign_makes_no_space) {
    const RunningServer server;
    const Invited invited(server);
    invited.until_revealed();
    auto confirm = invited.annas_confirm();
    confirm["epoch"] = invited.ben.epoch(invited.space, 1, {&invited.anna, &invited.ben});
    EXPECT_EQ(invited.step(invited.anna, "confirm", confirm).status, 400);
    confirm["epoch"] = invited.annas_epoch(random_id());
    EXPECT_EQ(invited.step(invited.anna, "confirm", confirm).status, 401);
    EXPECT_FALSE(invited.show(invited.anna).json()["confirms"].contains("inviter"));
}

TEST(Invitation, a_space_that_exists_already_cannot_be_proposed) {
    const RunningServer server;
    const Invited invited(server);
    invited.until_revealed();
    nlohmann::json confirm{{"confirm", text_of(random_bytes(32))},
                           {"space", invited.ben.room()},
                           {"epoch", invited.annas_epoch(invited.ben.room())}};
    EXPECT_EQ(invited.step(invited.anna, "confirm", confirm).error(), "different");
}

TEST(Invitation, either_ends_it_and_then_it_is_ended_for_all) {
    const RunningServer server;
    const Invited invited(server);
    invited.until_revealed();
    EXPECT_EQ(invited.step(invited.ben, "end").json()["stage"], "ended");
    EXPECT_EQ(invited.step(invited.ben, "end").status, 200);
    EXPECT_EQ(invited.step(invited.anna, "end").status, 200);
    const Reply confirm = invited.step(invited.anna, "confirm", invited.annas_confirm());
    EXPECT_EQ(confirm.status, 410);
    EXPECT_EQ(confirm.error(), "ended");
    EXPECT_EQ(invited.step(invited.stranger, "claim").error(), "ended");
}

TEST(Invitation, to_a_third_person_it_does_not_exist) {
    const RunningServer server;
    const Invited invited(server);
    ASSERT_EQ(invited.step(invited.ben, "claim").status, 200);
    const Reply foreign = invited.show(invited.stranger);
    EXPECT_EQ(foreign.status, 404);
    EXPECT_EQ(foreign.bytes, invited.stranger.get("/v1/invitations/" + random_id()).bytes);
    EXPECT_EQ(invited.step(invited.stranger, "end").status, 404);
    EXPECT_EQ(invited.step(invited.stranger, "answer", {{"answer", "AAAA"}}).status, 404);
}

TEST(Invitation, both_sides_hear_of_every_step) {
    const RunningServer server;
    const Invited invited(server);
    FollowClient anna_hears = invited.anna.follow(invited.anna.room());
    ASSERT_TRUE(anna_hears.hear_with("held").is_object());
    ASSERT_EQ(invited.step(invited.ben, "claim").status, 200);
    const auto claimed = anna_hears.hear_with("invitation")["invitation"];
    EXPECT_EQ(claimed["stage"], "claimed");
    EXPECT_EQ(claimed["role"], "inviter");
    FollowClient ben_hears = invited.ben.follow(invited.ben.room());
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    ASSERT_EQ(invited.step(invited.ben, "answer", {{"answer", text_of(random_bytes(300))}}).status,
              200);
    EXPECT_EQ(anna_hears.hear_with("invitation")["invitation"]["stage"], "answered");
    const auto heard = ben_hears.hear_with("invitation")["invitation"];
    EXPECT_EQ(heard["role"], "invitee");
    EXPECT_EQ(heard, invited.show(invited.ben).json());
}

TEST(Invitation, making_it_again_answers_the_same_and_with_other_bytes_is_different) {
    const RunningServer server;
    const Invited invited(server);
    const auto again =
        invited.anna.post("/v1/invitations", {{"lookup", invited.lookup}, {"blob", invited.blob}});
    EXPECT_EQ(again.status, 201);
    const nlohmann::json other{{"lookup", invited.lookup}, {"blob", text_of(random_bytes(40))}};
    EXPECT_EQ(invited.anna.post("/v1/invitations", other).error(), "different");
    EXPECT_EQ(invited.ben.post("/v1/invitations", other).error(), "different");
}

TEST(Invitation, an_account_has_at_most_five_open_ones) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    std::vector<std::string> lookups;
    const auto open = [&] {
        lookups.push_back(random_id());
        return person.post("/v1/invitations",
                           {{"lookup", lookups.back()}, {"blob", text_of(random_bytes(40))}});
    };
    for (int i = 0; i < 5; ++i) EXPECT_EQ(open().status, 201);
    EXPECT_EQ(open().status, 429);
    EXPECT_EQ(person.post("/v1/invitations/" + lookups.front() + "/end", nothing).status, 200);
    EXPECT_EQ(open().status, 201) << "an ended one makes room";
}

TEST(Invitation, after_ten_failed_claims_an_address_waits) {
    const RunningServer server;
    const Invited invited(server);
    for (int i = 0; i < 10; ++i)
        EXPECT_EQ(invited.ben.post("/v1/invitations/" + random_id() + "/claim", nothing).status,
                  404);
    const Reply reply = invited.step(invited.ben, "claim");
    EXPECT_EQ(reply.status, 429);
    EXPECT_TRUE(reply.headers.contains("retry-after"));
}

}  // namespace seen::test
