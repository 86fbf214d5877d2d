#include "seen/core/journal/views.hpp"

#include <algorithm>
#include <ranges>

namespace seen::core {
namespace {

std::optional<std::string> name_in(const Record* record) {
    if (record == nullptr) return std::nullopt;
    return act_of<NameSet>(*record)->name;
}

JoinedView joined_view(Journal& journal, const SpaceJoined& act) {
    JoinedView view{act.space, act.role, act.partner, act.partner_name};
    const Space* const shared = journal.space(act.space);
    if (shared != nullptr && shared->kind() == SpaceKind::Shared) {
        if (auto name = name_in(shared->shared().their_name())) view.partner_name = std::move(name);
    }
    return view;
}

/// The shared space of this id while nobody has left it, or null.
const Space* present_space(Journal& journal, std::string_view id) {
    if (journal.have_left(id)) return nullptr;
    const Space* const space = journal.space(id);
    return space == nullptr || space->is_over() ? nullptr : space;
}

std::string_view over_of(Journal& journal, std::string_view id) {
    if (journal.have_left(id)) return "i_left";
    const Space* const space = journal.space(id);
    return space != nullptr && space->theirs_left() ? "they_left" : "none";
}

ResponseView response_view(const Record& record) {
    const auto* act = act_of<ResponseGiven>(record);
    return {record.id, record.author, act->kind, act->text, record.at};
}

GivenView given_view(const GivenState& given) {
    const Record& record = *given.record;
    GivenView view{.id = record.id,
                   .by = record.author,
                   .at = record.at,
                   .text = std::nullopt,
                   .withdrawn = given.withdrawn,
                   .response = std::nullopt};
    const auto* act = act_of<TruthGiven>(record);
    if (act != nullptr && !given.withdrawn) view.text = act->text;
    if (given.response != nullptr) view.response = response_view(*given.response);
    return view;
}

OpenedView opened_view(const ExchangeFold& exchange) {
    const Record& mine = *exchange.mine.record;
    return {exchange.counter, mine.stamp.value_or(mine.at), given_view(exchange.mine),
            given_view(exchange.theirs)};
}

bool is_to_receive(const ExchangeFold& exchange) {
    return exchange.open() && !exchange.theirs.withdrawn && exchange.theirs.response == nullptr &&
           act_of<TruthGiven>(*exchange.theirs.record) != nullptr;
}

NoteView note_view(const NoteState& note) {
    NoteView view{.id = note.kept->id,
                  .seq = note.kept->seq,
                  .text = std::string(text_of(note)),
                  .at = note.kept->at,
                  .changed_at = std::nullopt,
                  .pending = !note.kept->seq};
    if (note.changed != nullptr) {
        view.changed_at = note.changed->at;
        view.pending = view.pending || !note.changed->seq;
    }
    return view;
}

}  // namespace

MeView view_me(Journal& journal) {
    MeView view;
    if (const Space* const own = journal.room()) {
        view.name = name_in(own->room().name());
        view.phrase_checked = own->room().phrase_checked();
        if (const Record* const joined = own->room().joined()) {
            view.joined = joined_view(journal, *act_of<SpaceJoined>(*joined));
            view.over = over_of(journal, view.joined->space);
        }
    }
    view.newer = journal.has_newer();
    return view;
}

std::optional<ExchangeView> view_exchange(Journal& journal, std::string_view space, Instant now) {
    const Space* const shared = present_space(journal, space);
    if (shared == nullptr) return std::nullopt;
    const SharedFold& fold = shared->shared();
    const ExchangeState& making = fold.making();
    const bool agreed = fold.both_agreed();
    ExchangeView view{.counter = making.counter,
                      .state = standing_of(making, agreed, now),
                      .mine = std::nullopt,
                      .theirs_waits = theirs_waits(making, agreed, now),
                      .may_tell = agreed};
    if (const Record* const waiting = fold.waiting()) {
        const std::string& text = act_of<TruthGiven>(*waiting)->text;
        view.mine = ExchangeView::Mine{waiting->id, text, waiting->at, waiting->lapsed};
    }
    return view;
}

std::optional<AgreementView> view_agreement(Journal& journal, std::string_view space) {
    const Space* const shared = present_space(journal, space);
    if (shared == nullptr) return std::nullopt;
    return AgreementView{shared->shared().mine_agreed(), shared->shared().theirs_agreed()};
}

DevicesView view_devices(const Space& room) {
    DevicesView view;
    for (const auto& [device, name] : room.room().devices()) view.names.emplace(device, name);
    return view;
}

TodayView view_today(Journal& journal, Instant now) {
    TodayView view{.me = view_me(journal), .exchange = std::nullopt, .to_receive = std::nullopt};
    const auto [id, shared] = journal.shared();
    if (shared == nullptr) return view;
    view.exchange = view_exchange(journal, *id, now);
    // What is answered now would reach nobody.
    if (!view.exchange) return view;
    const auto newest_first = std::views::reverse(shared->shared().exchanges());
    const auto found = std::ranges::find_if(newest_first, is_to_receive);
    if (found != newest_first.end()) view.to_receive = opened_view(*found);
    return view;
}

Page<OpenedView> view_between(const Space& shared, std::optional<Counter> before,
                              std::size_t limit) {
    const std::vector<ExchangeFold>& all = shared.shared().exchanges();
    const Counter below = std::min<Counter>(before.value_or(all.size()), all.size());
    Page<OpenedView> page;
    for (std::size_t index = static_cast<std::size_t>(below); index > 0; --index) {
        const ExchangeFold& exchange = all[index - 1];
        if (!exchange.open()) continue;
        if (page.items.size() == limit) {
            page.more = true;
            break;
        }
        page.items.push_back(opened_view(exchange));
    }
    return page;
}

std::optional<OpenedView> view_opened(const Space& shared, Counter counter) {
    const std::vector<ExchangeFold>& all = shared.shared().exchanges();
    if (counter >= all.size()) return std::nullopt;
    const ExchangeFold& exchange = all[static_cast<std::size_t>(counter)];
    return exchange.open() ? std::optional(opened_view(exchange)) : std::nullopt;
}

Page<NoteView> view_room(const Space& room, std::optional<std::uint64_t> before,
                         std::size_t limit) {
    const std::vector<NoteState>& all = room.room().notes();
    // Notes stand in order: acknowledged ones by seq, then the others.
    const auto below = [&](const NoteState& note) {
        return !before || (note.kept->seq && *note.kept->seq < *before);
    };
    const auto end = std::ranges::partition_point(all, below);
    Page<NoteView> page;
    std::size_t counted = 0;
    for (auto note = end; note != all.begin();) {
        --note;
        if (note->removed) continue;
        if (note->kept->seq && counted++ == limit) {
            page.more = true;
            break;
        }
        page.items.push_back(note_view(*note));
    }
    return page;
}

std::optional<NoteView> view_note(const Space& room, std::string_view id) {
    const NoteState* const note = room.room().note(id);
    return note == nullptr ? std::nullopt : std::optional(note_view(*note));
}

}  // namespace seen::core
