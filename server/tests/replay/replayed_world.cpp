#include "replay/replayed_world.hpp"

#include <sodium.h>

#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <stdexcept>
#include <sys/mman.h>
#include <unistd.h>

namespace seen::test {

namespace {

std::uint64_t stream = 1;

std::uint64_t next_number() {
    stream += 0x9e3779b97f4a7c15;
    std::uint64_t mixed = stream;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
    return mixed ^ (mixed >> 31U);
}

void fill(void* const into, const std::size_t size) {
    auto* bytes = static_cast<unsigned char*>(into);
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
        const std::uint64_t number = next_number();
        std::memcpy(bytes + at, &number, std::min(sizeof number, size - at));
    }
}

void draw_from_streams() {
    static randombytes_implementation drawn{
        .implementation_name = [] { return "replayed"; },
        .random = [] { return static_cast<std::uint32_t>(next_number()); },
        .stir = nullptr,
        .uniform = nullptr,
        .buf = fill,
        .close = nullptr};
    // Started here, because its start draws as well.
    if (randombytes_set_implementation(&drawn) != 0 || sodium_init() < 0)
        throw std::runtime_error("no randomness");
}

}  // namespace

ReplayedWorld::ReplayedWorld() {
    draw_from_streams();
    const auto file = folder_.path() / "time";
    const int handle = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (handle < 0 || ::ftruncate(handle, sizeof(*time_)) != 0)
        throw std::runtime_error("no file for the time");
    void* const page =
        ::mmap(nullptr, sizeof(*time_), PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
    ::close(handle);
    if (page == MAP_FAILED) throw std::runtime_error("no page for the time");
    time_ = static_cast<std::atomic<std::int64_t>*>(page);
    // Inherited by the server that is started next, and by nothing else: the test has begun
    // already.
    ::setenv("SEEN_REPLAY_TIME", file.c_str(), 1);
    ::setenv("LD_PRELOAD", SEEN_REPLAY_WORLD, 1);
}

ReplayedWorld::~ReplayedWorld() {
    ::unsetenv("LD_PRELOAD");
    ::munmap(time_, sizeof(*time_));
}

void ReplayedWorld::now_begins(std::string_view act, int day, std::int64_t at_ms) {
    constexpr std::int64_t first_morning = 1'750'000'000'000;
    constexpr std::int64_t day_ms = 24LL * 60 * 60 * 1000;
    time_->store(first_morning + day * day_ms + at_ms);
    stream = 0xcbf29ce484222325 + static_cast<std::uint64_t>(day);
    for (const char letter : act)
        stream = (stream ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
}

}  // namespace seen::test
