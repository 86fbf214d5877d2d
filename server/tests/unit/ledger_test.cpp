#include "ledger/ledger.hpp"

#include "temporary_storage.hpp"

#include <gtest/gtest.h>

#include <array>
#include <future>

namespace seen::server::test {

namespace {

/// Delivers at once, on the storage thread.
void at_once(const std::function<void()>& work) {
    work();
}

Result<int> add(Storage& storage, std::uint8_t number) {
    storage.add_account(some_id<AccountId>(number), {}, 1);
    return number;
}

}  // namespace

TEST(Ledger, one_that_cannot_be_kept_does_not_take_the_others_with_it) {
    const TemporaryStorage temporary;
    Ledger ledger(temporary.open(SqliteUse::Write), temporary.open(SqliteUse::Read), at_once);
    std::promise<void> go;
    const std::shared_future<void> gate = go.get_future().share();
    // The first holds the writer, so that the others share one batch.
    ledger.write<int>(
        [gate](Storage& storage) {
            gate.wait();
            return add(storage, 1);
        },
        [](const Result<int>&) {});
    std::array<std::promise<Result<int>>, 3> told;
    ledger.write<int>([](Storage& storage) { return add(storage, 2); },
                      [&](Result<int> result) { told[0].set_value(result); });
    ledger.write<int>([](Storage&) -> Result<int> { throw StorageFailure("planted"); },
                      [&](Result<int> result) { told[1].set_value(result); });
    ledger.write<int>([](Storage& storage) { return add(storage, 3); },
                      [&](Result<int> result) { told[2].set_value(result); });
    go.set_value();
    EXPECT_EQ(told[0].get_future().get(), Result<int>(2));
    EXPECT_EQ(told[1].get_future().get(), Result<int>(refuse(Refusal::NotKept)));
    EXPECT_EQ(told[2].get_future().get(), Result<int>(3));
    ledger.stop();
    temporary.storage->begin();
    EXPECT_TRUE(temporary.storage->account(some_id<AccountId>(2)));
    EXPECT_TRUE(temporary.storage->account(some_id<AccountId>(3)));
    temporary.storage->rollback();
}

TEST(Ledger, many_requests_share_one_commit) {
    const TemporaryStorage temporary;
    Ledger ledger(temporary.open(SqliteUse::Write), temporary.open(SqliteUse::Read), at_once);
    std::promise<void> go;
    const std::shared_future<void> gate = go.get_future().share();
    std::atomic<int> kept{0};
    for (std::uint8_t i = 1; i <= 100; ++i)
        ledger.write<int>(
            [gate, i](Storage& storage) {
                gate.wait();
                return add(storage, i);
            },
            [&](const Result<int>& result) { kept += result ? 1 : 0; });
    go.set_value();
    ledger.stop();
    EXPECT_EQ(kept, 100);
    EXPECT_LE(ledger.commits(), 2U);
}

TEST(Ledger, a_full_queue_answers_not_kept_at_once) {
    const TemporaryStorage temporary;
    Ledger ledger(temporary.open(SqliteUse::Write), temporary.open(SqliteUse::Read), at_once);
    std::promise<void> go;
    const std::shared_future<void> gate = go.get_future().share();
    int refused = 0;
    for (int i = 0; i < 6000; ++i)
        ledger.read<int>(
            [gate](Storage&) -> Result<int> {
                gate.wait();
                return 1;
            },
            [&, waiting = i](const Result<int>& result) {
                refused += waiting >= 0 && !result ? 1 : 0;
            });
    EXPECT_GT(refused, 1000);
    go.set_value();
    ledger.stop();
}

TEST(Ledger, stopping_finishes_what_was_accepted) {
    const TemporaryStorage temporary;
    std::atomic<int> told{0};
    Ledger ledger(temporary.open(SqliteUse::Write), temporary.open(SqliteUse::Read), at_once);
    for (std::uint8_t i = 1; i <= 50; ++i)
        ledger.write<int>([i](Storage& storage) { return add(storage, i); },
                          [&](const Result<int>& result) { told += result ? 1 : 0; });
    ledger.stop();
    EXPECT_EQ(told, 50);
}

}  // namespace seen::server::test
