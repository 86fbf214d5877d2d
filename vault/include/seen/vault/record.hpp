#pragma once
/// A record: one event, sealed for a space, with everything outside of the seal bound to it.
///
///     plain  = tag(32) ‖ length(4) ‖ body ‖ zeros up to a size class
///     sealed = nonce(24) ‖ XChaCha20-Poly1305(record key, nonce, AAD, plain)
///
/// The epoch's key proves "one of us two". The tag, under a key that only the author's own devices
/// hold, proves "me" to me; so the rest is the other, a partner cannot put words into my history,
/// and nobody can show a third party who wrote them.
/// Invariant: what opens was sealed under this key for exactly this head, and its length says only
/// its class. Faults, in this order: CannotOpen, BadPadding, NotMine, BadBody.
/// Source: spec/envelope.md §5; worked values in spec/vectors/records.json.

#include "seen/vault/json.hpp"
#include "seen/vault/keys.hpp"
#include "seen/vault/padding.hpp"

#include <optional>
#include <string_view>

namespace seen::vault {

/// What stands outside the seal.
struct RecordHead {
    Id space{};
    std::uint64_t epoch = 1;
    Id account{};
    Id device{};
    Id id{};
    /// Only where the class is held.
    std::optional<Id> hold;
    RecordClass record_class = RecordClass::Durable;
    /// Hash of this device's previous durable record in this space; empty for held and brief ones.
    std::optional<Hash> prev;
};

/// `{"space","epoch","account","device","id","hold","class","prev"}`, or `Shape`.
[[nodiscard]] Result<RecordHead> read_record_head(const Json& json);

/// The last record that the author had absorbed: shows a server that tells two stories.
struct LastSeen {
    std::uint64_t seq = 0;
    Hash hash{};

    friend bool operator==(const LastSeen&, const LastSeen&) = default;
};

/// What is said beside the event.
struct BodyFrame {
    /// ms since 1970, the author's clock.
    std::int64_t at = 0;
    std::optional<LastSeen> seen;
    /// Hash of the author's newest device entry.
    std::optional<Hash> head;

    friend bool operator==(const BodyFrame&, const BodyFrame&) = default;
};

struct OpenedBody {
    Json event;
    BodyFrame frame;
};

[[nodiscard]] Bytes record_aad(const RecordHead& head);
[[nodiscard]] Hash record_hash(const RecordHead& head, View sealed);

/// `event` is the JSON text of an object and is sealed as it stands; otherwise `BadBody`.
[[nodiscard]] Result<Bytes> seal_record(const RecordHead& head, std::string_view event,
                                        const BodyFrame& frame, const Key& epoch_key,
                                        const Key& author_key, const Random& random);

/// `author_key` is given where the record claims to be one's own account's, and is null otherwise:
/// the tag of the other can be checked by nobody here.
[[nodiscard]] Result<OpenedBody> open_record(const RecordHead& head, View sealed,
                                             const Key& epoch_key, const Key* author_key);

}  // namespace seen::vault
