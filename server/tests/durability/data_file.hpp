#pragma once

/// A data file of an earlier version, copied into a folder of its own, and what is in it as its own
/// version told it (make_data_file.cpp).

#include "seen/server/sqlite_storage.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>

namespace seen::server::test {

class DataFile {
  public:
    /// Of version 1, the first of which data was kept.
    DataFile();
    ~DataFile();
    DataFile(const DataFile&) = delete;
    DataFile& operator=(const DataFile&) = delete;

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    [[nodiscard]] std::string file() const { return (folder_ / "seen.sqlite").string(); }
    [[nodiscard]] const nlohmann::json& content() const { return content_; }
    /// What of its content is not in this storage, one line each; empty when all is there.
    [[nodiscard]] std::vector<std::string> missing_in(Storage& storage) const;
    template <class AnyId>
    [[nodiscard]] AnyId id(const char* name) const {
        return *id_from<AnyId>(content_.at(name).get<std::string>());
    }

  private:
    std::filesystem::path folder_;
    nlohmann::json content_;
};

}  // namespace seen::server::test
