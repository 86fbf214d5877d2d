/// The journal is a function of the set of records: no order of arrival, no repetition and no
/// question in between may change what it shows. Stories and orders come from a printed seed.

#include "desk.hpp"

#include <algorithm>
#include <random>
#include <utility>
#include <vector>

namespace seen::tests {
namespace {

/// Draws that are the same with every standard library, unlike its distributions and shuffle.
class Dice {
  public:
    explicit Dice(std::uint32_t seed) : engine_(seed) {}
    std::size_t below(std::size_t count) { return engine_() % count; }
    bool one_in(std::size_t count) { return below(count) == 0; }
    void shuffle(std::vector<Json>& items) {
        for (std::size_t left = items.size(); left > 1; --left) {
            std::swap(items[left - 1], items[below(left)]);
        }
    }

  private:
    std::mt19937 engine_;
};

std::string any_of(Dice& dice, const std::vector<std::string>& ids) {
    return ids.empty() ? "none" : ids[dice.below(ids.size())];
}

/// A life in both spaces: well-formed, ill-formed, forged, erased and newer events, one after
/// another.
class Story {
  public:
    Story(std::uint32_t seed, std::size_t acts) : dice_(seed) {
        while (records_.size() < acts) {
            if (dice_.one_in(2)) {
                room_act();
            } else {
                shared_act();
            }
        }
        waiting();
    }

    [[nodiscard]] const std::vector<Json>& records() const { return records_; }

  private:
    std::string next_id() { return "id" + std::to_string(++ids_); }

    void room_act() {
        const std::string id = next_id();
        Json made;
        switch (dice_.below(9)) {
            case 6:
                made = event("device.named", {{"device", any_of(dice_, notes_)}, {"name", id}});
                break;
            case 7:
                made = event("epoch.began", {{"n", room_seq_}});
                break;
            case 8:
                made = joining_act();
                break;
            case 0:
                made = event("note.changed", {{"target", any_of(dice_, notes_)}, {"text", id}});
                break;
            case 1:
                made = event("note.removed", {{"target", any_of(dice_, notes_)}});
                break;
            case 2:
                made = event("name.set", {{"name", id}});
                break;
            case 3:
                made = dice_.one_in(3) ? Json(7) : Json();
                break;
            default:
                made = event("note.kept", {{"text", "note " + id}});
                notes_.push_back(id);
        }
        keep(record("room", id, "ada", ++room_seq_, made));
    }

    /// Joining, the keys of later epochs, now and then leaving; well-formed or not.
    Json joining_act() {
        const std::string space = dice_.one_in(2) ? "two" : "another";
        switch (dice_.below(4)) {
            case 0:
                return event("space.key", {{"space", space}, {"n", 2}});
            case 1:
                return dice_.one_in(6) ? event("space.left", {{"space", space}})
                                       : event("space.left");
            default:
                return event(
                    "space.joined",
                    {{"space", space}, {"role", "joiner"}, {"partner", {{"account", "ben"}}}});
        }
    }

    void shared_act() {
        const std::string author = dice_.one_in(2) ? "ada" : "ben";
        if (dice_.one_in(3)) {
            give();
            return;
        }
        Json made;
        switch (dice_.below(8)) {
            case 6:
                made = event("waiting.agreed", {{"tell", !dice_.one_in(3)}});
                break;
            case 7:
                // Rare, for nothing is in the making behind it.
                made = dice_.one_in(60) ? event("space.left") : event("epoch.began", {{"n", 2}});
                break;
            case 0:
                made = event("truth.waiting", {{"counter", counter_}});
                break;
            case 1:
                made = event("truth.quiet", {{"counter", counter_}});
                break;
            case 2:
                made = event("truth.withdrawn", {{"target", any_of(dice_, truths_)}});
                break;
            case 3:
                made = parse(R"({"v":2,"type":"truth.given","text":"later"})");
                break;
            default:
                made = event("response.given", {{"target", any_of(dice_, truths_)},
                                                {"kind", "words"},
                                                {"text", "about " + author}});
        }
        keep(record("two", next_id(), author, ++shared_seq_, made));
    }

    void give() {
        const std::string hold = "h" + std::to_string(counter_++);
        for (const char* author : {"ada", "ben"}) {
            const std::string id = next_id();
            truths_.push_back(id);
            const Json made = dice_.one_in(8) ? Json() : dice_.one_in(8) ? Json("odd") : truth(id);
            keep(record("two", id, author, ++shared_seq_, made, hold));
        }
    }

