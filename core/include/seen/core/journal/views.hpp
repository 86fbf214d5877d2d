#pragma once
/// What a screen may ask of the journal. Views are plain values that own all that they hold.
///
/// Times are ms by the author's clock (`at`) or the server's (`stamp`). A page gives the newest
/// first; `more` says that older ones are there. Nothing here changes the journal.
/// Source: wasm/boundary.md.

#include "seen/core/journal/journal.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace seen::core {

struct JoinedView {
    std::string space;
    Role role = Role::Opener;
    std::string partner;
    std::optional<std::string> partner_name;  ///< theirs in the shared space, or the invitation's
};

struct MeView {
    std::optional<std::string> name;
    bool phrase_checked = false;
    std::optional<JoinedView> joined;
    std::string_view over = "none";  ///< static: of the joined one "none", "they_left", "i_left"
    bool newer = false;              ///< some of what is here was made by a newer version
};

struct ExchangeView {
    struct Mine {
        std::string id;
        std::string text;
        Instant at = 0;
        bool lapsed = false;  ///< it opens no more, and does not wait
    };
    Counter counter = 0;
    std::string_view state;  ///< static: "nothing", "mine", "theirs", "both"
    std::optional<Mine> mine;
    bool theirs_waits = false;
    bool may_tell = false;  ///< both have agreed to let each other know
};

struct AgreementView {
    std::optional<bool> mine;
    std::optional<bool> theirs;
};

struct DevicesView {
    std::map<std::string, std::string> names;  ///< by device id
};

struct ResponseView {
    std::string id;
    std::string by;
    ResponseKind kind = ResponseKind::Thanks;
    std::optional<std::string> text;
    Instant at = 0;
};

struct GivenView {
    std::string id;
    std::string by;
    Instant at = 0;
    std::optional<std::string> text;  ///< nothing when withdrawn, or when it cannot be read
    bool withdrawn = false;
    std::optional<ResponseView> response;
};

struct OpenedView {
    Counter counter = 0;
    Instant stamp = 0;
    GivenView mine;
    GivenView theirs;
};

struct TodayView {
    MeView me;
    std::optional<ExchangeView> exchange;
    std::optional<OpenedView> to_receive;
};

struct NoteView {
    std::string id;
    std::optional<std::uint64_t> seq;
    std::string text;
    Instant at = 0;
    std::optional<Instant> changed_at;
    bool pending = false;  ///< it, or its newest change, is not acknowledged yet
};

template <typename Item>
struct Page {
    std::vector<Item> items;
    bool more = false;
};

[[nodiscard]] MeView view_me(Journal& journal);
/// What waits depends on `now`.
[[nodiscard]] TodayView view_today(Journal& journal, Instant now);

/// Nothing once one of the two has left; the same of the agreement.
[[nodiscard]] std::optional<ExchangeView> view_exchange(Journal& journal, std::string_view space,
                                                        Instant now);
[[nodiscard]] std::optional<AgreementView> view_agreement(Journal& journal, std::string_view space);

[[nodiscard]] DevicesView view_devices(const Space& room);

/// Open exchanges with a counter below `before`.
[[nodiscard]] Page<OpenedView> view_between(const Space& shared, std::optional<Counter> before,
                                            std::size_t limit);
[[nodiscard]] std::optional<OpenedView> view_opened(const Space& shared, Counter counter);

/// Notes with a seq below `before`. Without `before` all unacknowledged ones stand in front and
/// do not count towards the limit, for there is no seq by which they could be turned over.
[[nodiscard]] Page<NoteView> view_room(const Space& room, std::optional<std::uint64_t> before,
                                       std::size_t limit);

/// One note; nothing where none of this id is kept, or it has been removed.
[[nodiscard]] std::optional<NoteView> view_note(const Space& room, std::string_view id);

}  // namespace seen::core
