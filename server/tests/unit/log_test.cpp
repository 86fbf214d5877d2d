#include "record/log.hpp"

#include "temporary_storage.hpp"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

namespace seen::server::test {

/// Two people at random over two holds, beside a model of a few lines. Whatever they do, the log
/// has no gaps, a release stands together, and nothing that waits is in the log.
TEST(Log, random_giving_replacing_and_taking_back_keeps_its_laws) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    const TemporaryStorage temporary;
    Storage& storage = *temporary.storage;
    storage.begin();
    add_couple(storage);
    std::map<std::pair<int, int>, RecordId> waiting;  // by hold and person
    std::set<int> released;
    std::vector<RecordId> log;
    for (int i = 0; i < 240; ++i) {
        const int person = static_cast<int>(random() % 2);
        const int place = static_cast<int>(random() % 12);
        const AccountId& author = person == 0 ? anna : ben;
        const auto under = some_id<HoldId>(static_cast<std::uint8_t>(100 + place));
        const auto number = static_cast<std::uint8_t>(i);
        if (random() % 3 == 0) {
            const auto taken = take_back(storage, shared, under, author);
            ASSERT_TRUE(taken);
            EXPECT_EQ(taken->changed, waiting.erase({place, person}) > 0);
            continue;
        }
        const auto kept = append(storage, shared, author, asked(number, under), i);
        ASSERT_EQ(kept.has_value(), !released.contains(place));
        if (!kept) continue;
        waiting[{place, person}] = some_id<RecordId>(number);
        const bool both = waiting.contains({place, 0}) && waiting.contains({place, 1});
        EXPECT_EQ(kept->log_grew, both);
        if (!both) continue;
        for (const int one : {0, 1}) {
            log.push_back(waiting[{place, one}]);
            waiting.erase({place, one});
        }
        released.insert(place);
    }
    const RecordPage page = storage.records(shared, 0, 1000, 100'000'000);
    ASSERT_EQ(page.records.size(), log.size());
    for (std::size_t at = 0; at < log.size(); ++at) {
        EXPECT_EQ(page.records[at].seq, at + 1);
        EXPECT_EQ(page.records[at].id, log[at]);
    }
    EXPECT_EQ(storage.held_by(shared, anna).size() + storage.held_by(shared, ben).size(),
              waiting.size());
    storage.rollback();
}

TEST(Log, a_stranger_is_told_not_found_before_anything_else) {
    const TemporaryStorage temporary;
    Storage& storage = *temporary.storage;
    storage.begin();
    add_couple(storage);
    NewRecord record = asked(1);
    record.epoch = 77;
    EXPECT_EQ(append(storage, shared, some_id<AccountId>(66), record, 1).error(),
              Refusal::NotFound);
    EXPECT_EQ(take_back(storage, shared, hold, some_id<AccountId>(66)).error(), Refusal::NotFound);
    storage.rollback();
}

TEST(Log, in_ones_own_room_a_held_record_opens_at_once) {
    const TemporaryStorage temporary;
    Storage& storage = *temporary.storage;
    storage.begin();
    const auto room = some_id<SpaceId>(60);
    storage.add_space(room, SpaceKind::Room, {anna}, some_epoch());
    EXPECT_TRUE(append(storage, room, anna, asked(1, hold), 1)->log_grew);
    EXPECT_EQ(storage.records(room, 0, 10, 1'000'000).records.size(), 1U);
    storage.rollback();
}

}  // namespace seen::server::test
