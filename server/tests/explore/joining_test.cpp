/// Every order in which one who invites and two who have the link can act, to a bounded depth, with
/// repetitions, endings and time, over the real steps. However they race, at most one joins, and
/// only once both have confirmed.

#include "invitation/joining.hpp"

#include "explore/memory_storage.hpp"
#include "wire/enc.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

#include <array>
#include <cstdio>
#include <functional>

namespace seen::server::test {

namespace {

const Lookup lookup{Fixed<16>{7}};
const SpaceId space{Fixed<16>{9}};

/// Everything that does not change while it is searched: three people, and anna's two proposals.
struct Cast {
    std::array<AccountKeys, 3> keys{};
    std::array<AccountId, 3> ids;
    std::array<DeviceEntry, 3> devices{};
    std::array<std::optional<ProposedSpace>, 3> proposals;  ///< For the people by number.
    Fixed<64> secret{};

    Cast() {
        if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
        for (std::uint8_t who = 0; who < 3; ++who) {
            keys.at(who).root_sign.fill(who);
            ids.at(who) = account_id(keys.at(who));
            devices.at(who).sign.fill(who);
        }
        crypto_sign_keypair(devices[0].sign.data(), secret.data());
        for (std::size_t who : {1U, 2U}) proposals.at(who) = proposal_for(who);
    }

    [[nodiscard]] ProposedSpace proposal_for(std::size_t who) const {
        ProposedSpace proposal{space, {}};
        Epoch& epoch = proposal.epoch;
        epoch.n = 1;
        epoch.device = device_id(devices[0]);
        Enc heads;
        Enc boxes;
        for (const std::size_t one : {std::size_t{0}, who}) {
            epoch.heads.push_back({ids.at(one), entry_hash(ids.at(one), devices.at(one))});
            epoch.sealed.push_back({device_id(devices.at(one)).bytes, Bytes(80, 1)});
            heads.add(ids.at(one)).add(View{epoch.heads.back().head});
            boxes.add(View{epoch.sealed.back().to}).add(View{epoch.sealed.back().box});
        }
        Enc enc;
        enc.add("seen/1/epoch").add(space).add_u64(1).add(epoch.device);
        enc.add(View{heads.bytes()}).add(View{boxes.bytes()});
        crypto_sign_detached(epoch.signature.data(), nullptr, enc.bytes().data(),
                             enc.bytes().size(), secret.data());
        return proposal;
    }
};

const Cast& cast() {
    static const Cast one;
    return one;
}

/// The storage, with or without a planted fault: a claim of somebody else is not seen.
class Invited final : public MemoryStorage {
  public:
    explicit Invited(bool forgets_claims) : forgets_claims_(forgets_claims) {}
    std::optional<Invitation> invitation(const Lookup& of) override {
        auto found = MemoryStorage::invitation(of);
        if (found && forgets_claims_ && found->stage == Stage::Claimed) {
            found->invitee.reset();
            found->stage = Stage::Open;
        }
        return found;
    }

