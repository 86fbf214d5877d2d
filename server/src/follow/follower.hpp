#pragma once

/// One device that listens. It pulls: a change only marks a space as having news, and the news are
/// read from the storage in order from the follower's own place, one page at a time, the next when
/// the line has taken the last. So nothing is skipped or doubled whatever happens meanwhile, and a
/// slow reader never makes more than a page wait in memory.
///
/// Owned by its line; a read under way keeps it alive until it is back. Lives on the network
/// thread.

#include "brief/meetings.hpp"
#include "brief/rings.hpp"
#include "follow/hub.hpp"
#include "ledger/ledger.hpp"
#include "record/lapsing.hpp"
#include "seen/server/clock.hpp"
#include "session/sessions.hpp"
#include "wire/requests.hpp"

#include <map>

namespace seen::server {

/// The wire to a follower, one text frame at a time.
class Line {
  public:
    virtual ~Line() = default;
    virtual void send(const std::string& frame) = 0;
    /// Sends this last one and closes.
    virtual void finish(const std::string& frame) = 0;
    /// Bytes that wait to be taken.
    [[nodiscard]] virtual std::size_t queued() const = 0;
};

/// What a follower needs of the house.
struct FollowContext {
    Ledger& ledger;
    Sessions& sessions;
    Hub& hub;
    Rings& rings;
    Meetings& meetings;
    const Clock& clock;
    Lapsing& lapsing;
};

class Follower : public std::enable_shared_from_this<Follower> {
  public:
    Follower(FollowContext context, Line& line) : context_(context), line_(&line) {}

    /// A frame came from the device.
    void heard(std::string_view text);
    /// The line has room again.
    void drained() { pump(); }
    void beat();
    /// The line is going away; nothing is sent from now on.
    void left();
    /// Whether a valid token has been shown.
    [[nodiscard]] bool admitted() const { return session_.has_value(); }

    void log_grew(const SpaceId& space);
    void held_changed(const SpaceId& space);
    void brief_heard(const SpaceId& space, const std::string& frame);
    void tell(const std::string& frame);
    /// This space is no longer this device's to hear of.
    void forget(const SpaceId& space);
    /// The device is no longer one: closes.
    void dismiss() { refuse_and_close(Refusal::Unauthorized); }
    [[nodiscard]] std::optional<DeviceId> device() const {
        return session_ ? session_->device : std::nullopt;
    }

  private:
    struct Trail {
        std::uint64_t after = 0;
        std::uint64_t round = 0;  ///< Counts how often the device named this space.
        bool log_news = true;
        bool held_news = true;
        bool hears_brief = false;
    };

    void refuse_and_close(Refusal why);
    void admit(const FollowFrame& frame);
    void set_out(const FollowFrame& frame);
    void listen(const SpaceId& space, const BriefPlace& place);
    void enter(const SpaceId& space);
    void leave(const SpaceId& space);
    /// `then` runs if the account is a member; otherwise the line is closed.
    void as_member(const SpaceId& space, std::function<void()> then);
    void pump();
    void read_log(const SpaceId& space, const Trail& trail);
    void read_held(const SpaceId& space);
    void log_read(const SpaceId& space, std::uint64_t round, const Result<RecordPage>& page);
    void held_read(const SpaceId& space, const Result<std::vector<Record>>& held);
    /// Whether what was read of this space may still be sent.
    [[nodiscard]] bool still_follows(const SpaceId& space) const {
        return line_ != nullptr && trails_.contains(space);
    }

    FollowContext context_;
    Line* line_;
    std::optional<Session> session_;
    Hash token_{};
    std::map<SpaceId, Trail> trails_;
    std::optional<SpaceId> meeting_;  ///< One at a time.
    SpaceId last_;                    ///< Whose turn it was.
    bool reading_ = false;
};

}  // namespace seen::server
