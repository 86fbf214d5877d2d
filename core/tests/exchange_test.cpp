#include "seen/core/practice/exchange.hpp"

#include <gtest/gtest.h>

namespace seen::core {
namespace {

ExchangeState after(std::initializer_list<ExchangeEvent> events) {
    ExchangeState state;
    Instant now = 0;
    for (const ExchangeEvent& event : events) state = step(state, event, ++now);
    return state;
}

std::string_view standing(const ExchangeState& state) {
    return standing_of(state, true, 10);
}

TEST(Exchange, it_begins_with_nothing) {
    EXPECT_EQ(standing(after({})), "nothing");
    EXPECT_EQ(after({}).counter, 0U);
}

TEST(Exchange, what_i_gave_waits_since_the_moment_it_was_given) {
    const ExchangeState state = after({MineGiven{}});
    EXPECT_EQ(standing(state), "mine");
    EXPECT_EQ(state.mine_since, 1);
}

TEST(Exchange, the_others_is_known_only_when_told) {
    EXPECT_EQ(standing(after({TheirsTold{0}})), "theirs");
    EXPECT_EQ(standing(after({TheirsTold{0}, TheirsQuiet{0}})), "nothing");
    EXPECT_EQ(standing(after({MineGiven{}, TheirsTold{0}})), "both");
}

TEST(Exchange, what_is_told_counts_only_while_both_agree_and_for_seven_days) {
    const ExchangeState told = after({TheirsTold{0}});  // at 1
    EXPECT_EQ(standing_of(told, true, waiting_lasts), "theirs");
    EXPECT_EQ(standing_of(told, true, waiting_lasts + 1), "nothing");
    EXPECT_EQ(standing_of(told, false, 2), "nothing");
    EXPECT_EQ(standing_of(after({MineGiven{}, TheirsTold{0}}), false, 3), "mine");
}

TEST(Exchange, one_told_anew_waits_its_own_seven_days) {
    ExchangeState state = after({TheirsTold{0}});
    state = step(state, TheirsTold{0}, 500);
    EXPECT_TRUE(theirs_waits(state, true, waiting_lasts + 499));
    EXPECT_FALSE(theirs_waits(state, true, waiting_lasts + 500));
}

TEST(Exchange, what_has_lapsed_waits_no_longer_and_can_be_given_anew) {
    EXPECT_EQ(standing(after({MineGiven{}, MineLapsed{}})), "nothing");
    EXPECT_EQ(standing(after({MineGiven{}, MineLapsed{}, MineGiven{}})), "mine");
    EXPECT_EQ(standing(after({MineGiven{}, MineLapsed{}, TheirsTold{0}})), "theirs");
}

TEST(Exchange, what_is_told_of_another_exchange_changes_nothing) {
    EXPECT_EQ(after({TheirsTold{1}}), after({}));
    EXPECT_EQ(after({Released{}, TheirsTold{0}}), after({Released{}}));
    EXPECT_EQ(after({TheirsTold{0}, TheirsQuiet{1}}), after({TheirsTold{0}}));
    EXPECT_EQ(after({MineTold{7}}), after({}));
}

TEST(Exchange, a_release_begins_the_next_with_nothing) {
    const ExchangeState state = after({MineGiven{}, MineTold{0}, TheirsTold{0}, Released{}});
    EXPECT_EQ(state.counter, 1U);
    EXPECT_EQ(standing(state), "nothing");
    EXPECT_FALSE(state.mine_told);
}

TEST(Exchange, what_was_taken_back_waits_no_longer) {
    EXPECT_EQ(after({MineGiven{}, MineTakenBack{}}), after({}));
}

TEST(Exchange, what_i_told_is_known_until_i_am_quiet) {
    EXPECT_TRUE(after({MineGiven{}, MineTold{0}}).mine_told);
    EXPECT_FALSE(after({MineGiven{}, MineTold{0}, MineQuiet{0}}).mine_told);
}

}  // namespace
}  // namespace seen::core
