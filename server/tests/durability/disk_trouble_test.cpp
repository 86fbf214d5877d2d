/// The disk is full, cannot be written to, or does not sync: what cannot be kept is refused, what
/// is there is served, and it goes on when the trouble is over.

#include "durability/server_here.hpp"
#include "storage/sqlite/database.hpp"

#include <gtest/gtest.h>

namespace seen::server::test {

namespace {

using seen::test::Couple;
using seen::test::Person;
using seen::test::Reply;

/// However a test ends, the next one has a disk without trouble.
struct AndThenWell {
    AndThenWell() = default;
    AndThenWell(const AndThenWell&) = delete;
    AndThenWell& operator=(const AndThenWell&) = delete;
    ~AndThenWell() {
        Disk::get().has_room_for(std::nullopt);
        Disk::get().refuses(Refuses::Nothing);
    }
};

std::size_t count_of(const Person& person, const std::string& space) {
    const Reply page = person.page(space);
    return page.status == 200 ? page.json()["records"].size() : 0;
}

std::string whole(const std::string& file) {
    Database db(file, false, {});
    Rows rows = db.query("PRAGMA integrity_check");
    return rows.next() ? rows.text(0) : "nothing";
}

/// In trouble: refused with 503, nothing stored, the rest served. Afterwards the same request
/// works.
void holds_out(const ServerHere& server, const Couple& couple, const std::function<void()>& begin,
               const std::function<void()>& end) {
    const auto before = count_of(couple.ben, couple.space);
    const auto record = couple.anna.durable();
    const std::string hold = seen::test::random_id();
    const auto waiting = couple.ben.held(hold);
    begin();
    const Reply refused = couple.anna.append(couple.space, record);
    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.error(), "not_kept");
    EXPECT_EQ(couple.ben.append(couple.space, waiting).status, 503);
    EXPECT_EQ(count_of(couple.ben, couple.space), before);
    EXPECT_EQ(couple.ben.get("/v1/account").status, 200);
    EXPECT_EQ(couple.ben.get("/v1/spaces/" + couple.space + "/held").json()["held"].size(), 0U);
    end();
    const Reply kept = couple.anna.append(couple.space, record);
    EXPECT_EQ(kept.status, 200) << kept.body;
    EXPECT_EQ(kept.json()["seq"], before + 1);
    EXPECT_EQ(couple.ben.append(couple.space, waiting).status, 200);
    EXPECT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    EXPECT_EQ(count_of(couple.ben, couple.space), before + 3);
    EXPECT_EQ(whole(server.file()), "ok");
}

}  // namespace

TEST(DiskTrouble, a_full_disk_keeps_nothing_serves_the_rest_and_goes_on_when_there_is_room) {
    const AndThenWell well;
    const ServerHere server;
    const Couple couple(server);
    // Full at once, in the middle of a page, between two pages, near the end of a commit.
    for (const std::size_t room : {0UL, 100UL, 4096UL, 5000UL, 12'000UL})
        holds_out(
            server, couple, [room] { Disk::get().has_room_for(room); },
            [] { Disk::get().has_room_for(std::nullopt); });
}

TEST(DiskTrouble, a_disk_that_cannot_be_written_to_is_the_same) {
    const AndThenWell well;
    const ServerHere server;
    const Couple couple(server);
    holds_out(
        server, couple, [] { Disk::get().refuses(Refuses::Writing); },
        [] { Disk::get().refuses(Refuses::Nothing); });
}

TEST(DiskTrouble, a_disk_that_does_not_sync_is_the_same) {
    const AndThenWell well;
    const ServerHere server;
    const Couple couple(server);
    holds_out(
        server, couple, [] { Disk::get().refuses(Refuses::Syncing); },
        [] { Disk::get().refuses(Refuses::Nothing); });
}

TEST(DiskTrouble, who_follows_hears_nothing_of_what_was_not_kept) {
    const AndThenWell well;
    const ServerHere server;
    const Couple couple(server);
    auto follow = couple.ben.follow(couple.space);
    ASSERT_TRUE(follow.hear_with("held").is_object());
    Disk::get().has_room_for(0);
    EXPECT_EQ(couple.anna.append(couple.space, couple.anna.durable()).status, 503);
    Disk::get().has_room_for(std::nullopt);
    const auto record = couple.anna.durable();
    ASSERT_EQ(couple.anna.append(couple.space, record).status, 200);
    const auto heard = follow.hear_with("records");
    ASSERT_EQ(heard["records"].size(), 1U);
    EXPECT_EQ(heard["records"][0]["id"], record["id"]);
    EXPECT_EQ(heard["records"][0]["seq"], 1U);
}

/// Cut at every room in turn: a disk may be full after any byte.
TEST(DiskTrouble, wherever_the_room_ends_the_file_stays_whole_and_the_log_without_gaps) {
    const AndThenWell well;
    const ServerHere server;
    const Couple couple(server);
    std::size_t kept = 0;
    std::size_t refused = 0;
    for (std::size_t room = 0; room < 60'000; room += 1500) {
        Disk::get().has_room_for(room);
        const Reply reply = couple.anna.append(couple.space, couple.anna.durable());
        (reply.status == 200 ? kept : refused) += 1;
        if (reply.status == 200) {
            EXPECT_EQ(reply.json()["seq"], kept);
        }
        Disk::get().has_room_for(std::nullopt);
        EXPECT_EQ(count_of(couple.ben, couple.space), kept);
    }
    EXPECT_GT(kept, 5U);
    EXPECT_GT(refused, 5U);
    EXPECT_EQ(whole(server.file()), "ok");
}

}  // namespace seen::server::test
