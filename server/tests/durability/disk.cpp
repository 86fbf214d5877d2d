#include "durability/disk.hpp"

#include <sqlite3.h>

#include <cstdio>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

namespace seen::server::test {

namespace {

using Kind = DiskStep::Kind;
using Lock = std::scoped_lock<std::recursive_mutex>;

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs layer;

/// In memory the system's own file follows.
struct File {
    sqlite3_file base;
    int number;  ///< -1: not written down.
    bool lied_about;
};

File& mine(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

sqlite3_file* real(sqlite3_file* file) {
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
}

DiskStep step_of(Kind kind, sqlite3_file* file, std::size_t at) {
    DiskStep step;
    step.kind = kind;
    step.file = mine(file).number;
    step.at = at;
    return step;
}

int close_file(sqlite3_file* file) {
    return real(file)->pMethods->xClose(real(file));
}

int read_file(sqlite3_file* file, void* to, int size, sqlite3_int64 at) {
    return real(file)->pMethods->xRead(real(file), to, size, at);
}

int write_file(sqlite3_file* file, const void* from, int size, sqlite3_int64 at) {
    const Lock lock(Disk::get().mutex());
    const auto length = static_cast<std::size_t>(size);
    if (const int code = Disk::get().write_code(length); code != SQLITE_OK) return code;
    const int code = real(file)->pMethods->xWrite(real(file), from, size, at);
    if (code == SQLITE_OK) {
        DiskStep step = step_of(Kind::Write, file, static_cast<std::size_t>(at));
        step.bytes.assign(static_cast<const char*>(from), length);
        Disk::get().note(std::move(step));
    }
    return code;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    const Lock lock(Disk::get().mutex());
    if (const int code = Disk::get().write_code(0); code != SQLITE_OK) return code;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK)
        Disk::get().note(step_of(Kind::Truncate, file, static_cast<std::size_t>(size)));
    return code;
}

/// The system's own layer also syncs the folder when the name is new; that is caught below.
int sync_file(sqlite3_file* file, int flags) {
    const Lock lock(Disk::get().mutex());
    if (const int code = Disk::get().sync_code(); code != SQLITE_OK) return code;
    if (mine(file).lied_about) return SQLITE_OK;
    Disk::get().note(step_of(Kind::Sync, file, 0));
    return real(file)->pMethods->xSync(real(file), flags);
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    return real(file)->pMethods->xFileSize(real(file), size);
}
int lock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xLock(real(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
    return real(file)->pMethods->xUnlock(real(file), level);
}
int check_lock(sqlite3_file* file, int* out) {
    return real(file)->pMethods->xCheckReservedLock(real(file), out);
}
int control(sqlite3_file* file, int what, void* with) {
    return real(file)->pMethods->xFileControl(real(file), what, with);
}
int sector_size(sqlite3_file* file) {
    return real(file)->pMethods->xSectorSize(real(file));
}
int characteristics(sqlite3_file* file) {
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}
int map_shared(sqlite3_file* file, int region, int size, int extend, void volatile** to) {
    return real(file)->pMethods->xShmMap(real(file), region, size, extend, to);
}
int lock_shared(sqlite3_file* file, int offset, int n, int flags) {
    return real(file)->pMethods->xShmLock(real(file), offset, n, flags);
}
void barrier(sqlite3_file* file) {
    real(file)->pMethods->xShmBarrier(real(file));
}
int unmap_shared(sqlite3_file* file, int remove) {
    return real(file)->pMethods->xShmUnmap(real(file), remove);
}

/// Version 2: no pages mapped into memory, for those would go around xWrite.
const sqlite3_io_methods methods{.iVersion = 2,
                                 .xClose = close_file,
                                 .xRead = read_file,
                                 .xWrite = write_file,
                                 .xTruncate = truncate_file,
                                 .xSync = sync_file,
                                 .xFileSize = file_size,
                                 .xLock = lock_file,
                                 .xUnlock = unlock_file,
                                 .xCheckReservedLock = check_lock,
                                 .xFileControl = control,
                                 .xSectorSize = sector_size,
                                 .xDeviceCharacteristics = characteristics,
                                 .xShmMap = map_shared,
                                 .xShmLock = lock_shared,
                                 .xShmBarrier = barrier,
                                 .xShmUnmap = unmap_shared,
                                 .xFetch = nullptr,
                                 .xUnfetch = nullptr};

int open_file(sqlite3_vfs* /*below*/, const char* name, sqlite3_file* file, int flags, int* out) {
    const Lock lock(Disk::get().mutex());
    mine(file) = {};
    const bool fresh = name != nullptr && ::access(name, F_OK) != 0;
    const int code = real_vfs->xOpen(real_vfs, name, real(file), flags, out);
    if (real(file)->pMethods == nullptr) return code;
    file->pMethods = &methods;
    if (code != SQLITE_OK || name == nullptr) return code;
    if (fresh) Disk::get().note_named(Kind::Create, name);
    mine(file).number = Disk::get().number_of(name);
    mine(file).lied_about = Disk::get().lies_about(std::string(name));
    return code;
}

int remove_file(sqlite3_vfs* /*below*/, const char* name, int with_folder) {
    const Lock lock(Disk::get().mutex());
    // First the note: a sync of the folder comes within.
    if (::access(name, F_OK) == 0) Disk::get().note_named(Kind::Remove, name);
    return real_vfs->xDelete(real_vfs, name, with_folder);
}

}  // namespace

Disk& Disk::get() {
    static Disk disk;
    return disk;
}

Disk::Disk() {
    real_vfs = sqlite3_vfs_find(nullptr);
    layer = *real_vfs;
    layer.zName = vfs;
    layer.szOsFile = static_cast<int>(sizeof(File)) + real_vfs->szOsFile;
    layer.xOpen = open_file;
    layer.xDelete = remove_file;
    sqlite3_vfs_register(&layer, 0);
}

void Disk::be_the_only_one() {
    sqlite3_vfs_register(&layer, 1);
}

void Disk::record(const std::filesystem::path& folder) {
    const Lock lock(mutex_);
    folder_ = folder;
    numbers_.clear();
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        numbers_[entry.path().filename().string()] = next_number_++;
    recording_.emplace(Recording{Platter(folder, numbers_), {}});
}

std::size_t Disk::steps_so_far() {
    const Lock lock(mutex_);
    return recording_ ? recording_->steps.size() : 0;
}

Recording Disk::end() {
    const Lock lock(mutex_);
    if (!recording_) throw std::logic_error("nothing was recorded");
    Recording recording = std::move(*recording_);
    recording_.reset();
    return recording;
}

void Disk::has_room_for(std::optional<std::size_t> bytes) {
    const Lock lock(mutex_);
    room_ = bytes;
}

void Disk::refuses(Refuses what) {
    const Lock lock(mutex_);
    refuses_ = what;
}

void Disk::lie_about(const std::string& ending) {
    const Lock lock(mutex_);
    lies_about_ = ending;
}

bool Disk::lies_about(const std::string& path) const {
    return !lies_about_.empty() && path.ends_with(lies_about_);
}

std::optional<std::string> Disk::short_name(const std::string& path) const {
    const std::filesystem::path whole(path);
    if (!recording_ || whole.parent_path() != folder_) return std::nullopt;
    return whole.filename().string();
}

int Disk::number_of(const std::string& path) {
    const auto name = short_name(path);
    if (!name) return -1;
    const auto found = numbers_.find(*name);
    return found == numbers_.end() ? -1 : found->second;
}

int Disk::write_code(std::size_t bytes) {
    if (refuses_ == Refuses::Writing) return SQLITE_READONLY;
    if (!room_) return SQLITE_OK;
    if (*room_ < bytes) {
        room_ = 0;
        return SQLITE_FULL;
    }
    *room_ -= bytes;
    return SQLITE_OK;
}

int Disk::sync_code() const {
    return refuses_ == Refuses::Syncing ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

void Disk::note(DiskStep step) {
    const Lock lock(mutex_);
    const bool of_a_file =
        step.kind == Kind::Write || step.kind == Kind::Truncate || step.kind == Kind::Sync;
    if (!recording_ || (of_a_file && step.file < 0)) return;
    recording_->steps.push_back(std::move(step));
}

void Disk::note_named(Kind kind, const std::string& path, const std::string& to) {
    const Lock lock(mutex_);
    const auto name = short_name(path);
    if (!name || name->ends_with("-shm")) return;
    DiskStep step;
    step.kind = kind;
    step.name = *name;
    if (kind == Kind::Create) step.file = numbers_[*name] = next_number_++;
    if (kind == Kind::Remove) numbers_.erase(*name);
    if (kind == Kind::Rename) {
        step.to = std::filesystem::path(to).filename().string();
        numbers_[step.to] = numbers_[*name];
        numbers_.erase(*name);
    }
    note(std::move(step));
}

void Disk::note_folder_sync() {
    DiskStep step;
    step.kind = Kind::SyncFolder;
    note(std::move(step));
}

}  // namespace seen::server::test

// What goes around SQLite's layers: these stand before the system's own in this program.

extern "C" int rename(const char* from, const char* to) noexcept {
    const int failed = ::renameat(AT_FDCWD, from, AT_FDCWD, to);
    if (failed == 0)
        seen::server::test::Disk::get().note_named(seen::server::test::DiskStep::Kind::Rename, from,
                                                   to);
    return failed;
}

// Nothing is really synced: these tests do not cut the power of this machine.

extern "C" int fsync(int handle) {
    struct stat about{};
    if (::fstat(handle, &about) == 0 && S_ISDIR(about.st_mode))
        seen::server::test::Disk::get().note_folder_sync();
    return 0;
}

extern "C" int fdatasync(int handle) {
    return fsync(handle);
}
