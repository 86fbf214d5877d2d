#pragma once

/// What a disk holds when its power is cut. A file that is written to holds the new bytes only in
/// memory until it is synced; a name that is made, changed or removed is so only in memory until
/// the folder is synced.
///
///     Platter platter;                 platter.apply({Create, 1, "a"}), {Write, 1, "", 0, "xy"}
///     lay_out(folder, nothing)         → no file: neither its name nor its bytes were synced
///     + {Sync, 1}, {SyncFolder}          → "a" with "xy"
///
/// The cut may also leave some of what was not synced, in pieces of 512 bytes: that is drawn from
/// the random numbers given.

#include <cstdint>
#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace seen::server::test {

struct DiskStep {
    enum class Kind : std::uint8_t { Create, Write, Truncate, Sync, Remove, Rename, SyncFolder };
    Kind kind = Kind::Sync;
    int file = -1;       ///< A number for each file ever made, whatever it is called.
    std::string name;    ///< Without the folder; of Create, Remove and Rename.
    std::string to;      ///< The new name.
    std::size_t at = 0;  ///< Offset of a write, length after a truncate.
    std::string bytes;   ///< Written.
};

class Platter {
  public:
    /// Everything in the folder counts as synced. `numbers` gives each name its file number.
    explicit Platter(const std::filesystem::path& folder,
                     const std::map<std::string, int>& numbers);

    void apply(const DiskStep& step);
    /// Whether a cut now would forget anything.
    [[nodiscard]] bool forgets() const;
    /// Writes what a cut now leaves into an empty folder; `some`: chooses what else survives.
    void lay_out(const std::filesystem::path& folder, std::mt19937* some) const;

  private:
    struct Content {
        std::string synced;
        std::vector<DiskStep> waiting;
    };
    std::map<int, Content> files_;
    std::map<std::string, int> synced_names_;
    std::map<std::string, int> names_;
};

}  // namespace seen::server::test
