#pragma once

/// The server's time, in milliseconds since 1970. Everything that expires asks this seam, so that a
/// test, and the demonstration, can move time. Deadlines of sockets do not: they are about the
/// machine, not about people.

#include "seen/server/bytes.hpp"

#include <atomic>

namespace seen::server {

class Clock {
  public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Moment now() const = 0;
};

/// The machine's own time.
class SystemClock final : public Clock {
  public:
    [[nodiscard]] Moment now() const override;
};

/// The machine's time plus an offset that a person moves. Exists only with `--demo`. Safe to share
/// between threads.
class DemoClock final : public Clock {
  public:
    [[nodiscard]] Moment now() const override;
    /// Milliseconds ahead of the machine; negative is behind. At most ten years either way: more is
    /// cut.
    void move_to(std::int64_t offset_ms);

  private:
    std::atomic<std::int64_t> offset_ms_{0};
};

}  // namespace seen::server
