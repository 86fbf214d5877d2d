/// server_bench [sockets, 1000]: how many durable appends a second the storage keeps beside bare
/// SQLite in the same run, what an idle follower costs in memory, and how long a record takes from
/// one to the other.

#include "record/log.hpp"
#include "seen/server/sqlite_storage.hpp"
#include "slow_disk.hpp"
#include "support/person.hpp"

#include <sodium.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <sys/resource.h>
#include <thread>

namespace {

using namespace seen;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batch = 64;
constexpr std::size_t sealed_size = 1064;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

void need(bool kept) {
    if (!kept) throw std::runtime_error("the storage did not keep it");
}

server::NewRecord next_record() {
    server::NewRecord record;
    randombytes_buf(record.id.bytes.data(), record.id.bytes.size());
    record.epoch = 1;
    record.sealed = server::Bytes(sealed_size, 7);
    return record;
}

/// Appends through our storage and its laws, `batch` in one commit.
class ThroughSeen {
  public:
    ThroughSeen(const test::TemporaryFolder& folder, const char* vfs) {
        auto opened = server::open_sqlite((folder.path() / "seen.sqlite").string(),
                                          server::SqliteUse::Write, vfs);
        need(opened.has_value());
        storage_ = std::move(*opened);
        server::Epoch epoch;
        epoch.n = 1;
        storage_->begin();
        storage_->add_account(account_, {}, 1);
        storage_->add_space(space_, server::SpaceKind::Room, {account_}, epoch);
        storage_->commit();
    }
    void commit_one_batch() {
        storage_->begin();
        for (std::size_t i = 0; i < batch; ++i)
            need(server::append(*storage_, space_, account_, next_record(), 1).has_value());
        storage_->commit();
        storage_->tidy();
    }

  private:
    std::unique_ptr<server::Storage> storage_;
    server::SpaceId space_;
    server::AccountId account_;
};

/// The same bytes into one bare table, with the same settings and the same batches.
class ThroughSqlite {
  public:
    ThroughSqlite(const test::TemporaryFolder& folder, const char* vfs) {
        const std::string file = (folder.path() / "bare.sqlite").string();
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        need(sqlite3_open_v2(file.c_str(), &db_, flags, *vfs == '\0' ? nullptr : vfs) == SQLITE_OK);
        sqlite3_exec(db_,
                     "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                     "CREATE TABLE records(seq INTEGER PRIMARY KEY, id BLOB, sealed BLOB)",
                     nullptr, nullptr, nullptr);
        sqlite3_prepare_v2(db_, "INSERT INTO records(id, sealed) VALUES(?, ?)", -1, &insert_,
                           nullptr);
    }
    ~ThroughSqlite() {
        sqlite3_finalize(insert_);
        sqlite3_close(db_);
    }
    ThroughSqlite(const ThroughSqlite&) = delete;
    ThroughSqlite& operator=(const ThroughSqlite&) = delete;
    void commit_one_batch() {
        sqlite3_exec(db_, "BEGIN", nullptr, nullptr, nullptr);
        for (std::size_t i = 0; i < batch; ++i) {
            const auto record = next_record();
            sqlite3_bind_blob(insert_, 1, record.id.bytes.data(), 16, SQLITE_STATIC);
            sqlite3_bind_blob(insert_, 2, record.sealed.data(), sealed_size, SQLITE_STATIC);
            need(sqlite3_step(insert_) == SQLITE_DONE);
            sqlite3_reset(insert_);
        }
        need(sqlite3_exec(db_, "COMMIT", nullptr, nullptr, nullptr) == SQLITE_OK);
    }

  private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
};

/// How long each batch took, in milliseconds.
class Times {
  public:
    template <class Through>
    void take(Through& through) {
        const auto start = Clock::now();
        through.commit_one_batch();
        milliseconds_.push_back(seconds_since(start) * 1000);
    }
    [[nodiscard]] double appends_a_second() const {
        double sum = 0;
        for (const double one : milliseconds_) sum += one;
        return static_cast<double>(milliseconds_.size() * batch) * 1000 / sum;
    }
    [[nodiscard]] double at(std::size_t percent) const {
        auto sorted = milliseconds_;
        std::ranges::sort(sorted);
        return sorted[sorted.size() * percent / 100];
    }

