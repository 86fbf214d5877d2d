/// Every way in which two people can give, take back, begin epochs, leave and let time pass, to a
/// bounded depth, over the real laws of the log and of leaving. States that are alike are searched
/// once. After each step the laws are asked; three planted faults show that they would be missed by
/// nobody.

#include "explore/memory_storage.hpp"
#include "record/log.hpp"
#include "space/leaving.hpp"
#include "wire/enc.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <functional>

namespace seen::server::test {

namespace {

template <class AnyId>
AnyId some(std::uint8_t a, std::uint8_t b = 0) {
    AnyId id;
    id.bytes[0] = a;
    id.bytes[1] = b;
    return id;
}

const SpaceId space = some<SpaceId>(9);
const HoldId hold = some<HoldId>(8);
const std::array people{some<AccountId>(1), some<AccountId>(2)};

enum class Fault : std::uint8_t { None, ForgetsRelease, OldEpochCounts, ReleasesAtLeaving };

/// The storage with one planted fault.
class Faulty final : public MemoryStorage {
  public:
    explicit Faulty(Fault fault) : fault_(fault) {}
    std::optional<SpaceStanding> standing(const SpaceId& of, const AccountId& member) override {
        auto found = MemoryStorage::standing(of, member);
        if (found && fault_ == Fault::OldEpochCounts) found->newest_epoch = 1;
        return found;
    }
    void put_hold(const SpaceId& of, const HoldId& under, const Hold& state) override {
        auto kept = state;
        if (fault_ == Fault::ForgetsRelease) kept.released = false;
        MemoryStorage::put_hold(of, under, kept);
    }
    void drop_all_held(const SpaceId& of) override {
        if (fault_ == Fault::ReleasesAtLeaving)
            for (Record record : at(of).held) {
                record.seq = at(of).log.size() + 1;
                add_record(of, record);
            }
        MemoryStorage::drop_all_held(of);
    }

