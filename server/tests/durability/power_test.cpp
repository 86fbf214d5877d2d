/// The power is cut: after every step of an evening's writing in turn, and of a migration.

#include "durability/data_file.hpp"
#include "durability/disk.hpp"
#include "durability/workload.hpp"
#include "storage/sqlite/schema.hpp"

#include <gtest/gtest.h>

#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

namespace seen::server::test {

namespace {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "seen-power-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = name;
    }
    ~Folder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

bool changes_the_synced(const DiskStep& step) {
    return step.kind != DiskStep::Kind::Write && step.kind != DiskStep::Kind::Truncate &&
           step.kind != DiskStep::Kind::Create;
}

struct Cuts {
    std::size_t tried = 0;
    std::size_t broken = 0;
    std::string first;
};

using Law =
    std::function<std::vector<std::string>(const std::filesystem::path& folder, std::size_t after)>;

/// Cuts before every step that makes something lasting, when most has been promised and least is on
/// the disk; with a seed, also after every other step, and then some of what was not synced stays.
Cuts cut_everywhere(const Recording& recording, std::optional<unsigned> seed, const Law& broken) {
    const Folder folder;
    const auto place = folder.path() / "cut";
    Cuts cuts;
    Platter platter = recording.start;
    std::mt19937 random(seed.value_or(0));
    for (std::size_t after = 0; after <= recording.steps.size(); ++after) {
        const bool last = after == recording.steps.size();
        const bool due =
            seed ? platter.forgets() : last || changes_the_synced(recording.steps[after]);
        if (due) {
            platter.lay_out(place, seed ? &random : nullptr);
            const auto lines = broken(place, after);
            ++cuts.tried;
            if (!lines.empty() && cuts.broken++ == 0)
                cuts.first = "after step " + std::to_string(after) + ": " + lines.front();
        }
        if (!last) platter.apply(recording.steps[after]);
    }
    return cuts;
}

struct Evening {
    explicit Evening(const std::string& synchronous) {
        Disk::get().record(folder.path());
        workload =
            std::make_unique<Workload>((folder.path() / "seen.sqlite").string(), synchronous);
        recording.emplace(Disk::get().end());
    }
    [[nodiscard]] Law law() const {
        return [this](const std::filesystem::path& place, std::size_t after) {
            return workload->broken_in((place / "seen.sqlite").string(), after);
        };
    }
    Folder folder;
    std::unique_ptr<Workload> workload;
    std::optional<Recording> recording;
};

}  // namespace

TEST(Power, whatever_was_acknowledged_before_a_cut_is_there_after_it) {
    const Evening evening("FULL");
    const Cuts cuts = cut_everywhere(*evening.recording, std::nullopt, evening.law());
    EXPECT_EQ(cuts.broken, 0U) << cuts.first;
    EXPECT_GT(cuts.tried, 60U);
    EXPECT_GT(evening.workload->promises(), 50U);
    std::printf("    %zu steps, %zu cuts, %zu promises\n", evening.recording->steps.size(),
                cuts.tried, evening.workload->promises());
}

TEST(Power, it_is_there_even_if_some_of_what_was_not_synced_stays) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    const Evening evening("FULL");
    const Cuts cuts = cut_everywhere(*evening.recording, seed, evening.law());
    EXPECT_EQ(cuts.broken, 0U) << cuts.first;
    EXPECT_GT(cuts.tried, 500U);
    std::printf("    %zu cuts\n", cuts.tried);
}

/// The planted control: one word of the settings less, and the same law does not hold.
TEST(Power, with_synchronous_normal_what_was_acknowledged_is_lost) {
    const Evening evening("NORMAL");
    const Cuts cuts = cut_everywhere(*evening.recording, std::nullopt, evening.law());
    EXPECT_GT(cuts.broken, 10U);
    EXPECT_NE(cuts.first, "");
    std::printf("    %zu of %zu cuts: %s\n", cuts.broken, cuts.tried, cuts.first.c_str());
}

namespace {

constexpr const char* later =
    "CREATE TABLE later(id BLOB NOT NULL); INSERT INTO later SELECT id FROM records;"
    "UPDATE spaces SET head = head + 1000";

/// A file of version 1 becomes one of the next version on the test disk.
Recording migration_of(const DataFile& data, const std::string& lies_about) {
    Disk::get().record(data.folder());
    Disk::get().lie_about(lies_about);
    const std::array migrations{schema()[0], later};
    {
        Database db(data.file(), true, Disk::vfs);
        const auto migrated = migrate(db, migrations);
        if (!migrated) throw std::runtime_error(migrated.error());
    }
    Disk::get().lie_about({});
    return Disk::get().end();
}

/// "version records heads later", of a file that is whole.
std::string state_of(const std::filesystem::path& file) {
    Database db(file.string(), false, {});
    {
        Rows rows = db.query("PRAGMA integrity_check");
        if (!rows.next() || rows.text(0) != "ok") return "damaged";
    }
    Rows rows = db.query(
        "SELECT (SELECT max(version) FROM migrations) || ' ' || (SELECT count(*) FROM records) || "
        "' ' || (SELECT sum(head) / 1000 FROM spaces) || ' ' || "
        "(SELECT count(*) FROM sqlite_schema WHERE name = 'later')");
    return rows.next() ? rows.text(0) : "nothing";
}

std::vector<std::string> migration_broken_in(const std::filesystem::path& place) {
    try {
        const auto file = place / "seen.sqlite";
        const auto copy = copy_before(file.string(), 1);
        const std::string state = state_of(file);
        const bool old = state == "1 6 0 0";
        if (!old && state != "2 6 3 1") return {"neither old nor new: " + state};
        if (!old && !std::filesystem::exists(copy)) return {"changed without a copy"};
        if (std::filesystem::exists(copy) && state_of(copy) != "1 6 0 0")
            return {"the copy is not what was: " + state_of(copy)};
        return {};
    } catch (const std::exception& failure) {
        return {failure.what()};
    }
}

}  // namespace

TEST(Power, a_cut_migration_leaves_the_old_or_the_new_and_never_changes_without_a_copy) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    const DataFile data;
    const Recording recording = migration_of(data, {});
    const Law law = [](const std::filesystem::path& place, std::size_t) {
        return migration_broken_in(place);
    };
    for (const auto& with :
         {std::optional<unsigned>{}, std::optional{seed}, std::optional{seed + 1}}) {
        const Cuts cuts = cut_everywhere(recording, with, law);
        EXPECT_EQ(cuts.broken, 0U) << cuts.first;
        EXPECT_GT(cuts.tried, with ? 20U : 5U);
    }
}

TEST(Power, a_disk_that_does_not_sync_the_copy_is_found_out) {
    const DataFile data;
    const Recording recording = migration_of(data, ".unfinished");
    const Cuts cuts = cut_everywhere(
        recording, std::nullopt,
        [](const std::filesystem::path& place, std::size_t) { return migration_broken_in(place); });
    EXPECT_GT(cuts.broken, 0U);
}

}  // namespace seen::server::test
