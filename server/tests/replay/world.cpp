/// Loaded before everything else into a `seen` under test: the world in which two lives can be
/// lived twice. The time of day is what the test has written into a file, and randomness comes from
/// a seed, in the order in which it is asked for. The program itself is the one that people run.

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

namespace {

/// Milliseconds since 1970, written by the test.
const std::atomic<std::int64_t>* the_time() {
    static const auto* const shared = [] {
        const char* const path = std::getenv("SEEN_REPLAY_TIME");
        const int file = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
        void* const page = file < 0 ? MAP_FAILED
                                    : ::mmap(nullptr, sizeof(std::atomic<std::int64_t>), PROT_READ,
                                             MAP_SHARED, file, 0);
        if (page == MAP_FAILED) std::abort();
        return static_cast<const std::atomic<std::int64_t>*>(page);
    }();
    return shared;
}

/// SplitMix64: not secret, only the same each time.
std::uint64_t next_number() {
    static std::atomic<std::uint64_t> state{0x5eed};
    std::uint64_t mixed = state.fetch_add(0x9e3779b97f4a7c15) + 0x9e3779b97f4a7c15;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31U);
}

void fill(void* into, std::size_t size) {
    auto* bytes = static_cast<unsigned char*>(into);
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
        const std::uint64_t number = next_number();
        std::memcpy(bytes + at, &number, std::min(sizeof number, size - at));
    }
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t which, timespec* now) noexcept {
    if (which != CLOCK_REALTIME && which != CLOCK_REALTIME_COARSE)
        return static_cast<int>(::syscall(SYS_clock_gettime, which, now));
    const std::int64_t ms = the_time()->load();
    now->tv_sec = ms / 1000;
    now->tv_nsec = (ms % 1000) * 1'000'000;
    return 0;
}

ssize_t getrandom(void* into, std::size_t size, unsigned /*flags*/) noexcept {
    fill(into, size);
    return static_cast<ssize_t>(size);
}

int getentropy(void* into, std::size_t size) noexcept {
    fill(into, size);
    return 0;
}
}
