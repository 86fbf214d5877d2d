/// What is erased is not in the files any more. Looked for byte by byte, after it has been found.

#include "ledger/ledger.hpp"
#include "record/log.hpp"
#include "temporary_storage.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace seen::server::test {

namespace {

const std::string canary = "a canary that sings once";

Bytes singing(std::size_t size) {
    Bytes bytes(size, 1);
    for (std::size_t at = 0; at + canary.size() < size; at += 100)
        std::memcpy(bytes.data() + at, canary.data(), canary.size());
    return bytes;
}

/// In how many of the files of this folder it still sings.
int heard_in(const std::filesystem::path& folder) {
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        const std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        files += text.str().find(canary) == std::string::npos ? 0 : 1;
    }
    return files;
}

NewRecord singing_record(std::uint8_t number, std::size_t size,
                         std::optional<HoldId> under = std::nullopt) {
    NewRecord record = asked(number, under);
    record.sealed = singing(size);
    return record;
}

void need_kept(const Result<Kept>& kept) {
    if (!kept) throw std::runtime_error("it was not kept");
}

struct Erasing : testing::Test {
    Erasing() {
        storage.begin();
        add_couple(storage);
        // Others before and after, so that its pages do not simply go.
        for (std::uint8_t i = 50; i < 60; ++i) need_kept(append(storage, shared, ben, asked(i), 1));
        storage.commit();
    }
    void in_one_commit(const std::function<void()>& work) {
        storage.begin();
        work();
        storage.commit();
    }
    TemporaryStorage temporary;
    Storage& storage = *temporary.storage;
};

}  // namespace

TEST_F(Erasing, an_erased_record_is_in_no_file_any_more) {
    for (const std::size_t size : {1064UL, 16'424UL, 131'112UL}) {
        const auto number = static_cast<std::uint8_t>(size % 97);
        in_one_commit(
            [&] { need_kept(append(storage, shared, anna, singing_record(number, size), 1)); });
        EXPECT_GT(heard_in(temporary.folder), 0) << "before it is erased it is found";
        NewRecord erasing = asked(static_cast<std::uint8_t>(number + 100));
        erasing.erases = some_id<RecordId>(number);
        in_one_commit([&] { need_kept(append(storage, shared, anna, erasing, 2)); });
        EXPECT_GT(heard_in(temporary.folder), 0) << "the log of the file still holds it";
        storage.tidy();
        EXPECT_EQ(heard_in(temporary.folder), 0) << size;
    }
}

TEST_F(Erasing, a_held_one_that_is_taken_back_is_in_no_file_any_more) {
    in_one_commit(
        [&] { need_kept(append(storage, shared, anna, singing_record(1, 4136, hold), 1)); });
    EXPECT_GT(heard_in(temporary.folder), 0);
    in_one_commit([&] { EXPECT_TRUE(take_back(storage, shared, hold, anna)->changed); });
    storage.tidy();
    EXPECT_EQ(heard_in(temporary.folder), 0);
}

TEST_F(Erasing, a_held_one_that_is_replaced_is_in_no_file_any_more) {
    in_one_commit(
        [&] { need_kept(append(storage, shared, anna, singing_record(1, 16'424, hold), 1)); });
    EXPECT_GT(heard_in(temporary.folder), 0);
    in_one_commit([&] { need_kept(append(storage, shared, anna, asked(2, hold), 2)); });
    storage.tidy();
    EXPECT_EQ(heard_in(temporary.folder), 0);
}

TEST_F(Erasing, a_forgotten_invitation_is_in_no_file_any_more) {
    Invitation invitation;
    invitation.lookup = some_id<Lookup>(1);
    invitation.inviter = anna;
    invitation.expires = 100;
    invitation.blob = singing(3000);
    in_one_commit([&] { storage.put_invitation(invitation); });
    EXPECT_GT(heard_in(temporary.folder), 0);
    in_one_commit([&] { storage.forget_invitations(200); });
    storage.tidy();
    EXPECT_EQ(heard_in(temporary.folder), 0);
}

/// A reader in the middle keeps the log of the file alive; it is truncated once the reader is done.
TEST_F(Erasing, a_reader_only_delays_it) {
    in_one_commit([&] { need_kept(append(storage, shared, anna, singing_record(1, 1064), 1)); });
    const auto reader = temporary.open(SqliteUse::Read);
    reader->begin();
    EXPECT_EQ(reader->records(shared, 0, 100, 1'000'000).head, 11U);
    NewRecord erasing = asked(2);
    erasing.erases = some_id<RecordId>(1);
    in_one_commit([&] { need_kept(append(storage, shared, anna, erasing, 2)); });
    storage.tidy();
    EXPECT_GT(heard_in(temporary.folder), 0);
    reader->rollback();
    storage.tidy();
    EXPECT_EQ(heard_in(temporary.folder), 0);
}

}  // namespace seen::server::test
