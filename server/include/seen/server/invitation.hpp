#pragma once

/// An invitation and its steps, as a pure state machine.
///
///     open ── claim ──▶ claimed ── answer ──▶ answered ── reveal ──▶ revealed ── both confirm ──▶
///     joined
///
/// Until joined either side may end it, and time ends it after 24 hours. Each step is a function
/// from one invitation to the next; it is idempotent for the same caller with the same bytes.
/// Whoever is neither inviter nor invitee is told NotFound by every step but claim. The server
/// understands none of the bytes.
///
/// A person's invitation joins two accounts in a space. A device's lets a new device into the
/// inviter's account: its claimer has no account yet and is known by a ticket, and the inviter's
/// confirm, which comes last, carries the entry that adds the device and the handover. A typed code
/// leads to an invitation until it is claimed. Source: spec/protocol.md §4.

#include "seen/server/space.hpp"

#include <variant>

namespace seen::server {

enum class Stage : std::uint8_t { Open = 1, Claimed, Answered, Revealed, Joined, Ended, Expired };
enum class Role : std::uint8_t { Inviter, Invitee };
enum class InvitationKind : std::uint8_t { Person = 1, Device = 2 };

/// The hash of what a device without an account has shown.
struct Ticket {
    Hash hash{};
    friend bool operator==(const Ticket&, const Ticket&) = default;
};
using Caller = std::variant<AccountId, Ticket>;

struct Invitation {
    Lookup lookup;
    InvitationKind kind = InvitationKind::Person;
    AccountId inviter;
    std::optional<AccountId> invitee;  ///< Of a person's, once claimed.
    std::optional<Hash> ticket;        ///< Of a device's, once claimed.
    Stage stage = Stage::Open;
    Moment expires = 0;
    Bytes blob;                        ///< Empty once an account of it was deleted.
    std::optional<Lookup> code;        ///< Where a typed code finds it.
    std::optional<Bytes> code_sealed;  ///< Gone once claimed.
    std::optional<Bytes> answer;
    std::optional<Bytes> reveal;
    std::optional<Bytes> inviter_confirm;
    std::optional<Bytes> invitee_confirm;
    std::optional<SpaceId> space;  ///< Proposed by the inviter's confirm; real once joined.
    std::optional<Epoch> epoch;
    std::optional<Hash> entry;  ///< Of the device that was let in.
    std::optional<Bytes> handover;
    friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// The space that the two are about to share, as the inviter proposes it.
struct ProposedSpace {
    SpaceId space;
    Epoch epoch;
    friend bool operator==(const ProposedSpace&, const ProposedSpace&) = default;
};

/// How a device is let in, as the inviter says.
struct Admission {
    DeviceEntry entry;
    Bytes handover;
};

inline constexpr Moment invitation_life_ms = 24LL * 60 * 60 * 1000;
inline constexpr std::uint64_t open_invitations_per_account = 5;

[[nodiscard]] std::optional<Role> role_of(const Invitation& invitation, const Caller& caller);
/// The stage as it is now: an unfinished one past its time is Expired.
[[nodiscard]] Stage stage_at(const Invitation& invitation, Moment now);

using Step = Result<Invitation>;
[[nodiscard]] Step claim(Invitation invitation, const Caller& caller, Moment now);
[[nodiscard]] Step give_answer(Invitation invitation, const Caller& caller, const Bytes& answer,
                               Moment now);
[[nodiscard]] Step give_reveal(Invitation invitation, const Caller& caller, const Bytes& reveal,
                               Moment now);
/// `proposed` must come from the inviter and from nobody else. The second confirm makes it Joined.
[[nodiscard]] Step confirm(Invitation invitation, const Caller& caller, const Bytes& confirm,
                           const std::optional<ProposedSpace>& proposed, Moment now);
/// The same for a device's. `admission` must come from the inviter, after the invitee's confirm.
[[nodiscard]] Step confirm_device(Invitation invitation, const Caller& caller, const Bytes& confirm,
                                  const std::optional<Admission>& admission, Moment now);
[[nodiscard]] Step end(Invitation invitation, const Caller& caller, Moment now);

}  // namespace seen::server
