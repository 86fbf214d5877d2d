#include "support/person.hpp"

#include <gtest/gtest.h>

#include <array>

namespace seen::test {

namespace {

const nlohmann::json nothing = nlohmann::json::object();

/// The two with everything that a removal of one of anna's devices needs.
struct Household {
    explicit Household(const RunningServer& server) : couple(server), phone(add_phone()) {}

    [[nodiscard]] const Person& anna() const { return couple.anna; }
    [[nodiscard]] const Person& ben() const { return couple.ben; }

    /// A removal of this device, already on anna's own list, with the next epoch of both spaces.
    [[nodiscard]] nlohmann::json removal(const Device& device, std::uint64_t n = 2) const {
        const auto entry = anna().next_entry(device, "removed");
        anna().list().push_back(entry);
        return {{"entry", entry},
                {"epochs",
                 {{{"space", anna().room()}, {"epoch", anna().epoch(anna().room(), n, {&anna()})}},
                  {{"space", couple.space},
                   {"epoch", anna().epoch(couple.space, n, {&anna(), &ben()})}}}}};
    }
    [[nodiscard]] std::string space_path() const { return "/v1/spaces/" + couple.space; }

    Couple couple;
    Person phone;  ///< Anna's second device, signed in.

  private:
    Person add_phone() const {
        const Device device;
        const auto entry = couple.anna.next_entry(device);
        const Reply added = couple.anna.by_root().post("/v1/devices", {{"entry", entry}});
        if (added.status != 201) throw std::runtime_error("not added: " + added.body);
        couple.anna.list().push_back(entry);
        Person second = couple.anna.on(device);
        second.sign_in();
        return second;
    }
};

nlohmann::json under_epoch(nlohmann::json record, std::uint64_t n) {
    record["epoch"] = n;
    return record;
}

}  // namespace

TEST(Devices, a_removed_device_can_neither_read_nor_write_from_the_answer_on) {
    const RunningServer server;
    const Household house(server);
    FollowClient follow = house.phone.follow(house.couple.space);
    ASSERT_TRUE(follow.hear_with("held").is_object());
    ASSERT_EQ(house.phone.page(house.couple.space).status, 200) << "or this could not fail";
    ASSERT_EQ(house.phone.append(house.couple.space, house.phone.durable()).status, 200);

    const auto removal = house.removal(house.phone.device());
    const Person root = house.anna().by_root();
    const Reply removed = root.post("/v1/devices", removal);
    ASSERT_EQ(removed.status, 201) << removed.body;
    EXPECT_EQ(root.post("/v1/devices", removal).bytes, removed.bytes) << "again the same";

    EXPECT_EQ(house.phone.page(house.couple.space).status, 401);
    EXPECT_EQ(house.phone.get(house.space_path()).status, 401);
    EXPECT_EQ(house.phone.append(house.couple.space, under_epoch(house.phone.durable(), 2)).status,
              401);
    while (follow.hear(std::chrono::seconds(2)).is_object()) {
    }
    EXPECT_TRUE(follow.closed());
    EXPECT_THROW(Person(house.phone).sign_in(), std::runtime_error);
    EXPECT_EQ(
        house.anna().append(house.couple.space, under_epoch(house.anna().durable(), 2)).status,
        200);
    EXPECT_EQ(house.ben().get(house.space_path()).json()["members"][0]["devices"].size(), 3U);
}

TEST(Devices, removed_unknown_and_deleted_ones_are_refused_in_the_same_bytes) {
    const RunningServer server;
    const Household house(server);
    ASSERT_EQ(
        house.anna().by_root().post("/v1/devices", house.removal(house.phone.device())).status,
        201);
    const Person gone = Person::arrived(server);
    ASSERT_EQ(gone.by_root().remove("/v1/account", R"({"erase":true})").status, 200);
    const Person never(server);
    const auto tried = [&](const Person& person) {
        const auto challenge = person.post("/v1/challenges", nothing).json();
        return person.post("/v1/sessions", person.sign_in_request(challenge, server.origin()))
            .bytes;
    };
    EXPECT_EQ(tried(house.phone), tried(never));
    EXPECT_EQ(tried(gone), tried(never));
    EXPECT_TRUE(tried(never).starts_with("HTTP/1.1 401"));
}

TEST(Devices, a_removal_without_a_new_epoch_for_every_space_is_refused) {
    const RunningServer server;
    const Household house(server);
    const Person root = house.anna().by_root();
    const auto whole = house.removal(house.phone.device());
    for (const std::size_t missing : {0U, 1U}) {
        auto part = whole;
        part["epochs"].erase(missing);
        EXPECT_EQ(root.post("/v1/devices", part).error(), "stale_epoch");
    }
    auto none = whole;
    none.erase("epochs");
    EXPECT_EQ(root.post("/v1/devices", none).error(), "stale_epoch");
    EXPECT_EQ(house.phone.page(house.couple.space).status, 200) << "nothing has happened";
    EXPECT_EQ(house.anna().get(house.space_path()).json()["epochs"].size(), 1U);
    EXPECT_EQ(root.post("/v1/devices", whole).status, 201);
}

TEST(Devices, the_epochs_of_a_removal_are_sealed_to_nobody_who_was_removed) {
    const RunningServer server;
    const Household house(server);
    auto removal = house.removal(house.phone.device());
    house.anna().list().pop_back();
    // As if the phone were still there.
    removal["epochs"][1]["epoch"] =
        house.anna().epoch(house.couple.space, 2, {&house.anna(), &house.ben()});
    EXPECT_EQ(house.anna().by_root().post("/v1/devices", removal).error(), "stale_head");
}

TEST(Devices, a_thiefs_device_cannot_remove_the_owner) {
    const RunningServer server;
    const Household house(server);
    const Device thief = house.phone.device();
    const auto entry = house.anna().next_entry(house.anna().device(), "removed", &thief);
    EXPECT_EQ(house.phone.post("/v1/devices", {{"entry", entry}}).status, 401)
        << "a device's token";
    const Reply by_root = house.anna().by_root().post("/v1/devices", {{"entry", entry}});
    EXPECT_NE(by_root.status, 201) << "not even with a root's token";
    EXPECT_EQ(house.anna().page(house.couple.space).status, 200);
}

TEST(Devices, the_last_device_stays_and_a_removed_one_never_comes_back) {
    const RunningServer server;
    const Household house(server);
    const Person root = house.anna().by_root();
    ASSERT_EQ(root.post("/v1/devices", house.removal(house.phone.device())).status, 201);
    const auto last = house.anna().next_entry(house.anna().device(), "removed");
    EXPECT_EQ(root.post("/v1/devices", {{"entry", last}}).status, 400);
    const auto again = house.anna().next_entry(house.phone.device());
    EXPECT_EQ(root.post("/v1/devices", {{"entry", again}}).status, 400);
}

TEST(Epochs, of_two_made_at_once_the_second_is_refused_and_nothing_of_it_is_kept) {
    const RunningServer server;
    const Couple couple(server);
    FollowClient ben_hears = couple.ben.follow(couple.space);
    ASSERT_TRUE(ben_hears.hear_with("held").is_object());
    const std::string path = "/v1/spaces/" + couple.space + "/epochs";
    const auto annas = couple.anna.epoch(couple.space, 2, {&couple.anna, &couple.ben});
    const auto bens = couple.ben.epoch(couple.space, 2, {&couple.anna, &couple.ben});
    const Reply begun = couple.anna.post(path, {{"epoch", annas}});
    EXPECT_EQ(begun.status, 201);
    EXPECT_EQ(couple.anna.post(path, {{"epoch", annas}}).bytes, begun.bytes) << "again the same";
    const Reply second = couple.ben.post(path, {{"epoch", bens}});
    EXPECT_EQ(second.status, 409);
    EXPECT_EQ(second.error(), "stale_epoch");
    EXPECT_EQ(ben_hears.hear_with("turned")["turned"], 2);
    const auto epochs = couple.ben.get("/v1/spaces/" + couple.space).json()["epochs"];
    ASSERT_EQ(epochs.size(), 2U);
    EXPECT_EQ(epochs[1], annas);
}

TEST(Epochs, one_by_another_device_or_for_other_people_is_refused) {
    const RunningServer server;
    const Household house(server);
    const std::string path = house.space_path() + "/epochs";
    const auto good = house.anna().epoch(house.couple.space, 2, {&house.anna(), &house.ben()});
    EXPECT_EQ(house.phone.post(path, {{"epoch", good}}).status, 400) << "not its own";
    auto fewer = good;
    fewer["sealed"].erase(0);
    EXPECT_EQ(house.anna().post(path, {{"epoch", fewer}}).status, 400);
    auto forged = good;
    forged["signature"] = text_of(random_bytes(64));
    EXPECT_EQ(house.anna().post(path, {{"epoch", forged}}).status, 401);
    const auto later = house.anna().epoch(house.couple.space, 3, {&house.anna(), &house.ben()});
    EXPECT_EQ(house.anna().post(path, {{"epoch", later}}).error(), "stale_epoch");
    const auto swapped = house.anna().epoch(house.couple.space, 2, {&house.ben(), &house.anna()});
    EXPECT_EQ(house.anna().post(path, {{"epoch", swapped}}).error(), "stale_head");
    EXPECT_EQ(house.anna().post(path, {{"epoch", good}}).status, 201);
}

TEST(Epochs, a_record_under_an_older_one_is_refused_and_named) {
    const RunningServer server;
    const Couple couple(server);
    const auto first = couple.anna.durable();
    const Reply kept = couple.anna.append(couple.space, first);
    ASSERT_EQ(kept.status, 200);
    couple.begin_epoch(2);
    for (const auto& record : {couple.anna.durable(), couple.anna.held(random_id())}) {
        const Reply stale = couple.anna.append(couple.space, record);
        EXPECT_EQ(stale.status, 409);
        EXPECT_EQ(stale.error(), "stale_epoch");
    }
    EXPECT_EQ(couple.anna.append(couple.space, under_epoch(couple.anna.durable(), 3)).error(),
              "stale_epoch");
    EXPECT_EQ(couple.anna.append(couple.space, first).bytes, kept.bytes) << "kept is kept";
    EXPECT_EQ(couple.anna.append(couple.space, under_epoch(couple.anna.durable(), 2)).status, 200);
}

TEST(Epochs, a_held_record_of_an_older_one_opens_only_after_it_was_sealed_anew) {
    const RunningServer server;
    const Couple couple(server);
    const std::string hold = random_id();
    ASSERT_EQ(couple.anna.append(couple.space, couple.anna.held(hold)).status, 200);
    couple.begin_epoch(2);
    const auto bens = under_epoch(couple.ben.held(hold), 2);
    ASSERT_EQ(couple.ben.append(couple.space, bens).status, 200);
    EXPECT_EQ(couple.ben.page(couple.space).json()["head"], 0) << "anna's is of epoch 1";
    const auto anew = under_epoch(couple.anna.held(hold), 2);
    ASSERT_EQ(couple.anna.append(couple.space, anew).status, 200);
    const auto records = couple.ben.page(couple.space).json()["records"];
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0]["id"], anew["id"]);
    EXPECT_EQ(records[1]["id"], bens["id"]);
}

}  // namespace seen::test
