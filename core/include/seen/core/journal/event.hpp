#pragma once
/// An event: what one person did, in the words of spec/events.md.
///
/// Each act is a type of its own that carries its name, the place where it may stand and whether it
/// is held; the variant `Act` is the only list of them, and reading and writing go through it.
/// What this version does not know is kept as it came: an unknown type or a higher version as
/// `Unknown` or `Newer` with the whole event in `rest`, an unknown field in `rest`. Both are
/// without effect. Invariant: write_event(read_event(json)) == json for every event that is read,
/// except that an absent optional field stays absent where it was null.
///
/// Texts are UTF-8, limits as in text/limits.hpp. Owned values throughout.

#include "seen/core/error/error.hpp"
#include "seen/core/journal/json.hpp"
#include "seen/core/practice/exchange.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace seen::core {

inline constexpr std::uint64_t event_version = 1;

enum class SpaceKind : std::uint8_t { Room, Shared };

/// Where an act may stand: in one's own room, between two, or in both.
enum class Place : std::uint8_t { Room, Shared, Anywhere };

// Each act says: its name on the wire, its place, whether it is held until the other's is there.
struct NameSet {
    static constexpr std::string_view type = "name.set";
    static constexpr Place place = Place::Anywhere;
    static constexpr bool held = false;
    std::string name;
    friend bool operator==(const NameSet&, const NameSet&) = default;
};

struct PhraseChecked {
    static constexpr std::string_view type = "phrase.checked";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    friend bool operator==(const PhraseChecked&, const PhraseChecked&) = default;
};

/// In an invitation of two, who made it and who took it.
enum class Role : std::uint8_t { Opener, Joiner };

struct SpaceJoined {
    static constexpr std::string_view type = "space.joined";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string space;
    Role role = Role::Opener;
    std::string partner;                      ///< account id
    std::optional<std::string> partner_name;  ///< as it was in the invitation; may be unsaid
    friend bool operator==(const SpaceJoined&, const SpaceJoined&) = default;
};

/// The key of a later epoch of the shared space. The key itself is taken out before it comes here.
struct SpaceKey {
    static constexpr std::string_view type = "space.key";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string space;
    std::uint64_t n = 0;
    friend bool operator==(const SpaceKey&, const SpaceKey&) = default;
};

/// In one's own room it names the space that is put away; between two it is the author who leaves.
struct SpaceLeft {
    static constexpr std::string_view type = "space.left";
    static constexpr Place place = Place::Anywhere;
    static constexpr bool held = false;
    std::optional<std::string> space;  ///< always there in a room
    friend bool operator==(const SpaceLeft&, const SpaceLeft&) = default;
};

struct DeviceNamed {
    static constexpr std::string_view type = "device.named";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string device;
    std::string name;
    friend bool operator==(const DeviceNamed&, const DeviceNamed&) = default;
};

/// The first record under an epoch. What it means is for those who check seals; here it is nothing.
struct EpochBegan {
    static constexpr std::string_view type = "epoch.began";
    static constexpr Place place = Place::Anywhere;
    static constexpr bool held = false;
    std::uint64_t n = 0;
    friend bool operator==(const EpochBegan&, const EpochBegan&) = default;
};

struct NoteKept {
    static constexpr std::string_view type = "note.kept";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string text;
    friend bool operator==(const NoteKept&, const NoteKept&) = default;
};

struct NoteChanged {
    static constexpr std::string_view type = "note.changed";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string target;
    std::string text;
    friend bool operator==(const NoteChanged&, const NoteChanged&) = default;
};

struct NoteRemoved {
    static constexpr std::string_view type = "note.removed";
    static constexpr Place place = Place::Room;
    static constexpr bool held = false;
    std::string target;
    friend bool operator==(const NoteRemoved&, const NoteRemoved&) = default;
};

struct TruthGiven {
    static constexpr std::string_view type = "truth.given";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = true;
    std::string text;
    friend bool operator==(const TruthGiven&, const TruthGiven&) = default;
};

struct TruthWaiting {
    static constexpr std::string_view type = "truth.waiting";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = false;
    Counter counter = 0;
    friend bool operator==(const TruthWaiting&, const TruthWaiting&) = default;
};

struct TruthQuiet {
    static constexpr std::string_view type = "truth.quiet";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = false;
    Counter counter = 0;
    friend bool operator==(const TruthQuiet&, const TruthQuiet&) = default;
};

struct TruthWithdrawn {
    static constexpr std::string_view type = "truth.withdrawn";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = false;
    std::string target;
    friend bool operator==(const TruthWithdrawn&, const TruthWithdrawn&) = default;
};

enum class ResponseKind : std::uint8_t { Thanks, Words };

struct ResponseGiven {
    static constexpr std::string_view type = "response.given";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = false;
    std::string target;
    ResponseKind kind = ResponseKind::Thanks;
    std::optional<std::string> text;  ///< always there for `Words`
    friend bool operator==(const ResponseGiven&, const ResponseGiven&) = default;
};

/// What the author says to: may we let each other know that one waits?
struct WaitingAgreed {
    static constexpr std::string_view type = "waiting.agreed";
    static constexpr Place place = Place::Shared;
    static constexpr bool held = false;
    bool tell = false;
    friend bool operator==(const WaitingAgreed&, const WaitingAgreed&) = default;
};

struct Unknown {
    friend bool operator==(const Unknown&, const Unknown&) = default;
};
struct Newer {
    friend bool operator==(const Newer&, const Newer&) = default;
};

using Act = std::variant<Unknown, Newer, NameSet, PhraseChecked, SpaceJoined, SpaceKey, SpaceLeft,
                         DeviceNamed, EpochBegan, NoteKept, NoteChanged, NoteRemoved, TruthGiven,
                         TruthWaiting, TruthQuiet, TruthWithdrawn, ResponseGiven, WaitingAgreed>;

struct Event {
    Act act;
    Json rest;  ///< null, or an object of what was not understood
    friend bool operator==(const Event&, const Event&) = default;
};

/// The first thing that a person would have to change about this act: 2xx, or nothing.
[[nodiscard]] std::optional<Error> check_act(const Act& act);

/// Whether this act may stand in such a space, held or not. True for what is not understood.
[[nodiscard]] bool may_stand(const Act& act, SpaceKind kind, bool held);

[[nodiscard]] std::string_view spelling_of(Role role);
[[nodiscard]] std::optional<Role> role_of(std::string_view spelling);
[[nodiscard]] std::string_view spelling_of(ResponseKind kind);
[[nodiscard]] std::optional<ResponseKind> response_kind_of(std::string_view spelling);

/// `BadEvent` names the field that is wrong. Total over all JSON values of any depth.
[[nodiscard]] Result<Event> read_event(const Json& json);
[[nodiscard]] Json write_event(const Event& event);

}  // namespace seen::core
