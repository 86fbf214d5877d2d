#pragma once

/// A disk for SQLite that is the system's own and writes down every step, so that a test can ask
/// what would be there had the power been cut after any of them; and that can be full or refuse to
/// be written to. Renaming a file and syncing a folder go around SQLite and are written down too.
///
///     Disk::get().record(folder);   …open_sqlite(file, Write, Disk::vfs)…
///     const Recording recording = Disk::get().end();
///     Platter platter = recording.start; for each step: platter.apply(step), platter.lay_out(…)

#include "durability/platter.hpp"

#include <mutex>
#include <optional>

namespace seen::server::test {

struct Recording {
    Platter start;
    std::vector<DiskStep> steps;
};

enum class Refuses : std::uint8_t { Nothing, Writing, Syncing };

class Disk {
  public:
    static constexpr const char* vfs = "test-disk";
    static Disk& get();

    /// From now on every step in this folder is written down; what is there counts as synced.
    void record(const std::filesystem::path& folder);
    [[nodiscard]] std::size_t steps_so_far();
    [[nodiscard]] Recording end();

    /// After so many more bytes written the disk is full; nothing: never.
    void has_room_for(std::optional<std::size_t> bytes);
    void refuses(Refuses what);
    /// Syncing a file whose name ends like this does nothing: a disk that lies. Empty: an honest
    /// one.
    void lie_about(const std::string& ending);
    /// For SQLite it is the disk that is used when no other is named.
    void be_the_only_one();

    // For the layer below SQLite.
    [[nodiscard]] int number_of(const std::string& path);
    [[nodiscard]] int write_code(std::size_t bytes);
    [[nodiscard]] int sync_code() const;
    [[nodiscard]] bool lies_about(const std::string& path) const;
    void note(DiskStep step);
    void note_named(DiskStep::Kind kind, const std::string& path, const std::string& to = {});
    void note_folder_sync();
    [[nodiscard]] std::recursive_mutex& mutex() { return mutex_; }

  private:
    Disk();
    [[nodiscard]] std::optional<std::string> short_name(const std::string& path) const;

    std::recursive_mutex mutex_;
    std::filesystem::path folder_;
    std::map<std::string, int> numbers_;
    int next_number_ = 1;
    std::optional<Recording> recording_;
    std::optional<std::size_t> room_;
    Refuses refuses_ = Refuses::Nothing;
    std::string lies_about_;
};

}  // namespace seen::server::test
