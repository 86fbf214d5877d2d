/// Every id that was taken stays known, wherever it is kept by now.

#include "temporary_storage.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

namespace {

RecordId numbered(std::uint32_t number) {
    RecordId id;
    // Out of order, as random ids are.
    number *= 2'654'435'761U;
    std::memcpy(id.bytes.data(), &number, sizeof number);
    return id;
}

KnownRecord about(std::uint64_t seq) {
    return {
        .author = anna, .digest = Hash{1}, .kind = RecordClass::Durable, .seq = seq, .stamp = 1};
}

struct KnownIds : testing::Test {
    KnownIds() {
        storage.begin();
        add_couple(storage);
        storage.commit();
    }
    void remember(std::uint32_t from, std::uint32_t to, std::uint64_t plus = 0) {
        storage.begin();
        for (std::uint32_t i = from; i < to; ++i)
            storage.remember(shared, numbered(i), about(i + plus));
        storage.commit();
        storage.tidy();
    }
    TemporaryStorage temporary;
    Storage& storage = *temporary.storage;
};

/// How many of these are known as they were remembered.
std::uint32_t known_of(Storage& storage, std::uint32_t count, std::uint64_t plus = 0) {
    storage.begin();
    std::uint32_t found = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        const auto known = storage.known(shared, numbered(i));
        found += known && known->seq == i + plus ? 1U : 0U;
    }
    storage.rollback();
    return found;
}

}  // namespace

TEST_F(KnownIds, all_are_known_before_and_after_they_are_sorted_in) {
    for (std::uint32_t i = 0; i < 10'000; i += 500) {
        remember(i, i + 500);
        ASSERT_EQ(known_of(storage, i + 500), i + 500);
    }
    EXPECT_EQ(known_of(*temporary.open(SqliteUse::Write), 10'000), 10'000U) << "opened again";
    EXPECT_EQ(known_of(*temporary.open(SqliteUse::Read), 10'000), 10'000U) << "by a reader";
}

TEST_F(KnownIds, the_last_thing_said_of_an_id_counts) {
    remember(0, 5000);
    remember(0, 100, 7);
    EXPECT_EQ(known_of(storage, 100, 7), 100U) << "new over sorted in";
    remember(0, 100, 8);
    EXPECT_EQ(known_of(storage, 100, 8), 100U) << "new over new";
    remember(5000, 10'000);
    EXPECT_EQ(known_of(storage, 100, 8), 100U) << "sorted in";
}

TEST_F(KnownIds, what_was_rolled_back_is_not_known) {
    remember(0, 10);
    storage.begin();
    storage.remember(shared, numbered(10), about(10));
    storage.remember(shared, numbered(0), about(77));
    EXPECT_TRUE(storage.known(shared, numbered(10)));
    storage.rollback();
    EXPECT_EQ(known_of(storage, 11), 10U);
}

TEST_F(KnownIds, an_emptied_space_knows_none_any_more) {
    remember(0, 5000);
    remember(5000, 5100);
    storage.begin();
    storage.empty_space(shared);
    storage.commit();
    EXPECT_EQ(known_of(storage, 5100), 0U);
    EXPECT_EQ(known_of(*temporary.open(SqliteUse::Write), 5100), 0U);
}

TEST_F(KnownIds, a_reader_keeps_to_what_it_saw) {
    const auto reader = temporary.open(SqliteUse::Read);
    EXPECT_EQ(known_of(*reader, 5), 0U);
    remember(0, 5);
    EXPECT_EQ(known_of(*reader, 5), 5U);
}

TEST_F(KnownIds, an_id_of_one_space_is_unknown_in_another) {
    remember(0, 1);
    storage.begin();
    EXPECT_FALSE(storage.known(some_id<SpaceId>(99), numbered(0)));
    storage.rollback();
}

}  // namespace seen::server::test
