#include "support/person.hpp"

#include <gtest/gtest.h>

namespace seen::test {

TEST(Record, seq_counts_from_one_in_each_space) {
    const RunningServer server;
    const Couple couple(server);
    for (int i = 1; i <= 3; ++i)
        EXPECT_EQ(couple.anna.append(couple.space, couple.anna.durable()).json()["seq"], i);
    EXPECT_EQ(couple.anna.append(couple.anna.room(), couple.anna.durable()).json()["seq"], 1);
}

TEST(Record, what_was_kept_comes_back_byte_for_byte) {
    const RunningServer server;
    const Couple couple(server);
    auto record = couple.anna.durable();
    record["prev"] = text_of(random_bytes(32));
    const auto kept = couple.anna.append(couple.space, record).json();
    EXPECT_EQ(kept["kept"], true);
    const auto page = couple.ben.page(couple.space).json();
    EXPECT_EQ(page["head"], 1);
    auto expected = record;
    expected.erase("erases");
    expected["author"] = couple.anna.account();
    expected["seq"] = 1;
    expected["stamp"] = kept["stamp"];
    EXPECT_EQ(page["records"], nlohmann::json::array({expected}));
}

TEST(Record, the_same_record_again_gets_the_first_answer_and_stands_once) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    const auto record = person.durable();
    const Reply first = person.append(person.room(), record);
    ASSERT_EQ(first.status, 200);
    EXPECT_EQ(person.append(person.room(), person.durable()).status, 200);
    EXPECT_EQ(person.append(person.room(), record).bytes, first.bytes);
    EXPECT_EQ(person.page(person.room()).json()["records"].size(), 2U);
}

TEST(Record, a_known_id_with_other_bytes_is_refused_as_different) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    auto record = person.durable();
    ASSERT_EQ(person.append(person.room(), record).status, 200);
    record["sealed"] = text_of(random_bytes(1064));
    const Reply reply = person.append(person.room(), record);
    EXPECT_EQ(reply.status, 409);
    EXPECT_EQ(reply.error(), "different");
}

TEST(Record, only_size_classes_are_taken) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (const std::size_t size : {1U, 40U, 1063U, 1065U, 1104U, 4000U, 16425U, 16900U}) {
        auto record = person.durable();
        record["sealed"] = text_of(random_bytes(size));
        const Reply reply = person.append(person.room(), record);
        EXPECT_EQ(reply.status, 422) << size;
        EXPECT_EQ(reply.error(), "wrong_size");
    }
    for (const std::size_t size : {1024U, 4096U, 16384U, 17408U, 65536U}) {
        auto record = person.durable();
        record["sealed"] = text_of(random_bytes(size + 40));
        EXPECT_EQ(person.append(person.room(), record).status, 200) << size;
    }
}

TEST(Record, a_held_one_of_the_smallest_size_is_refused) {
    const RunningServer server;
    const Couple couple(server);
    auto record = couple.anna.held(random_id());
    record["sealed"] = text_of(random_bytes(1064));
    EXPECT_EQ(couple.anna.append(couple.space, record).status, 422);
}

TEST(Record, one_of_more_than_160_kib_is_too_large) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    auto record = person.durable();
    record["sealed"] = text_of(random_bytes(163'841));
    EXPECT_EQ(person.append(person.room(), record).status, 413);
}

TEST(Record, an_epoch_that_is_not_the_newest_is_stale) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (const int epoch : {0, 2}) {
        auto record = person.durable();
        record["epoch"] = epoch;
        const Reply reply = person.append(person.room(), record);
        EXPECT_EQ(reply.status, 409);
        EXPECT_EQ(reply.error(), "stale_epoch");
    }
}

TEST(Record, one_of_a_wrong_shape_is_a_bad_request) {
    const RunningServer server;
    const Couple couple(server);
    const auto with = [&](const char* field, const nlohmann::json& value) {
        auto record = couple.anna.durable();
        record[field] = value;
        return couple.anna.append(couple.space, record).status;
    };
    EXPECT_EQ(with("v", 2), 400);
    EXPECT_EQ(with("class", "brief"), 400);
    EXPECT_EQ(with("hold", random_id()), 400);
    EXPECT_EQ(with("id", "short"), 400);
    EXPECT_EQ(with("epoch", "1"), 400);
    EXPECT_EQ(with("epoch", -1), 400);
    EXPECT_EQ(with("epoch", 1.0), 400);
    EXPECT_EQ(with("sealed", "not base64url!"), 400);
    EXPECT_EQ(with("prev", "AAAA"), 400);
    EXPECT_EQ(with("device", text_of(couple.ben.device().id())), 400);
    EXPECT_EQ(with("anything", "unknown is ignored"), 200);
}

