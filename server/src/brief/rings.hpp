#pragma once

/// The rings of all spaces, made when something is said and gone when the last of it is old. All
/// together they hold at most `brief_bytes`; beyond that nothing more is taken until some are old.
/// Lives on the network thread.

#include "brief/ring.hpp"

#include <functional>
#include <unordered_map>

namespace seen::server {

class Rings {
  public:
    /// `new_id` draws a ring's id.
    explicit Rings(std::function<RingId()> new_id) : new_id_(std::move(new_id)) {}

    struct Heard {
        RingId ring;
        const Brief* brief = nullptr;  ///< Good until the rings are changed.
        bool is_new = false;
    };
    [[nodiscard]] Result<Heard> hear(const SpaceId& space, const AccountId& author, NewBrief said,
                                     Moment now);
    /// Nothing when nothing is being said there.
    [[nodiscard]] const Ring* ring(const SpaceId& space, Moment now);
    /// Someone has left: what was said goes with it.
    void forget(const SpaceId& space);

  private:
    void sweep(Moment now);

    std::function<RingId()> new_id_;
    std::unordered_map<SpaceId, Ring, IdHash> rings_;
    std::size_t bytes_ = 0;
    Moment swept_ = 0;
};

}  // namespace seen::server
