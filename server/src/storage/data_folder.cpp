#include "storage/data_folder.hpp"

#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <unistd.h>

namespace seen::server {

namespace fs = std::filesystem;

std::expected<DataFolder, std::string> DataFolder::open(const std::string& path) {
    std::error_code failed;
    const bool made = fs::create_directories(path, failed);
    if (failed || !fs::is_directory(path, failed))
        return std::unexpected("cannot make the data folder " + path);
    if (made) fs::permissions(path, fs::perms::owner_all, failed);
    const std::string file = path + "/lock";
    const int lock = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (lock < 0) return std::unexpected("cannot write to the data folder " + path);
    if (::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return std::unexpected("another seen is already using the data folder " + path);
    }
    return DataFolder(lock);
}

DataFolder::~DataFolder() {
    if (lock_ >= 0) ::close(lock_);
}

}  // namespace seen::server
