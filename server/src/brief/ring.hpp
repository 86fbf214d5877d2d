#pragma once

/// Brief records: sealed like all others, heard and passed on, kept by nobody. A ring holds the
/// last ones of one space in memory, so that a phone that loses its connection for a while is given
/// what it missed; a restart loses them, and both phones then offer their own state.
///
/// A ring has an id from its first record until its last is gone; n counts 1, 2, 3 … within a ring
/// and has no gaps, so (ring, n) names a place exactly. Bounds: `brief_records` records, each at
/// most `brief_life_ms` old, `brief_ring_bytes` sealed bytes; the oldest make room. Worked: of 501
/// records the ring holds n = 2 … 501; what is asked for after n = 0 begins with 2. Lives on the
/// network thread. Source: spec/protocol.md §3b.

#include "seen/server/bytes.hpp"
#include "seen/server/refusal.hpp"

#include <deque>
#include <vector>

namespace seen::server {

using RingId = Id<struct RingTag>;

/// What a device asks to be passed on.
struct NewBrief {
    RecordId id;
    DeviceId device;
    std::uint64_t epoch = 0;
    Bytes sealed;
};

struct Brief {
    std::uint64_t n = 0;
    Moment stamp = 0;
    AccountId author;
    NewBrief said;
};

class Ring {
  public:
    explicit Ring(RingId id) : id_(id) {}

    [[nodiscard]] const RingId& id() const { return id_; }
    [[nodiscard]] bool empty() const { return briefs_.empty(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    /// The same id with the same bytes by the same device is the same record again: its first n,
    /// and `is_new` false. With other bytes: Different.
    struct Heard {
        const Brief* brief = nullptr;  ///< Good until the ring is changed.
        bool is_new = false;
    };
    [[nodiscard]] Result<Heard> hear(const AccountId& author, NewBrief said, Moment now);
    void drop_old(Moment now);
    /// In order; all of them when the place is in another ring.
    [[nodiscard]] std::vector<const Brief*> since(const std::optional<RingId>& ring,
                                                  std::uint64_t after) const;

  private:
    void drop_first();

    RingId id_;
    std::uint64_t newest_ = 0;
    std::size_t bytes_ = 0;
    std::deque<Brief> briefs_;
};

}  // namespace seen::server
