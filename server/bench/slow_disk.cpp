#include "slow_disk.hpp"

#include <sqlite3.h>

#include <atomic>
#include <chrono>
#include <map>
#include <thread>

namespace seen::bench {

namespace {

// The system's files have several tables of methods and one way of syncing. Used by one thread.
sqlite3_vfs* real = nullptr;
sqlite3_vfs slow;
std::map<const sqlite3_io_methods*, sqlite3_io_methods> slow_methods;
int (*real_sync)(sqlite3_file*, int) = nullptr;
std::atomic<std::uint64_t> syncs{0};

int sync_slowly(sqlite3_file* file, int flags) {
    ++syncs;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return real_sync(file, flags);
}

int open_slowly(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags,
                int* out_flags) {
    const int code = real->xOpen(real, name, file, flags, out_flags);
    if (code != SQLITE_OK || file->pMethods == nullptr) return code;
    const auto [slowed, fresh] = slow_methods.try_emplace(file->pMethods, *file->pMethods);
    if (fresh) {
        real_sync = slowed->second.xSync;
        slowed->second.xSync = sync_slowly;
    }
    file->pMethods = &slowed->second;
    return code;
}

}  // namespace

void register_slow_disk() {
    real = sqlite3_vfs_find(nullptr);
    slow = *real;
    slow.zName = slow_disk;
    slow.xOpen = open_slowly;
    sqlite3_vfs_register(&slow, 0);
}

std::uint64_t slow_syncs() {
    return syncs;
}

}  // namespace seen::bench