TEST(Record, a_foreign_space_and_none_at_all_answer_with_the_same_bytes) {
    const RunningServer server;
    const Couple couple(server);
    const Person stranger = Person::arrived(server);
    const std::string nowhere = random_id();
    const auto same = [](const Reply& foreign, const Reply& none) {
        EXPECT_EQ(foreign.status, 404);
        EXPECT_EQ(foreign.bytes, none.bytes);
    };
    const auto at = [](const std::string& space, const std::string& rest) {
        return "/v1/spaces/" + space + rest;
    };
    for (const char* rest : {"", "/records", "/records?after=3&limit=5", "/held"})
        same(stranger.get(at(couple.space, rest)), stranger.get(at(nowhere, rest)));
    const auto record = stranger.durable();
    same(stranger.append(couple.space, record), stranger.append(nowhere, record));
    const std::string hold = "/held/" + random_id();
    same(stranger.remove(at(couple.space, hold)), stranger.remove(at(nowhere, hold)));
    same(stranger.get(at(couple.anna.room(), "")), stranger.get("/v1/spaces/not-even-an-id"));
}

TEST(Record, the_partner_never_reads_ones_own_room) {
    const RunningServer server;
    const Couple couple(server);
    ASSERT_EQ(couple.anna.append(couple.anna.room(), couple.anna.durable()).status, 200);
    EXPECT_EQ(couple.ben.page(couple.anna.room()).status, 404);
    EXPECT_EQ(couple.ben.get("/v1/spaces/" + couple.anna.room()).status, 404);
}

TEST(Record, pages_follow_one_another_without_gaps) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (int i = 0; i < 23; ++i)
        ASSERT_EQ(person.append(person.room(), person.durable()).status, 200);
    std::uint64_t after = 0;
    std::uint64_t head = 1;
    while (after < head) {
        const auto page = person
                              .get("/v1/spaces/" + person.room() +
                                   "/records?limit=5&after=" + std::to_string(after))
                              .json();
        ASSERT_LE(page["records"].size(), 5U);
        for (const auto& record : page["records"]) EXPECT_EQ(record["seq"], ++after);
        head = page["head"];
    }
    EXPECT_EQ(after, 23U);
}

TEST(Record, a_page_of_large_records_is_bounded_in_bytes_and_goes_on) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (int i = 0; i < 12; ++i) {
        auto record = person.durable();
        record["sealed"] = text_of(random_bytes(131072 + 40));
        ASSERT_EQ(person.append(person.room(), record).status, 200);
    }
    const Reply first = person.page(person.room());
    EXPECT_LT(first.body.size(), 1'000'000U);
    const auto records = first.json()["records"];
    EXPECT_EQ(first.json()["head"], 12);
    EXPECT_EQ(person.page(person.room(), records.size()).json()["records"][0]["seq"],
              records.size() + 1);
}

TEST(Record, a_limit_outside_1_to_500_is_a_bad_request) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    for (const char* query : {"limit=0", "limit=501", "limit=x", "after=-1", "after=", "limit=1e3"})
        EXPECT_EQ(person.get("/v1/spaces/" + person.room() + "/records?" + query).status, 400)
            << query;
}

TEST(Record, erasing_removes_ones_own_bytes_and_leaves_the_place) {
    const RunningServer server;
    const Couple couple(server);
    const auto note = couple.anna.durable();
    ASSERT_EQ(couple.anna.append(couple.space, note).status, 200);
    auto removal = couple.anna.durable();
    removal["erases"] = note["id"];
    ASSERT_EQ(couple.anna.append(couple.space, removal).status, 200);
    const auto records = couple.ben.page(couple.space).json()["records"];
    EXPECT_EQ(records[0]["id"], note["id"]);
    EXPECT_TRUE(records[0]["sealed"].is_null());
    EXPECT_EQ(records[1]["sealed"], removal["sealed"]);
}

TEST(Record, nobody_erases_what_the_other_wrote) {
    const RunningServer server;
    const Couple couple(server);
    const auto note = couple.anna.durable();
    ASSERT_EQ(couple.anna.append(couple.space, note).status, 200);
    auto removal = couple.ben.durable();
    removal["erases"] = note["id"];
    EXPECT_EQ(couple.ben.append(couple.space, removal).status, 200);
    EXPECT_EQ(couple.ben.page(couple.space).json()["records"][0]["sealed"], note["sealed"]);
}

TEST(Record, members_stand_in_the_order_of_joining) {
    const RunningServer server;
    const Couple couple(server);
    const auto space = couple.ben.get("/v1/spaces/" + couple.space).json();
    EXPECT_EQ(space["kind"], "shared");
    EXPECT_EQ(space["members"][0]["account"], couple.anna.account());
    EXPECT_EQ(space["members"][1]["account"], couple.ben.account());
    EXPECT_EQ(space["members"][0]["devices"].size(), 1U);
    EXPECT_EQ(space["epochs"].size(), 1U);
    EXPECT_EQ(space["head"], 0);
}

TEST(Record, more_than_six_hundred_appends_in_a_minute_are_too_many) {
    const RunningServer server;
    const Person person = Person::arrived(server);
    auto record = person.durable();
    for (int i = 0; i < 600; ++i) ASSERT_EQ(person.append(person.room(), record).status, 200);
    const Reply reply = person.append(person.room(), record);
    EXPECT_EQ(reply.status, 429);
    EXPECT_TRUE(reply.headers.contains("retry-after"));
}

}  // namespace seen::test
