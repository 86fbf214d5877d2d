#include "brief/meetings.hpp"
#include "brief/rings.hpp"
#include "seen/server/limits.hpp"

#include <gtest/gtest.h>

#include <random>

namespace seen::server::test {

namespace {

template <class AnyId>
AnyId id_of(std::uint64_t number) {
    AnyId id;
    std::memcpy(id.bytes.data(), &number, sizeof number);
    return id;
}

const auto anna = id_of<AccountId>(1);
const auto ben = id_of<AccountId>(2);
const auto space = id_of<SpaceId>(7);

NewBrief said(std::uint64_t number, std::size_t bytes = 1064) {
    return {.id = id_of<RecordId>(number), .device = {}, .epoch = 1, .sealed = Bytes(bytes, 1)};
}

Rings rings_in_order() {
    return Rings([next = std::uint64_t{100}]() mutable { return id_of<RingId>(next++); });
}

std::vector<std::uint64_t> places(const std::vector<const Brief*>& briefs) {
    std::vector<std::uint64_t> numbers;
    for (const Brief* brief : briefs) numbers.push_back(brief->n);
    return numbers;
}

}  // namespace

TEST(Ring, what_was_missed_is_given_in_order_and_nothing_twice) {
    Rings rings = rings_in_order();
    for (std::uint64_t i = 1; i <= 5; ++i) ASSERT_TRUE(rings.hear(space, anna, said(i), 0));
    const Ring* ring = rings.ring(space, 0);
    ASSERT_NE(ring, nullptr);
    EXPECT_EQ(places(ring->since(ring->id(), 2)), (std::vector<std::uint64_t>{3, 4, 5}));
    EXPECT_TRUE(ring->since(ring->id(), 5).empty());
    EXPECT_EQ(ring->since(id_of<RingId>(1), 4).size(), 5U);
    EXPECT_EQ(ring->since(std::nullopt, 4).size(), 5U);
}

TEST(Ring, the_same_again_has_its_first_place_and_other_bytes_are_refused) {
    Rings rings = rings_in_order();
    const auto first = rings.hear(space, anna, said(1), 0);
    ASSERT_TRUE(first && first->is_new);
    const auto again = rings.hear(space, anna, said(1), 9);
    ASSERT_TRUE(again);
    EXPECT_FALSE(again->is_new);
    EXPECT_EQ(again->brief->n, 1U);
    EXPECT_EQ(rings.hear(space, anna, said(1, 4136), 9).error(), Refusal::Different);
    EXPECT_EQ(rings.hear(space, ben, said(1), 9).error(), Refusal::Different);
}

TEST(Ring, it_holds_the_last_five_hundred_for_half_an_hour_and_no_more) {
    Rings rings = rings_in_order();
    for (std::uint64_t i = 1; i <= limits::brief_records + 3; ++i)
        ASSERT_TRUE(rings.hear(space, anna, said(i), static_cast<Moment>(i)));
    const Ring* ring = rings.ring(space, 1000);
    EXPECT_EQ(ring->since(std::nullopt, 0).size(), limits::brief_records);
    EXPECT_EQ(ring->since(std::nullopt, 0).front()->n, 4U);
    const RingId before = ring->id();
    EXPECT_EQ(rings.ring(space, 600 + limits::brief_life_ms), nullptr);
    // Its numbers begin anew, so it must be another ring.
    ASSERT_TRUE(rings.hear(space, ben, said(9000), 600 + limits::brief_life_ms));
    EXPECT_NE(rings.ring(space, 600 + limits::brief_life_ms)->id(), before);
}

TEST(Ring,
     all_rings_together_stay_within_their_bound_and_have_room_again_when_what_was_said_is_old) {
    Rings rings = rings_in_order();
    constexpr std::size_t large = 16424;
    std::uint64_t taken = 0;
    while (rings.hear(id_of<SpaceId>(taken / 100), anna, said(taken, large), 0)) ++taken;
    EXPECT_EQ(taken, limits::brief_bytes / large);
    EXPECT_EQ(rings.hear(space, anna, said(taken), 1).error(), Refusal::SlowDown);
    EXPECT_TRUE(rings.hear(space, anna, said(taken), limits::brief_life_ms + 60'001));
}

TEST(Ring, random_speech_beside_a_plain_list_gives_the_same) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    Rings rings = rings_in_order();
    std::vector<std::pair<std::uint64_t, Moment>> plain;
    Moment now = 0;
    for (int i = 0; i < 2000; ++i) {
        now += static_cast<Moment>(random() % 8000);
        const auto heard = rings.hear(space, anna, said(static_cast<std::uint64_t>(i)), now);
        ASSERT_TRUE(heard);
        plain.emplace_back(static_cast<std::uint64_t>(i), now);
        std::vector<std::uint64_t> expected;
        for (const auto& [id, at] : plain)
            if (now - at <= limits::brief_life_ms) expected.push_back(id);
        if (expected.size() > limits::brief_records)
            expected.erase(expected.begin(),
                           expected.end() - static_cast<std::ptrdiff_t>(limits::brief_records));
        std::vector<std::uint64_t> found;
        for (const Brief* brief : rings.ring(space, now)->since(std::nullopt, 0)) {
            std::uint64_t number = 0;
            std::memcpy(&number, brief->said.id.bytes.data(), sizeof number);
            found.push_back(number);
        }
        ASSERT_EQ(found, expected);
    }
}

TEST(Meetings, someone_with_two_phones_inside_is_there_once_and_gone_with_the_last) {
    Meetings meetings;
    auto* phone = reinterpret_cast<Follower*>(8);
    auto* tablet = reinterpret_cast<Follower*>(16);
    auto* other = reinterpret_cast<Follower*>(24);
    EXPECT_TRUE(meetings.enter(space, phone, anna));
    EXPECT_FALSE(meetings.enter(space, phone, anna));
    EXPECT_TRUE(meetings.enter(space, tablet, anna));
    EXPECT_TRUE(meetings.enter(space, other, ben));
    EXPECT_EQ(meetings.present(space), (std::vector{anna, ben}));
    EXPECT_TRUE(meetings.leave(space, phone));
    EXPECT_EQ(meetings.present(space), (std::vector{anna, ben}));
    EXPECT_TRUE(meetings.leave(space, tablet));
    EXPECT_EQ(meetings.present(space), std::vector{ben});
    EXPECT_FALSE(meetings.leave(space, tablet));
}

}  // namespace seen::server::test
