#pragma once

/// A sealed record: what the server keeps of one act of a person. It cannot read `sealed`.
///
/// A durable record gets its seq at once. A held record waits, given to nobody but its author's own
/// devices, until every member has one under the same hold; then all get consecutive seq in one
/// transaction. Invariant: within a space seq has no gaps, and the records of one release stand
/// side by side. Sizes: a sealed record is a size class plus 40 bytes: 1,064, 4,136, 16,424, then
/// Padmé; 1,065 bytes are refused. Source: spec/envelope.md §5, spec/protocol.md §2.

#include "seen/server/bytes.hpp"

namespace seen::server {

enum class RecordClass : std::uint8_t { Durable = 1, Held = 2 };

/// What a device asks to be kept.
struct NewRecord {
    RecordId id;
    DeviceId device;
    std::uint64_t epoch = 0;
    RecordClass kind = RecordClass::Durable;
    std::optional<HoldId> hold;  ///< Present exactly when held.
    std::optional<Hash> prev;    ///< Never on a held one.
    Bytes sealed;
    std::optional<RecordId> erases;  ///< Has an effect on durable ones only.
};

/// What the server keeps and gives on.
struct Record {
    std::uint64_t seq = 0;  ///< 0 while it is held.
    Moment stamp = 0;       ///< When it was kept; of a released one, when it was released.
    RecordId id;
    AccountId author;
    DeviceId device;
    std::uint64_t epoch = 0;
    RecordClass kind = RecordClass::Durable;
    std::optional<HoldId> hold;
    std::optional<Hash> prev;
    std::optional<Bytes> sealed;  ///< Nothing once erased.
    bool lapsed = false;          ///< Held too long: it opens no more.
    friend bool operator==(const Record&, const Record&) = default;
};

/// A held record lapses this long after its stamp.
inline constexpr Moment held_life_ms = 7LL * 24 * 60 * 60 * 1000;

/// What stays known of every id that was ever taken, so that a repeated request gets the first
/// answer.
struct KnownRecord {
    AccountId author;
    Hash digest{};  ///< Over everything that was sent.
    RecordClass kind = RecordClass::Durable;
    std::uint64_t seq = 0;  ///< 0 for one that was held and never released.
    Moment stamp = 0;
};

/// A hold: who must give before it opens (the set is frozen at the first record), and whether it
/// has opened.
struct Hold {
    std::vector<AccountId> members;  ///< In the order of joining.
    bool released = false;
};

struct RecordPage {
    std::vector<Record> records;
    std::uint64_t head = 0;
};

/// The digest over all fields of a request to append.
[[nodiscard]] Hash append_digest(const AccountId& author, const NewRecord& record);
/// Whether `sealed` has the length of a size class; a held one is never of the smallest.
[[nodiscard]] bool is_a_size_class(std::size_t sealed_bytes, RecordClass kind);

}  // namespace seen::server
