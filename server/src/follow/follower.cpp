#include "follow/follower.hpp"

#include "record/log.hpp"
#include "seen/server/limits.hpp"
#include "wire/write.hpp"

#include <algorithm>

namespace seen::server {

namespace {
/// A page fetched for a follower; several small ones keep the first frame quick.
constexpr std::size_t follow_page_records = 200;
constexpr std::size_t follow_page_bytes = 256UL * 1024;
/// No further page is read while this much waits on the line.
constexpr std::size_t enough_queued = 128UL * 1024;

/// To those inside and to nobody else.
void tell_present(const Meetings& meetings, const SpaceId& space) {
    const std::string frame = present_frame(space, meetings.present(space));
    for (const auto& inside : meetings.inside(space)) inside.follower->tell(frame);
}

}  // namespace

void Follower::heard(std::string_view text) {
    if (line_ == nullptr) return;
    const auto frame = read_follow_frame(text);
    if (!frame) return refuse_and_close(frame.error());
    if (!session_) admit(*frame);
    if (session_) set_out(*frame);
}

void Follower::admit(const FollowFrame& frame) {
    auto session =
        frame.token ? context_.sessions.find(*frame.token, context_.clock.now()) : std::nullopt;
    if (!session || !session->device) return refuse_and_close(Refusal::Unauthorized);
    if (!context_.hub.join(session->account, this)) return refuse_and_close(Refusal::SlowDown);
    session_ = session;
    token_ = *frame.token;
    line_->send(nlohmann::json{{"beat", context_.clock.now()}}.dump());
}

void Follower::set_out(const FollowFrame& frame) {
    for (const auto& [space, after] : frame.after) {
        if (!trails_.contains(space) && trails_.size() >= limits::spaces_per_follow)
            return refuse_and_close(Refusal::TooLarge);
        Trail& trail = trails_[space];
        trail.after = after;
        ++trail.round;
        trail.log_news = trail.held_news = true;
        context_.hub.follow(space, this);
    }
    for (const auto& [space, place] : frame.brief) listen(space, place);
    if (frame.leave) leave(*frame.leave);
    if (frame.enter) enter(*frame.enter);
    pump();
}

void Follower::beat() {
    if (line_ == nullptr || !session_) return;
    context_.lapsing.look();
    if (!context_.sessions.find(token_, context_.clock.now()))
        return refuse_and_close(Refusal::Unauthorized);
    line_->send(nlohmann::json{{"beat", context_.clock.now()}}.dump());
}

void Follower::left() {
    if (line_ == nullptr) return;
    line_ = nullptr;
    if (meeting_) leave(SpaceId(*meeting_));
    if (session_) context_.hub.leave(session_->account, this);
    for (const auto& [space, trail] : trails_) context_.hub.unfollow(space, this);
}

void Follower::refuse_and_close(Refusal why) {
    if (line_ != nullptr) line_->finish(nlohmann::json{{"error", code_of(why)}}.dump());
}

void Follower::log_grew(const SpaceId& space) {
    const auto trail = trails_.find(space);
    if (trail == trails_.end()) return;
    trail->second.log_news = true;
    pump();
}

void Follower::held_changed(const SpaceId& space) {
    const auto trail = trails_.find(space);
    if (trail == trails_.end()) return;
    trail->second.held_news = true;
    pump();
}

void Follower::tell(const std::string& frame) {
    if (line_ != nullptr) line_->send(frame);
}

void Follower::forget(const SpaceId& space) {
    if (meeting_ == space) leave(SpaceId(space));
    if (line_ == nullptr || trails_.erase(space) == 0) return;
    context_.hub.unfollow(space, this);
}

void Follower::as_member(const SpaceId& space, std::function<void()> then) {
    context_.ledger.read<bool>(
        [space, account = session_->account](Storage& storage) -> Result<bool> {
            if (!storage.standing(space, account)) return refuse(Refusal::NotFound);
            return true;
        },
        [self = shared_from_this(), then = std::move(then)](const Result<bool>& member) {
            if (self->line_ == nullptr) return;
            if (!member) return self->refuse_and_close(member.error());
            then();
        });
}

/// Only within a space that is followed: its trail says so.
void Follower::listen(const SpaceId& space, const BriefPlace& place) {
    if (!trails_.contains(space)) return refuse_and_close(Refusal::BadRequest);
    as_member(space, [this, space, place] {
        trails_[space].hears_brief = true;
        const Ring* ring = context_.rings.ring(space, context_.clock.now());
        if (ring == nullptr) return;
        const auto missed = ring->since(place.ring, place.after);
        if (!missed.empty()) line_->send(brief_frame(space, ring->id(), missed));
    });
}

void Follower::brief_heard(const SpaceId& space, const std::string& frame) {
    const auto trail = trails_.find(space);
    if (trail != trails_.end() && trail->second.hears_brief) tell(frame);
}

void Follower::enter(const SpaceId& space) {
    if (!trails_.contains(space)) return refuse_and_close(Refusal::BadRequest);
    as_member(space, [this, space] {
        if (meeting_ && *meeting_ != space) leave(SpaceId(*meeting_));
        if (!context_.meetings.enter(space, this, session_->account)) return;
        meeting_ = space;
        tell_present(context_.meetings, space);
    });
}

void Follower::leave(const SpaceId& space) {
    if (!context_.meetings.leave(space, this)) return;
    meeting_.reset();
    tell_present(context_.meetings, space);
}

void Follower::pump() {
    if (line_ == nullptr || reading_ || line_->queued() > enough_queued) return;
    const auto has_news = [](const auto& entry) {
        return entry.second.log_news || entry.second.held_news;
    };
    // In turns, so that a busy space does not silence the others.
    auto next = std::find_if(trails_.upper_bound(last_), trails_.end(), has_news);
    if (next == trails_.end()) next = std::ranges::find_if(trails_, has_news);
    if (next == trails_.end()) return;
    auto& [space, trail] = *next;
    last_ = space;
    if (trail.log_news) {
        trail.log_news = false;
        read_log(space, trail);
    } else {
        trail.held_news = false;
        read_held(space);
    }
}

void Follower::read_log(const SpaceId& space, const Trail& trail) {
    reading_ = true;
    context_.ledger.read<RecordPage>(
        [space, account = session_->account,
         after = trail.after](Storage& storage) -> Result<RecordPage> {
            if (!storage.standing(space, account)) return refuse(Refusal::NotFound);
            return storage.records(space, after, follow_page_records, follow_page_bytes);
        },
        [self = shared_from_this(), space, round = trail.round](const Result<RecordPage>& page) {
            self->log_read(space, round, page);
        });
}

void Follower::log_read(const SpaceId& space, std::uint64_t round, const Result<RecordPage>& page) {
    reading_ = false;
    if (!still_follows(space)) return pump();
    if (!page) return refuse_and_close(page.error());
    Trail& trail = trails_[space];
    // The device has meanwhile asked to begin elsewhere: this page is not an answer to that.
    if (trail.round == round) {
        if (!page->records.empty()) {
            trail.after = page->records.back().seq;
            if (trail.after < page->head) trail.log_news = true;
        }
        line_->send(nlohmann::json{
            {"space", base64url(space)}, {"records", to_json(page->records)}, {"head", page->head}}
                        .dump());
    }
    pump();
}

void Follower::read_held(const SpaceId& space) {
    reading_ = true;
    context_.ledger.read<std::vector<Record>>(
        [space, account = session_->account,
         now = context_.clock.now()](Storage& storage) -> Result<std::vector<Record>> {
            if (!storage.standing(space, account)) return refuse(Refusal::NotFound);
            return held_at(storage, space, account, now);
        },
        [self = shared_from_this(), space](const Result<std::vector<Record>>& held) {
            self->held_read(space, held);
        });
}

void Follower::held_read(const SpaceId& space, const Result<std::vector<Record>>& held) {
    reading_ = false;
    if (!still_follows(space)) return pump();
    if (!held) return refuse_and_close(held.error());
    line_->send(nlohmann::json{{"space", base64url(space)}, {"held", to_json(*held)}}.dump());
    pump();
}

}  // namespace seen::server
