#include "durability/data_file.hpp"

#include "wire/write.hpp"

#include <fstream>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

namespace seen::server::test {

namespace {

constexpr std::size_t all = 1'000'000;

/// `fields` of each, so that a later version may say more about a record.
nlohmann::json only(const nlohmann::json& records, const nlohmann::json& example) {
    auto kept = nlohmann::json::array();
    for (const auto& record : records) {
        nlohmann::json one;
        for (const auto& [name, value] : example.at(0).items())
            one[name] = record.value(name, value);
        kept.push_back(std::move(one));
    }
    return kept;
}

}  // namespace

DataFile::DataFile() {
    std::string name = (std::filesystem::temp_directory_path() / "seen-data-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    folder_ = name;
    const std::filesystem::path data = SEEN_TEST_DATA;
    std::filesystem::copy_file(data / "version_1.sqlite", file());
    std::ifstream(data / "version_1.json") >> content_;
}

DataFile::~DataFile() {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

std::vector<std::string> DataFile::missing_in(Storage& storage) const {
    std::vector<std::string> missing;
    const auto need = [&](bool there, const char* what) {
        if (!there) missing.emplace_back(what);
    };
    const auto same = [](const nlohmann::json& found, const nlohmann::json& kept) {
        return only(found, kept) == kept;
    };
    const auto space = id<SpaceId>("space");
    const auto anna = id<AccountId>("anna");
    const auto ben = id<AccountId>("ben");
    storage.begin();
    need(storage.members(space) == std::vector{anna, ben}, "the two members");
    need(storage.account(anna) && storage.devices(ben).size() == 1, "accounts and devices");
    need(storage.epochs(space).size() == 1, "the epoch");
    need(same(to_json(storage.records(space, 0, all, all).records), content_["records"]),
         "the shared records");
    need(same(to_json(storage.records(id<SpaceId>("room"), 0, all, all).records),
              content_["room_records"]),
         "the records of a room");
    need(same(to_json(storage.held_by(space, anna)), content_["held"]), "what waits");
    const auto invitation =
        storage.invitation(*id_from<Lookup>(content_["invitation"]["lookup"].get<std::string>()));
    need(invitation && invitation->stage == Stage::Open &&
             base64url(View{invitation->blob}) == content_["invitation"]["blob"].get<std::string>(),
         "the open invitation");
    storage.rollback();
    return missing;
}

}  // namespace seen::server::test