  private:
    Fault fault_;
};

/// What a person last asked to be kept, so that it can be asked again.
struct Asked {
    NewRecord record;
    std::uint64_t seq = 0;
};

struct World {
    explicit World(Fault fault) : storage(fault) {}
    Faulty storage;
    Moment now = 0;
    std::uint64_t epoch = 1;
    std::array<std::uint8_t, 2> written{};  ///< How many records each has made.
    std::array<std::optional<Asked>, 2> last;
    std::array<bool, 2> left{};
    std::map<RecordId, std::uint64_t> durable;  ///< Acknowledged, with their seq.
    std::map<RecordId, Moment> given;           ///< Held and acknowledged, with the time.
    std::set<RecordId> no_more;                 ///< Held once; taken back, replaced or deleted.
    std::string wrong;                          ///< The first law that was broken.
};

void need(World& world, bool holds, const char* law) {
    if (!holds && world.wrong.empty()) world.wrong = law;
}

std::vector<Record> log_of(World& world) {
    return world.storage.records(space, 0, 1000, 1'000'000).records;
}

NewRecord made(World& world, std::size_t who, bool held, std::uint64_t epoch) {
    NewRecord record;
    record.id = some<RecordId>(static_cast<std::uint8_t>(who + 1), ++world.written.at(who));
    record.epoch = epoch;
    record.kind = held ? RecordClass::Held : RecordClass::Durable;
    if (held) record.hold = hold;
    record.sealed = Bytes(8, static_cast<std::uint8_t>(who));
    return record;
}

/// What has just opened must have been allowed to.
void look_at_release(World& world, std::size_t before) {
    const auto log = log_of(world);
    need(world, log.size() == before + 2, "a release is whole");
    if (log.size() != before + 2) return;
    for (std::size_t i = 0; i < 2; ++i) {
        const Record& one = log.at(before + i);
        need(world, one.author == people.at(i), "a release stands in the order of joining");
        need(world, one.epoch == world.epoch, "all that opens is of the newest epoch");
        const auto given = world.given.find(one.id);
        need(world, given != world.given.end(), "what opens was given and stands");
        if (given == world.given.end()) continue;
        need(world, world.now < given->second + held_life_ms, "what has lapsed opens nothing");
        world.given.erase(given);
    }
}

void write(World& world, std::size_t who, const NewRecord& record) {
    const auto log_before = log_of(world).size();
    const auto kept = append(world.storage, space, people.at(who), record, world.now);
    if (!kept) {
        need(world, log_of(world).size() == log_before, "a refusal leaves no trace");
        return;
    }
    need(world, !world.left.at(who), "who has left writes nothing");
    need(world, record.epoch == world.epoch, "nothing is taken under an older epoch");
    world.last.at(who) = Asked{record, kept->seq};
    if (record.kind == RecordClass::Durable) {
        world.durable[record.id] = kept->seq;
        return;
    }
    for (auto one = world.given.begin(); one != world.given.end();) {
        const bool own = one->first.bytes[0] == who + 1;
        if (own) world.no_more.insert(one->first);
        one = own ? world.given.erase(one) : std::next(one);
    }
    world.given[record.id] = world.now;
    if (kept->log_grew) look_at_release(world, log_before);
}

void repeat(World& world, std::size_t who) {
    const auto& last = world.last.at(who);
    if (!last || world.left.at(who)) return;
    const auto before = log_of(world).size();
    const auto again = append(world.storage, space, people.at(who), last->record, world.now);
    need(world, again && again->seq == last->seq && !again->log_grew,
         "the same request is the same answer");
    need(world, log_of(world).size() == before, "a repetition changes nothing");
}

void take(World& world, std::size_t who) {
    const auto taken = take_back(world.storage, space, hold, people.at(who));
    if (!taken || !taken->changed) return;
    for (auto one = world.given.begin(); one != world.given.end();) {
        const bool own = one->first.bytes[0] == who + 1;
        if (own) world.no_more.insert(one->first);
        one = own ? world.given.erase(one) : std::next(one);
    }
}

void begin_epoch(World& world) {
    if (world.left[0] && world.left[1]) return;
    Epoch epoch;
    epoch.n = ++world.epoch;
    world.storage.add_epoch(space, epoch);
}

void go(World& world, std::size_t who) {
    if (world.left.at(who)) return;
    const auto before = log_of(world).size();
    if (!leave(world.storage, space, people.at(who), false, world.now)) return;
    world.left.at(who) = true;
    for (const auto& [id, when] : world.given) world.no_more.insert(id);
    world.given.clear();
    const bool empty = world.left[0] && world.left[1];
    if (empty) world.durable.clear();
    need(world, empty || log_of(world).size() == before, "leaving releases nothing");
}

using Step = std::function<void(World&)>;

std::vector<Step> steps() {
    std::vector<Step> all;
    for (const std::size_t who : {0U, 1U}) {
        all.emplace_back([who](World& w) { write(w, who, made(w, who, true, w.epoch)); });
        all.emplace_back([who](World& w) { write(w, who, made(w, who, false, w.epoch)); });
        all.emplace_back([who](World& w) {
            if (w.epoch > 1) write(w, who, made(w, who, true, w.epoch - 1));
        });
        all.emplace_back([who](World& w) {
            if (w.epoch > 1) write(w, who, made(w, who, false, w.epoch - 1));
        });
        all.emplace_back([who](World& w) { take(w, who); });
        all.emplace_back([who](World& w) { repeat(w, who); });
        all.emplace_back([who](World& w) { go(w, who); });
    }
    all.emplace_back(begin_epoch);
    all.emplace_back([](World& w) { w.now += held_life_ms; });
    all.emplace_back([](World& w) {
        w.now += held_life_ms / 2;
        w.storage.mark_lapsed(w.now - held_life_ms);
    });
    return all;
}

/// The laws that hold at rest.
void look(World& world) {
    const auto log = log_of(world);
    std::set<HoldId> opened;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < log.size(); ++i) {
        const Record& one = log[i];
        need(world, one.seq == i + 1, "seq has no gaps");
        need(world, !world.no_more.contains(one.id), "what was taken away is never released");
        need(world, !world.given.contains(one.id), "what waits is not in the log");
        bytes += one.sealed ? one.sealed->size() : 0;
        if (!one.hold) continue;
        const bool second = i > 0 && log[i - 1].hold == one.hold && one.author == people[1];
        need(world, second || opened.insert(*one.hold).second, "a hold opens once");
    }
    for (const auto& [id, seq] : world.durable)
        need(world, seq <= log.size() && log.at(seq - 1).id == id, "what was acknowledged is kept");
    std::size_t held = 0;
    for (const AccountId& person : people)
        for (const Record& one : held_at(world.storage, space, person, world.now)) {
            need(world, one.author == person, "what waits is its author's alone");
            need(world, world.given.contains(one.id), "what is held was given and stands");
            bytes += one.sealed->size();
            ++held;
        }
    need(world, held == world.given.size(), "what was given and stands is held");
    for (std::size_t who = 0; who < 2; ++who) {
        const auto standing = world.storage.standing(space, people.at(who));
        need(world, standing.has_value() != world.left.at(who), "who has left stands nowhere");
        if (!standing) continue;
        need(world, standing->head == log.size() && standing->bytes == bytes, "the counters agree");
    }
}

Fixed<16> fingerprint(World& world) {
    Enc enc;
    const auto record = [&](const Record& one) {
        enc.add(one.id).add_u64(one.epoch).add_u64(one.seq).add_u64(one.sealed ? 1 : 0);
        enc.add_u64(static_cast<std::uint64_t>(world.now - one.stamp)).add_u64(one.lapsed ? 1 : 0);
    };
    for (const Record& one : log_of(world)) record(one);
    enc.add("held");
    for (const AccountId& person : people)
        for (const Record& one : world.storage.held_by(space, person)) record(one);
    for (std::size_t who = 0; who < 2; ++who) {
        const auto& last = world.last.at(who);
        enc.add_u64(world.left.at(who) ? 1 : 0).add_u64(world.written.at(who));
        if (last) enc.add(last->record.id).add_u64(last->seq);
    }
    const auto state = world.storage.hold(space, hold);
    enc.add_u64(world.epoch).add_u64(state ? 1 : 0).add_u64(state && state->released ? 1 : 0);
    return enc.hash16();
}

struct Search {
    std::map<Fixed<16>, int> seen;  ///< How deep it was searched from there.
    std::uint64_t steps = 0;
    std::string wrong;

