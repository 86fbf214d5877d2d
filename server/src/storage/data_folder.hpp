#pragma once

/// The one folder in which a server keeps everything: made when missing, readable by nobody else,
/// and locked, because two servers over one log would not hear of each other's records. The lock
/// goes with the process, however it ends.

#include <expected>
#include <string>
#include <utility>

namespace seen::server {

class DataFolder {
  public:
    /// The reason in one plain line when the folder cannot be made, written to, or is in use.
    [[nodiscard]] static std::expected<DataFolder, std::string> open(const std::string& path);
    DataFolder(DataFolder&& other) noexcept : lock_(std::exchange(other.lock_, -1)) {}
    DataFolder& operator=(DataFolder&&) = delete;
    DataFolder(const DataFolder&) = delete;
    DataFolder& operator=(const DataFolder&) = delete;
    ~DataFolder();

  private:
    explicit DataFolder(int lock) : lock_(lock) {}
    int lock_;
};

}  // namespace seen::server
