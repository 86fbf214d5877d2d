#pragma once

/// The other half of world.cpp, on the side of the test: sets the time that the server sees, and
/// draws everything that people in the test draw (keys, ids, what they write) from streams that are
/// named after what they do. So the same act has the same bytes in both lives, whatever else is
/// done between.

#include "support/running_server.hpp"

#include <atomic>
#include <string_view>

namespace seen::test {

class ReplayedWorld {
  public:
    ReplayedWorld();
    ~ReplayedWorld();
    ReplayedWorld(const ReplayedWorld&) = delete;
    ReplayedWorld& operator=(const ReplayedWorld&) = delete;

    /// From here on it is this moment, and what is drawn belongs to this act.
    void now_begins(std::string_view act, int day, std::int64_t at_ms);

  private:
    TemporaryFolder folder_;
    std::atomic<std::int64_t>* time_ = nullptr;
};

}  // namespace seen::test
