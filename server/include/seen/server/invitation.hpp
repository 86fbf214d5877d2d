#pragma once

/// An invitation and its steps, as a pure state machine.
///
///     open ── claim ──▶ claimed ── answer ──▶ answered ── reveal ──▶ revealed ── both confirm ──▶
///     joined
///
/// Until joined either side may end it, and time ends it after 24 hours. Each step is a function
/// from one invitation to the next; it is idempotent for the same caller with the same bytes.
/// Whoever is neither inviter nor invitee is told NotFound by every step but claim. The server
/// understands none of the bytes. Source: spec/protocol.md §4.

#include "seen/server/space.hpp"

namespace seen::server {

enum class Stage : std::uint8_t { Open = 1, Claimed, Answered, Revealed, Joined, Ended, Expired };
enum class Role : std::uint8_t { Inviter, Invitee };

struct Invitation {
    Lookup lookup;
    AccountId inviter;
    std::optional<AccountId> invitee;
    Stage stage = Stage::Open;
    Moment expires = 0;
    Bytes blob;
    std::optional<Bytes> answer;
    std::optional<Bytes> reveal;
    std::optional<Bytes> inviter_confirm;
    std::optional<Bytes> invitee_confirm;
    std::optional<SpaceId> space;  ///< Proposed by the inviter's confirm; real once joined.
    std::optional<Epoch> epoch;
    friend bool operator==(const Invitation&, const Invitation&) = default;
};

/// The space that the two are about to share, as the inviter proposes it.
struct ProposedSpace {
    SpaceId space;
    Epoch epoch;
    friend bool operator==(const ProposedSpace&, const ProposedSpace&) = default;
};

inline constexpr Moment invitation_life_ms = 24LL * 60 * 60 * 1000;
inline constexpr std::uint64_t open_invitations_per_account = 5;

[[nodiscard]] std::optional<Role> role_of(const Invitation& invitation, const AccountId& account);
/// The stage as it is now: an unfinished one past its time is Expired.
[[nodiscard]] Stage stage_at(const Invitation& invitation, Moment now);

using Step = Result<Invitation>;
[[nodiscard]] Step claim(Invitation invitation, const AccountId& caller, Moment now);
[[nodiscard]] Step give_answer(Invitation invitation, const AccountId& caller, const Bytes& answer,
                               Moment now);
[[nodiscard]] Step give_reveal(Invitation invitation, const AccountId& caller, const Bytes& reveal,
                               Moment now);
/// `proposed` must come from the inviter and from nobody else. The second confirm makes it Joined.
[[nodiscard]] Step confirm(Invitation invitation, const AccountId& caller, const Bytes& confirm,
                           const std::optional<ProposedSpace>& proposed, Moment now);
[[nodiscard]] Step end(Invitation invitation, const AccountId& caller, Moment now);

}  // namespace seen::server
