#include "support/person.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <mutex>
#include <set>
#include <thread>
#include <unistd.h>

namespace seen::test {

TEST(Durability, after_kill_9_everything_acknowledged_is_there) {
    RunningServer server;
    Couple couple(server);
    std::mutex mutex;
    std::set<std::string> acknowledged;
    const auto write = [&](const Person& person) {
        for (int i = 0; i < 550; ++i) {
            const auto record = person.durable();
            Reply reply;
            try {
                reply = person.append(couple.space, record);
            } catch (const std::runtime_error&) {
                return;
            }
            if (reply.status != 200) return;
            const std::lock_guard lock(mutex);
            acknowledged.insert(record["id"]);
        }
    };
    std::thread anna_writes([&] { write(couple.anna); });
    std::thread ben_writes([&] { write(couple.ben); });
    ::usleep(300'000);
    EXPECT_EQ(server.end_with(SIGKILL), 128 + SIGKILL);
    anna_writes.join();
    ben_writes.join();
    ASSERT_FALSE(acknowledged.empty());
    server.start();
    couple.anna.sign_in();
    std::uint64_t after = 0;
    for (std::uint64_t head = 1; after < head;) {
        const auto page = couple.anna.page(couple.space, after).json();
        for (const auto& record : page["records"]) {
            EXPECT_EQ(record["seq"], ++after);
            acknowledged.erase(record["id"].get<std::string>());
        }
        head = page["head"];
    }
    EXPECT_TRUE(acknowledged.empty()) << acknowledged.size() << " lost";
}

TEST(Durability, what_waits_under_a_hold_waits_on_after_a_restart) {
    RunningServer server;
    Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    server.end_with(SIGKILL);
    server.start();
    couple.ben.sign_in();
    EXPECT_TRUE(couple.ben.page(couple.space).json()["records"].empty());
    ASSERT_EQ(couple.ben.append(couple.space, couple.ben.held(hold)).status, 200);
    EXPECT_EQ(couple.ben.page(couple.space).json()["records"].size(), 2U);
}

TEST(Durability, sigterm_finishes_what_was_accepted_and_ends_with_0) {
    for (const int signal : {SIGTERM, SIGINT}) {
        RunningServer server;
        const Couple couple(server);
        FollowClient follow = couple.ben.follow(couple.space);
        ASSERT_TRUE(follow.hear_with("held").is_object());
        int kept = 0;
        std::thread writes([&] {
            try {
                while (couple.anna.append(couple.space, couple.anna.durable()).status == 200)
                    ++kept;
            } catch (const std::runtime_error&) {
                return;
            }
        });
        ::usleep(100'000);
        EXPECT_EQ(server.end_with(signal), 0);
        writes.join();
        EXPECT_GT(kept, 0);
        while (follow.hear().is_object()) {
        }
        EXPECT_TRUE(follow.closed());
    }
}

TEST(Durability, an_idle_connection_does_not_hold_up_the_end) {
    RunningServer server;
    const Socket idle(server.address());
    const Socket half(server.address());
    half.send("POST /v1/challenges HTTP/1.1\r\nHost: x\r\nContent-Le");
    ::usleep(100'000);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_EQ(server.end_with(SIGTERM), 0);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(12));
}

}  // namespace seen::test