    void from(World& world, const std::vector<Step>& all, int depth) {
        auto& searched = seen.try_emplace(fingerprint(world), -1).first->second;
        if (searched >= depth) return;
        searched = depth;
        if (depth == 0) return;
        for (const Step& step : all) {
            World next = world;
            step(next);
            look(next);
            ++steps;
            if (!next.wrong.empty()) wrong = next.wrong;
            if (!wrong.empty()) return;
            from(next, all, depth - 1);
            if (!wrong.empty()) return;
        }
    }
};

Search searched(Fault fault, int depth) {
    World world(fault);
    for (const AccountId& person : people) world.storage.add_account(person, {}, 0);
    Epoch first;
    first.n = 1;
    world.storage.add_space(space, SpaceKind::Shared, {people[0], people[1]}, first);
    Search search;
    search.from(world, steps(), depth);
    std::printf("%zu states, %llu steps, depth %d: %s\n", search.seen.size(),
                static_cast<unsigned long long>(search.steps), depth,
                search.wrong.empty() ? "every law holds" : search.wrong.c_str());
    return search;
}

}  // namespace

TEST(Explore, in_every_order_of_giving_taking_leaving_and_time_the_laws_hold) {
    const Search search = searched(Fault::None, 6);
    EXPECT_EQ(search.wrong, "");
    EXPECT_GT(search.seen.size(), 10'000U);
}

TEST(Explore, a_hold_that_opens_twice_would_be_found) {
    EXPECT_EQ(searched(Fault::ForgetsRelease, 6).wrong, "a hold opens once");
}

TEST(Explore, an_older_epoch_that_still_counts_would_be_found) {
    EXPECT_EQ(searched(Fault::OldEpochCounts, 4).wrong, "nothing is taken under an older epoch");
}

TEST(Explore, a_release_at_leaving_would_be_found) {
    EXPECT_EQ(searched(Fault::ReleasesAtLeaving, 4).wrong, "leaving releases nothing");
}

}  // namespace seen::server::test