    /// One's own on the way: a gift, notes and changes; some of them will also come acknowledged.
    void waiting() {
        const std::string hold = "h" + std::to_string(counter_);
        for (const bool lapsed : {false, true}) {
            Json gift = record("two", next_id(), "ada", std::nullopt, truth("gift"), hold);
            if (lapsed && dice_.one_in(2)) records_.push_back(gift);
            gift["lapsed"] = lapsed;
            if (!lapsed || dice_.one_in(2)) records_.push_back(std::move(gift));
        }
        for (int count = 0; count < 5; ++count) {
            records_.push_back(record("room", next_id(), "ada", std::nullopt,
                                      event("note.kept", {{"text", "waits"}})));
            records_.push_back(record(
                "room", next_id(), "ada", std::nullopt,
                event("note.changed", {{"target", any_of(dice_, notes_)}, {"text", "waits too"}})));
        }
    }

    /// Now and then the same record is also seen as it was before it was acknowledged.
    void keep(Json made) {
        if (made["author"] == "ada" && dice_.one_in(3)) {
            Json before = made;
            before["seq"] = nullptr;
            before.erase("stamp");
            records_.push_back(std::move(before));
        }
        records_.push_back(std::move(made));
    }

    Dice dice_;
    std::vector<Json> records_;
    std::vector<std::string> notes_;
    std::vector<std::string> truths_;
    std::uint64_t ids_ = 0;
    std::uint64_t room_seq_ = 0;
    std::uint64_t shared_seq_ = 0;
    std::uint64_t counter_ = 0;
};

/// Everything that can be asked, in one text.
std::string all_views(Desk& desk) {
    const Json views =
        Json::array({desk.view("me"), desk.view("today"), desk.view("exchange", {{"space", "two"}}),
                     desk.view("agreement", {{"space", "two"}}), desk.view("devices"),
                     desk.view("between", {{"space", "two"}, {"limit", 500}}),
                     desk.view("room", {{"limit", 500}})});
    return core::write_json(views);
}

/// Empty when alike; otherwise both texts around the first place where they differ.
std::string difference(const std::string& left, const std::string& right) {
    if (left == right) return {};
    const auto [at, other] = std::ranges::mismatch(left, right);
    const auto begin = static_cast<std::size_t>(std::distance(left.begin(), at));
    const std::size_t from = begin < 60 ? 0 : begin - 60;
    return left.substr(from, 120) + "  instead of  " + right.substr(from, 120);
}

TEST(JournalOrder, no_order_of_arrival_and_no_repetition_changes_what_is_shown) {
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Story story(seed, 150);
        Desk straight = open_desk();
        straight.absorb(story.records());
        const std::string expected = all_views(straight);

        Dice dice(seed + 1'000);
        std::vector<Json> mixed = story.records();
        mixed.insert(mixed.end(), story.records().begin(), story.records().end());
        dice.shuffle(mixed);
        Desk desk = open_desk();
        for (std::size_t done = 0; done < mixed.size();) {
            const std::size_t batch = std::min(1 + dice.below(40), mixed.size() - done);
            Json records = Json::array();
            for (std::size_t index = 0; index < batch; ++index)
                records.push_back(mixed[done + index]);
            desk.absorb(records);
            if (dice.one_in(3)) static_cast<void>(all_views(desk));
            done += batch;
        }
        ASSERT_EQ(difference(all_views(desk), expected), "");
    }
}

TEST(JournalOrder, one_id_with_two_contents_shows_the_same_whichever_came_first) {
    const std::vector<Json> twins = {
        record("room", "n", "ada", 5, event("note.kept", {{"text", "a"}})),
        record("room", "n", "ada", 5, event("note.kept", {{"text", "b"}})),
        record("room", "n", "ada", 4, event("note.kept", {{"text", "c"}})),
        record("room", "n", "ada", 5, nullptr),
        record("room", "n", "ada", 5, 7),
        record("room", "n", "ada", std::nullopt, event("note.kept", {{"text", "d"}})),
    };
    for (const Json& left : twins) {
        for (const Json& right : twins) {
            Desk one_way = open_desk();
            one_way.absorb(Json::array({left, right}));
            Desk other_way = open_desk();
            other_way.absorb(Json::array({right}));
            static_cast<void>(all_views(other_way));
            other_way.absorb(Json::array({left}));
            EXPECT_EQ(all_views(one_way), all_views(other_way)) << left << right;
        }
    }
}

TEST(JournalOrder, forgetting_is_as_if_it_had_never_come) {
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        const Story story(seed, 60);
        Desk without = open_desk();
        without.absorb(story.records());
        Desk with = open_desk();
        with.absorb(Json::array(
            {record("room", "extra", "ada", std::nullopt, event("note.kept", {{"text", "x"}}))}));
        with.absorb(story.records());
        static_cast<void>(all_views(with));
        with.ok({{"call", "forget"}, {"space", "room"}, {"id", "extra"}});
        ASSERT_EQ(difference(all_views(with), all_views(without)), "");
    }
}

}  // namespace
}  // namespace seen::tests
