#include "support/person.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <algorithm>
#include <csignal>
#include <fstream>

namespace seen::test {

TEST(CommandLine, the_first_three_lines_are_address_folder_and_how_to_stop) {
    const RunningServer server;
    ASSERT_GE(server.first_lines().size(), 3U);
    EXPECT_NE(server.first_lines()[0].find("http://127.0.0.1:"), std::string::npos);
    EXPECT_EQ(server.first_lines()[0].find(":0"), std::string::npos) << "the real port, not 0";
    EXPECT_NE(server.first_lines()[1].find(server.data().string()), std::string::npos);
    EXPECT_NE(server.first_lines()[2].find("Ctrl-C"), std::string::npos);
}

TEST(CommandLine, wrong_use_ends_with_2_and_one_line) {
    for (const std::vector<std::string>& arguments :
         std::vector<std::vector<std::string>>{{},
                                               {"dance"},
                                               {"serve", "--listen", "nowhere"},
                                               {"serve", "--listen", "127.0.0.1:99999"},
                                               {"serve", "--accounts-per-hour", "0"},
                                               {"serve", "--public-url", "ours.example"},
                                               {"serve", "--no-such-option"}}) {
        const Ended ended = run_seen(arguments);
        EXPECT_EQ(ended.code, 2);
        EXPECT_EQ(std::count(ended.err.begin(), ended.err.end(), '\n'), 1) << ended.err;
        EXPECT_TRUE(ended.out.empty());
    }
}

TEST(CommandLine, help_and_version_end_with_0) {
    EXPECT_EQ(run_seen({"--help"}).code, 0);
    const Ended serve = run_seen({"serve", "--help"});
    EXPECT_EQ(serve.code, 0);
    EXPECT_NE(serve.out.find("--public-url"), std::string::npos);
    EXPECT_TRUE(run_seen({"--version"}).out.starts_with("seen "));
}

TEST(CommandLine, a_taken_port_ends_with_1_and_says_so) {
    const RunningServer server;
    const TemporaryFolder folder;
    const Ended ended =
        run_seen({"serve", "--listen", server.address(), "--data", (folder.path() / "d").string()});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.err.find("cannot listen on " + server.address()), std::string::npos)
        << ended.err;
}

TEST(CommandLine, a_folder_that_another_server_uses_ends_with_1) {
    const RunningServer server;
    const Ended ended =
        run_seen({"serve", "--listen", "127.0.0.1:0", "--data", server.data().string()});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.err.find("already using"), std::string::npos) << ended.err;
}

TEST(CommandLine, a_data_folder_that_is_a_file_ends_with_1) {
    const TemporaryFolder folder;
    const auto file = folder.path() / "file";
    std::ofstream(file) << "x";
    EXPECT_EQ(run_seen({"serve", "--listen", "127.0.0.1:0", "--data", file.string()}).code, 1);
}

TEST(CommandLine, data_of_a_newer_version_is_refused_and_left_alone) {
    RunningServer server;
    EXPECT_EQ(server.end_with(SIGTERM), 0);
    sqlite3* db = nullptr;
    const std::string file = (server.data() / "seen.sqlite").string();
    ASSERT_EQ(sqlite3_open(file.c_str(), &db), SQLITE_OK);
    sqlite3_exec(db, "INSERT INTO migrations VALUES(999, 0)", nullptr, nullptr, nullptr);
    sqlite3_close(db);
    const Ended ended =
        run_seen({"serve", "--listen", "127.0.0.1:0", "--data", server.data().string()});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.err.find("newer version"), std::string::npos) << ended.err;
}

TEST(CommandLine, a_file_that_is_no_database_ends_with_1) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "seen.sqlite") << std::string(5000, 'x');
    const Ended ended =
        run_seen({"serve", "--listen", "127.0.0.1:0", "--data", folder.path().string()});
    EXPECT_EQ(ended.code, 1);
    EXPECT_NE(ended.err.find("cannot open"), std::string::npos) << ended.err;
}

TEST(CommandLine, counts_stand_only_on_the_operators_own_listener) {
    const RunningServer server({"--admin", "127.0.0.1:0"});
    const Person person = Person::arrived(server);
    EXPECT_EQ(ask(server.admin_address(), "GET", "/healthz").body, "ok\n");
    const Reply metrics = ask(server.admin_address(), "GET", "/metrics");
    EXPECT_NE(metrics.body.find("seen_answers_total{status=\"2xx\"} 0\n"), std::string::npos)
        << "three answers are too few to be told: " << metrics.body;
    for (int i = 0; i < 30; ++i) EXPECT_EQ(ask(server.address(), "GET", "/v1/about").status, 200);
    const Reply later = ask(server.admin_address(), "GET", "/metrics");
    EXPECT_NE(later.body.find("seen_answers_total{status=\"2xx\"} 32\n"), std::string::npos)
        << later.body;
    EXPECT_EQ(metrics.body.find(person.account()), std::string::npos);
    EXPECT_EQ(ask(server.admin_address(), "GET", "/v1/about").status, 404);
    EXPECT_EQ(ask(server.address(), "GET", "/metrics").status, 404);
    EXPECT_EQ(ask(server.address(), "GET", "/healthz").status, 404);
}

TEST(CommandLine, the_data_folder_is_for_its_owner_alone) {
    const RunningServer server;
    const auto permissions = std::filesystem::status(server.data()).permissions();
    EXPECT_EQ(
        permissions & (std::filesystem::perms::group_all | std::filesystem::perms::others_all),
        std::filesystem::perms::none);
}

}  // namespace seen::test