  private:
    bool forgets_claims_;
};

struct World {
    explicit World(bool forgets_claims) : storage(forgets_claims) {}
    Invited storage;
    Moment now = 0;
    std::array<bool, 3> claimed{};
    std::array<bool, 3> confirmed{};
    bool over = false;  ///< Somebody has ended it, or its time was over before it was joined.
    std::string wrong;
};

void need(World& world, bool holds, const char* law) {
    if (!holds && world.wrong.empty()) world.wrong = law;
}

using Step = std::function<void(World&)>;
using Law = std::function<server::Step(World&, const Invitation&)>;

/// One request: in a transaction, and again at once with the same answer.
void ask(World& world, const Law& law, const std::function<void()>& taken) {
    std::optional<Invitation> first;
    for (int times = 0; times < 2; ++times) {
        const auto before = world.storage.invitation(lookup);
        const auto after = law(world, *before);
        if (!after) {
            need(world, times == 0, "what was taken is taken again");
            return;
        }
        need(world, !first || *after == *first, "a repetition is the same answer");
        first = *after;
        world.storage.put_invitation(*after);
        taken();
    }
}

std::vector<Step> steps() {
    std::vector<Step> all;
    const auto add = [&](Law law, std::function<void(World&)> taken) {
        all.emplace_back([law = std::move(law), taken = std::move(taken)](World& world) {
            ask(world, law, [&] { taken(world); });
        });
    };
    const auto nothing = [](World&) {};
    for (const std::size_t who : {1U, 2U}) {
        const AccountId id = cast().ids.at(who);
        add([id](World& w, const Invitation& i) { return claim(i, id, w.now); },
            [who](World& w) {
                w.claimed.at(who) = true;
                need(w, !(w.claimed[1] && w.claimed[2]), "one alone claims it");
            });
        for (const std::uint8_t bytes : {std::uint8_t{1}, std::uint8_t{2}})
            add(
                [id, bytes](World& w, const Invitation& i) {
                    return give_answer(i, id, Bytes(1, bytes), w.now);
                },
                nothing);
        add(
            [id](World& w, const Invitation& i) {
                return confirm_in(w.storage, i, {id, {}}, {Bytes(1, 3), {}, {}}, w.now);
            },
            [who](World& w) { w.confirmed.at(who) = true; });
        add(
            [who](World& w, const Invitation& i) {
                return confirm_in(w.storage, i, {cast().ids[0], {}},
                                  {Bytes(1, 4), cast().proposals.at(who), {}}, w.now);
            },
            [](World& w) { w.confirmed[0] = true; });
    }
    for (const std::uint8_t bytes : {std::uint8_t{1}, std::uint8_t{2}})
        add(
            [bytes](World& w, const Invitation& i) {
                return give_reveal(i, cast().ids[0], Bytes(1, bytes), w.now);
            },
            nothing);
    for (const std::size_t who : {0U, 1U, 2U})
        add([who](World& w, const Invitation& i) { return end(i, cast().ids.at(who), w.now); },
            [](World& w) { w.over = true; });
    all.emplace_back([](World& w) {
        w.now += invitation_life_ms / 2;
        const auto stage = w.storage.invitation(lookup)->stage;
        if (w.now >= invitation_life_ms && stage < Stage::Joined) w.over = true;
    });
    return all;
}

void look(World& world) {
    const auto invitation = world.storage.invitation(lookup);
    const bool joined = invitation->stage == Stage::Joined;
    need(world, joined == world.storage.space_exists(space), "a space is there once it is joined");
    need(world, !(joined && world.over), "what is over is never joined");
    if (!joined) return;
    const auto members = world.storage.members(space);
    need(world, members.size() == 2 && members[0] == cast().ids[0], "two are joined");
    const bool ben = members.back() == cast().ids[1];
    need(world, world.claimed.at(ben ? 1 : 2) && !world.claimed.at(ben ? 2 : 1),
         "who claimed it has joined");
    need(world, world.confirmed[0] && world.confirmed.at(ben ? 1 : 2), "both have confirmed");
}

Fixed<16> fingerprint(World& world) {
    const auto invitation = world.storage.invitation(lookup);
    Enc enc;
    enc.add_u64(static_cast<std::uint64_t>(invitation->stage)).add(invitation->invitee);
    for (const auto* bytes : {&invitation->answer, &invitation->reveal,
                              &invitation->inviter_confirm, &invitation->invitee_confirm})
        enc.add(View{bytes->value_or(Bytes{})});
    for (std::size_t who = 0; who < 3; ++who)
        enc.add_u64(world.claimed.at(who) ? 1U : 0U).add_u64(world.confirmed.at(who) ? 1U : 0U);
    enc.add_u64(static_cast<std::uint64_t>(world.now)).add_u64(world.over ? 1U : 0U);
    return enc.hash16();
}

struct Search {
    std::map<Fixed<16>, int> seen;
    std::uint64_t joined = 0;
    std::string wrong;

    void from(World& world, const std::vector<Step>& all, int depth) {
        auto& searched = seen.try_emplace(fingerprint(world), -1).first->second;
        if (searched >= depth || depth == 0) return;
        searched = depth;
        for (const Step& step : all) {
            World next = world;
            step(next);
            look(next);
            if (!next.wrong.empty()) wrong = next.wrong;
            if (!wrong.empty()) return;
            joined += next.storage.space_exists(space) ? 1U : 0U;
            from(next, all, depth - 1);
            if (!wrong.empty()) return;
        }
    }
};

Search searched(bool forgets_claims) {
    World world(forgets_claims);
    for (std::size_t who = 0; who < 3; ++who) {
        world.storage.add_account(cast().ids.at(who), cast().keys.at(who), 0);
        world.storage.add_device(cast().ids.at(who), cast().devices.at(who));
    }
    NewInvitation asked;
    asked.lookup = lookup;
    asked.blob = Bytes(1, 1);
    static_cast<void>(open_invitation(world.storage, cast().ids[0], asked, 0));
    Search search;
    search.from(world, steps(), 10);
    std::printf("%zu states, joined on %llu ways: %s\n", search.seen.size(),
                static_cast<unsigned long long>(search.joined),
                search.wrong.empty() ? "every law holds" : search.wrong.c_str());
    return search;
}

}  // namespace

TEST(Explore, of_two_with_one_link_at_most_one_joins_and_only_when_both_have_confirmed) {
    const Search search = searched(false);
    EXPECT_EQ(search.wrong, "");
    EXPECT_GT(search.joined, 0U) << "or nothing was searched";
}

TEST(Explore, a_claim_that_is_forgotten_would_be_found) {
    EXPECT_EQ(searched(true).wrong, "one alone claims it");
}

}  // namespace seen::server::test