  private:
    std::vector<double> milliseconds_;
};

/// In turns, so that whatever else this machine does meets both alike.
void measure_appends() {
    std::printf("durable appends a second, %zu in one commit, %zu bytes each\n", batch,
                sealed_size);
    for (const char* vfs : {"", bench::slow_disk}) {
        const test::TemporaryFolder folder;
        ThroughSeen seen(folder, vfs);
        ThroughSqlite sqlite(folder, vfs);
        Times ours;
        Times bare;
        for (std::size_t done = 0; done < 20'032; done += batch) {
            ours.take(seen);
            bare.take(sqlite);
        }
        std::printf("  %-22s seen %9.0f   bare SQLite %9.0f   ratio %.2f\n",
                    *vfs == '\0' ? "this disk" : "2 ms more for a sync", ours.appends_a_second(),
                    bare.appends_a_second(), ours.appends_a_second() / bare.appends_a_second());
        std::printf("  %-22s seen p50 %.2f p99 %.2f   bare p50 %.2f p99 %.2f\n", "ms for a commit",
                    ours.at(50), ours.at(99), bare.at(50), bare.at(99));
    }
}

void measure_idle_followers(std::size_t sockets) {
    constexpr std::size_t per_account = 16;
    const test::RunningServer server({"--accounts-per-hour", "1000000"});
    std::vector<std::string> tokens;
    for (std::size_t i = 0; i * per_account < sockets; ++i)
        tokens.push_back(test::Person::arrived(server).token);
    const std::size_t before = server.resident_kib();
    std::vector<std::unique_ptr<test::FollowClient>> followers;
    for (std::size_t i = 0; i < sockets; ++i) {
        followers.push_back(std::make_unique<test::FollowClient>(server.address()));
        followers.back()->say({{"token", tokens[i / per_account]}});
        need(followers.back()->hear_with("beat").is_object());
    }
    std::this_thread::sleep_for(std::chrono::seconds(12));
    const std::size_t after = server.resident_kib();
    std::printf(
        "%zu idle followers\n  resident %zu KiB before, %zu KiB after a beat: %.2f KiB each\n",
        sockets, before, after, static_cast<double>(after - before) / static_cast<double>(sockets));
}

void measure_hand_on() {
    constexpr std::size_t couples = 4;
    constexpr std::size_t records = 500;
    const test::RunningServer server;
    std::vector<std::unique_ptr<test::Couple>> pairs;
    std::vector<std::unique_ptr<test::FollowClient>> followers;
    for (std::size_t i = 0; i < couples; ++i) {
        pairs.push_back(std::make_unique<test::Couple>(server));
        followers.push_back(std::make_unique<test::FollowClient>(
            server.address(), pairs.back()->ben.token,
            std::map<std::string, std::uint64_t>{{pairs.back()->space, 0}}));
        need(followers.back()->hear_with("held").is_object());
    }
    std::vector<double> milliseconds;
    for (std::size_t i = 0; i < records; ++i) {
        const auto& pair = *pairs[i % couples];
        const auto record = pair.anna.durable();
        const auto start = Clock::now();
        need(pair.anna.append(pair.space, record).status == 200);
        need(followers[i % couples]->hear_with("records").is_object());
        milliseconds.push_back(seconds_since(start) * 1000);
        std::this_thread::sleep_until(start + std::chrono::milliseconds(20));
    }
    std::ranges::sort(milliseconds);
    std::printf(
        "from one to the other, about 50 records a second, connection included\n  p50 %.2f ms   "
        "p99 %.2f ms\n",
        milliseconds[records / 2], milliseconds[records * 99 / 100]);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        need(sodium_init() >= 0);
        const std::size_t sockets = argc > 1 ? std::stoul(argv[1]) : 1000;
        rlimit files{};
        getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        setrlimit(RLIMIT_NOFILE, &files);
        bench::register_slow_disk();
        measure_appends();
        measure_idle_followers(std::min<std::size_t>(sockets, 10'000));
        measure_hand_on();
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "server_bench: %s\n", failure.what());
        return 1;
    }
}
