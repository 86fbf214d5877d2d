/// What every storage must do. Another storage joins by adding its maker to the list at the end.

#include "temporary_storage.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

class StorageContract : public testing::TestWithParam<std::unique_ptr<TemporaryStorage> (*)()> {
  protected:
    void SetUp() override {
        made_ = GetParam()();
        storage().begin();
    }
    void TearDown() override { storage().rollback(); }
    [[nodiscard]] Storage& storage() const { return *made_->storage; }
    [[nodiscard]] static Record record(std::uint64_t seq, std::size_t size = 1064) {
        Record record;
        record.seq = seq;
        record.stamp = 100 + static_cast<Moment>(seq);
        record.id = some_id<RecordId>(static_cast<std::uint8_t>(seq));
        record.author = anna;
        record.epoch = 1;
        record.sealed = Bytes(size, static_cast<std::uint8_t>(seq));
        return record;
    }
    [[nodiscard]] static Record held(const AccountId& author, std::uint8_t number) {
        Record record = StorageContract::record(number, 4136);
        record.seq = 0;
        record.author = author;
        record.kind = RecordClass::Held;
        record.hold = hold;
        return record;
    }
    std::unique_ptr<TemporaryStorage> made_;
};

TEST_P(StorageContract, accounts_and_devices_come_back_as_they_were) {
    const AccountKeys keys{PublicKey{1}, PublicKey{2}};
    storage().add_account(anna, keys, 5);
    const DeviceEntry first{
        .n = 0, .prev = std::nullopt, .by = {}, .sign = {3}, .box = {4}, .signature = {5}};
    const DeviceEntry second{.n = 1,
                             .prev = Hash{6},
                             .kind = EntryKind::Removed,
                             .by = some_id<DeviceId>(7),
                             .sign = {7},
                             .box = {8},
                             .signature = {9}};
    storage().add_device(anna, first);
    storage().add_device(anna, second);
    EXPECT_EQ(storage().account(anna), keys);
    EXPECT_EQ(storage().devices(anna), (std::vector{first, second}));
    EXPECT_FALSE(storage().account(ben));
    EXPECT_TRUE(storage().devices(ben).empty());
}

TEST_P(StorageContract, a_space_stands_only_for_its_members) {
    storage().add_space(shared, SpaceKind::Shared, {ben, anna}, some_epoch());
    EXPECT_EQ(storage().members(shared), (std::vector{ben, anna})) << "in the order of joining";
    EXPECT_EQ(storage().epochs(shared), std::vector{some_epoch()});
    ASSERT_TRUE(storage().standing(shared, anna));
    EXPECT_EQ(storage().standing(shared, anna)->newest_epoch, 1U);
    EXPECT_FALSE(storage().standing(shared, some_id<AccountId>(77)));
    EXPECT_FALSE(storage().standing(some_id<SpaceId>(77), anna));
    EXPECT_EQ(storage().spaces_of(anna).size(), 1U);
}

TEST_P(StorageContract, records_come_in_order_and_move_the_head) {
    add_couple(storage());
    for (std::uint64_t seq = 1; seq <= 5; ++seq) storage().add_record(shared, record(seq));
    const RecordPage page = storage().records(shared, 2, 2, 1'000'000);
    EXPECT_EQ(page.head, 5U);
    EXPECT_EQ(page.records, (std::vector{record(3), record(4)}));
    EXPECT_EQ(storage().standing(shared, anna)->head, 5U);
    EXPECT_TRUE(storage().records(shared, 5, 10, 1'000'000).records.empty());
    EXPECT_TRUE(storage().records(shared, ~0ULL >> 1U, 10, 1'000'000).records.empty());
}

TEST_P(StorageContract, one_space_never_shows_in_another) {
    add_couple(storage());
    const auto other = some_id<SpaceId>(50);
    storage().add_space(other, SpaceKind::Room, {anna}, some_epoch());
    storage().add_record(shared, record(1));
    EXPECT_TRUE(storage().records(other, 0, 10, 1'000'000).records.empty());
    EXPECT_FALSE(storage().known(other, record(1).id));
    EXPECT_EQ(storage().standing(other, anna)->head, 0U);
}

TEST_P(StorageContract, a_page_ends_once_it_is_full_of_bytes_but_is_never_empty) {
    add_couple(storage());
    for (std::uint64_t seq = 1; seq <= 4; ++seq) storage().add_record(shared, record(seq, 1000));
    EXPECT_EQ(storage().records(shared, 0, 10, 1500).records.size(), 2U);
    EXPECT_EQ(storage().records(shared, 0, 10, 1).records.size(), 1U);
}

TEST_P(StorageContract, a_page_takes_a_release_whole) {
    add_couple(storage());
    storage().add_record(shared, record(1));
    for (const std::uint64_t seq : {2U, 3U}) {
        Record released = held(seq == 2 ? anna : ben, static_cast<std::uint8_t>(seq));
        released.seq = seq;
        storage().add_record(shared, released);
    }
    storage().add_record(shared, record(4));
    EXPECT_EQ(storage().records(shared, 0, 2, 1'000'000).records.size(), 3U);
    EXPECT_EQ(storage().records(shared, 0, 1, 1'000'000).records.size(), 1U);
}

