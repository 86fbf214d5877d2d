/// make_data_file FOLDER: writes version_N.sqlite, as this version of seen makes it, and
/// version_N.json, which says what is in it. Run once for each version before the next migration is
/// added, and committed under server/tests/data: later versions must find everything there.
///
/// Two accounts with a shared space: three durable records of which one is erased, an exchange that
/// has been released, one record that waits under a hold, one in a room, and an open invitation.

#include "support/person.hpp"

#include <sqlite3.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace {

using namespace seen::test;

void need(bool well, const std::string& what) {
    if (!well) throw std::runtime_error(what);
}

std::string added(const Person& person, const std::string& space, const nlohmann::json& record) {
    const Reply reply = person.append(space, record);
    need(reply.status == 200, reply.body);
    return record["id"];
}

nlohmann::json fill(const RunningServer& server) {
    const Couple couple(server);
    const auto& [anna, ben, space] = couple;
    const std::string unwanted = added(anna, space, anna.durable());
    added(ben, space, ben.durable());
    auto erasing = anna.durable();
    erasing["erases"] = unwanted;
    added(anna, space, erasing);
    const std::string released = random_id();
    added(anna, space, anna.held(released));
    added(ben, space, ben.held(released));
    added(anna, space, anna.held(random_id()));
    added(ben, ben.room(), ben.durable());
    const nlohmann::json invitation{{"lookup", random_id()}, {"blob", text_of(random_bytes(300))}};
    need(anna.post("/v1/invitations", invitation).status == 201, "no invitation");
    return {{"anna", anna.account()},
            {"ben", ben.account()},
            {"space", space},
            {"room", ben.room()},
            {"records", anna.page(space).json()["records"]},
            {"room_records", ben.page(ben.room()).json()["records"]},
            {"held", anna.get("/v1/spaces/" + space + "/held").json()["held"]},
            {"members", anna.get("/v1/spaces/" + space).json()["members"]},
            {"invitation", invitation}};
}

/// The number of its version; `file` is then one file without a log beside it.
int close_up(const std::string& file) {
    sqlite3* db = nullptr;
    need(sqlite3_open(file.c_str(), &db) == SQLITE_OK, "cannot open");
    sqlite3_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", nullptr, nullptr, nullptr);
    sqlite3_stmt* newest = nullptr;
    sqlite3_prepare_v2(db, "SELECT max(version) FROM migrations", -1, &newest, nullptr);
    need(sqlite3_step(newest) == SQLITE_ROW, "no version");
    const int version = sqlite3_column_int(newest, 0);
    sqlite3_finalize(newest);
    sqlite3_close(db);
    return version;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        need(argc == 2, "make_data_file FOLDER");
        RunningServer server;
        auto content = fill(server);
        need(server.end_with(SIGTERM) == 0, "the server did not end well");
        const std::string file = (server.data() / "seen.sqlite").string();
        const int version = close_up(file);
        content["version"] = version;
        const auto name = std::string(argv[1]) + "/version_" + std::to_string(version);
        std::filesystem::copy_file(file, name + ".sqlite");
        std::ofstream(name + ".json") << content.dump(1) << '\n';
        return 0;
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "make_data_file: %s\n", failure.what());
        return 1;
    }
}
