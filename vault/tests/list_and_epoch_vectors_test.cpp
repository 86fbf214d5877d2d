/// spec/vectors/lists.json and epochs.json: what holds, and every refusal by its name.
#include "seen/vault/epoch.hpp"
#include "vectors.hpp"

#include <gtest/gtest.h>

namespace seen::vault::tests {

namespace {

Result<DeviceList> checked(const Json& one) {
    const auto member = read_member(one["member"]);
    if (!member) return refuse(member.error());
    std::vector<DeviceEntry> known;
    if (one["known"].is_array()) known = read_entries(one["known"]).value();
    return DeviceList::check(*member, known);
}

std::string fault_in(const Result<DeviceList>& list) {
    return std::string(list ? "none" : name_of(list.error()));
}

/// The place that an epoch of the vectors is to take, and what it borrows.
struct Standing {
    std::vector<DeviceList> present;
    std::optional<Epoch> before;
    EpochPlace place;
};

void fill(Standing& standing, const Json& one) {
    for (const auto& member : one["members"])
        if (!member["left"].get<bool>())
            standing.present.push_back(DeviceList::check(read_member(member).value()).value());
    if (one["before"].is_object()) standing.before = read_epoch(one["before"]).value();
    standing.place = {.space = fixed_of<16>(one["space"]),
                      .kind = one["kind"] == "room" ? SpaceKind::Room : SpaceKind::Shared,
                      .present = standing.present,
                      .before = standing.before ? &*standing.before : nullptr};
}

std::string fault_of_epoch(const Json& one) {
    const auto epoch = read_epoch(one["epoch"]);
    if (!epoch) return std::string(name_of(epoch.error()));
    Standing standing;
    fill(standing, one);
    const auto held = check_epoch(*epoch, standing.place);
    return std::string(held ? "none" : name_of(held.error()));
}

std::optional<KeyPairs> holder(const Id& to) {
    for (const auto& one : vectors("epochs")["devices"])
        if (fixed_of<16>(one["id"]) == to) return device_of(secret_of<64>(one["seeds"]));
    for (const auto& one : vectors("epochs")["roots"])
        if (fixed_of<16>(one["account"]) == to) return root_of(secret_of<16>(one["entropy"]));
    return std::nullopt;
}

}  // namespace

TEST(ListVectors, a_list_that_holds_names_its_devices_and_its_head) {
    for (const auto& one : vectors("lists")["good"]) {
        SCOPED_TRACE(one["name"]);
        const auto list = checked(one);
        ASSERT_EQ(fault_in(list), "none");
        EXPECT_EQ(base64url(list->head()), one["hashes"].back());
        Json live = Json::array();
        for (const auto& device : list->live(list->size())) live.push_back(base64url(device.id));
        EXPECT_EQ(live, one["live"]);
        for (const auto& gone : one["removed"])
            EXPECT_EQ(list->standing(fixed_of<16>(gone), list->size()),
                      seen::vault::Standing::Removed);
        EXPECT_EQ(Json(write_entries(list->entries())), one["member"]["devices"]);
    }
}

TEST(ListVectors, every_refused_list_is_refused_by_its_name) {
    ASSERT_GE(vectors("lists")["refused"].size(), 12U);
    for (const auto& one : vectors("lists")["refused"])
        EXPECT_EQ(fault_in(checked(one)), one["fault"]) << one["name"];
}

TEST(ListVectors, a_head_names_the_list_as_it_was_then) {
    for (const auto& one : vectors("lists")["good"]) {
        const auto list = checked(one).value();
        for (std::size_t at = 0; at < list.size(); ++at)
            EXPECT_EQ(list.place_of(list.hashes()[at]), at + 1);
        EXPECT_EQ(list.place_of(Hash{}), std::nullopt);
    }
}

TEST(EpochVectors, an_epoch_that_holds_opens_for_everyone_that_it_is_sealed_to) {
    for (const auto& one : vectors("epochs")["good"]) {
        EXPECT_EQ(fault_of_epoch(one), "none") << one["name"];
        const auto epoch = read_epoch(one["epoch"]).value();
        for (const auto& sealed : epoch.sealed) {
            const auto key = open_epoch(epoch, sealed.to, holder(sealed.to).value());
            EXPECT_TRUE(key.value() == secret_of<32>(one["key"])) << one["name"];
        }
        EXPECT_EQ(Json(write_epoch(epoch)), one["epoch"]);
    }
}

TEST(EpochVectors, every_refused_epoch_is_refused_by_its_name) {
    ASSERT_GE(vectors("epochs")["refused"].size(), 12U);
    for (const auto& one : vectors("epochs")["refused"])
        EXPECT_EQ(fault_of_epoch(one), one["fault"]) << one["name"];
}

}  // namespace seen::vault::tests