TEST_P(StorageContract, erasing_keeps_the_place_and_gives_back_the_bytes) {
    add_couple(storage());
    storage().add_record(shared, record(1));
    storage().add_record(shared, record(2));
    storage().erase_sealed(shared, 1);
    storage().erase_sealed(shared, 1);
    const RecordPage page = storage().records(shared, 0, 10, 1'000'000);
    EXPECT_FALSE(page.records[0].sealed);
    EXPECT_EQ(page.records[1], record(2));
    EXPECT_EQ(storage().standing(shared, anna)->bytes, 1064U);
}

TEST_P(StorageContract, one_held_record_for_each_hold_and_author) {
    add_couple(storage());
    storage().put_held(shared, held(anna, 1));
    storage().put_held(shared, held(anna, 2));
    storage().put_held(shared, held(ben, 3));
    EXPECT_EQ(storage().held_by(shared, anna), std::vector{held(anna, 2)});
    EXPECT_EQ(storage().held_under(shared, hold).size(), 2U);
    EXPECT_EQ(storage().standing(shared, anna)->bytes, 2 * 4136U);
    storage().drop_held(shared, hold, anna);
    storage().drop_held(shared, hold, anna);
    EXPECT_TRUE(storage().held_by(shared, anna).empty());
    EXPECT_EQ(storage().standing(shared, anna)->bytes, 4136U);
}

TEST_P(StorageContract, a_hold_remembers_its_members_in_order) {
    add_couple(storage());
    EXPECT_FALSE(storage().hold(shared, hold));
    storage().put_hold(shared, hold, {{ben, anna}, false});
    EXPECT_EQ(storage().hold(shared, hold)->members, (std::vector{ben, anna}));
    storage().put_hold(shared, hold, {{ben, anna}, true});
    EXPECT_TRUE(storage().hold(shared, hold)->released);
    storage().drop_hold(shared, hold);
    EXPECT_FALSE(storage().hold(shared, hold));
}

TEST_P(StorageContract, an_invitation_comes_back_as_it_was) {
    Invitation invitation;
    invitation.lookup = some_id<Lookup>(1);
    invitation.inviter = anna;
    invitation.expires = 1000;
    invitation.blob = Bytes(10, 1);
    storage().put_invitation(invitation);
    EXPECT_EQ(storage().invitation(invitation.lookup), invitation);
    invitation.invitee = ben;
    invitation.stage = Stage::Joined;
    invitation.answer = Bytes(3, 2);
    invitation.reveal = Bytes(3, 3);
    invitation.inviter_confirm = Bytes(3, 4);
    invitation.invitee_confirm = Bytes(3, 5);
    invitation.space = shared;
    invitation.epoch = some_epoch();
    storage().put_invitation(invitation);
    EXPECT_EQ(storage().invitation(invitation.lookup), invitation);
}

TEST_P(StorageContract, open_invitations_are_those_unfinished_and_in_time) {
    for (std::uint8_t i = 1; i <= 4; ++i) {
        Invitation invitation;
        invitation.lookup = some_id<Lookup>(i);
        invitation.inviter = anna;
        invitation.expires = i * 100;
        invitation.blob = Bytes(1, 1);
        invitation.stage = i == 4 ? Stage::Ended : Stage::Claimed;
        storage().put_invitation(invitation);
    }
    EXPECT_EQ(storage().open_invitations(anna, 100), (std::vector<Moment>{200, 300}));
    EXPECT_TRUE(storage().open_invitations(ben, 0).empty());
    storage().forget_invitations(300);
    EXPECT_FALSE(storage().invitation(some_id<Lookup>(2)));
    EXPECT_TRUE(storage().invitation(some_id<Lookup>(3)));
}

TEST_P(StorageContract, after_rollback_nothing_of_the_batch_is_there) {
    add_couple(storage());
    storage().rollback();
    storage().begin();
    EXPECT_FALSE(storage().account(anna));
    EXPECT_FALSE(storage().space_exists(shared));
}

TEST_P(StorageContract, a_reader_sees_what_was_committed_before_it_began) {
    add_couple(storage());
    const auto reader = made_->open(SqliteUse::Read);
    reader->begin();
    EXPECT_FALSE(reader->account(anna));
    storage().commit();
    EXPECT_FALSE(reader->account(anna)) << "still the same view";
    reader->rollback();
    reader->begin();
    EXPECT_TRUE(reader->account(anna));
    storage().begin();
}

TEST_P(StorageContract, what_breaks_a_rule_of_the_storage_is_thrown_and_not_kept) {
    storage().add_account(anna, {}, 1);
    EXPECT_THROW(storage().add_account(anna, {}, 1), StorageFailure);
    EXPECT_THROW(storage().add_record(some_id<SpaceId>(99), record(1)), StorageFailure);
}

INSTANTIATE_TEST_SUITE_P(sqlite, StorageContract,
                         testing::Values(+[] { return std::make_unique<TemporaryStorage>(); }));

}  // namespace seen::server::test
