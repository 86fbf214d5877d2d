#pragma once

/// Every request body as a typed value, and the pure functions that read it. Each takes the raw
/// text and answers with a value of which every field has the right shape, or with BadRequest
/// (TooLarge and WrongSize where the protocol says so). Whether the values are true, due or allowed
/// is asked elsewhere. Source: spec/protocol.md.

#include "account/device_list.hpp"
#include "brief/ring.hpp"
#include "seen/server/invitation.hpp"
#include "seen/server/record.hpp"

#include <map>

namespace seen::server {

struct NewAccount {
    AccountKeys keys;
    DeviceEntry device;
    SpaceId room;
    Epoch epoch;
};

struct SignIn {
    AccountId account;
    std::optional<DeviceId> device;  ///< Nothing: signed by the root.
    Hash nonce{};
    Moment expires = 0;
    std::string origin;
    Signature signature{};
};

struct TypedCode {
    Lookup lookup;
    Bytes sealed;
};

struct NewInvitation {
    Lookup lookup;
    Bytes blob;
    InvitationKind kind = InvitationKind::Person;
    std::optional<TypedCode> code;
};

struct Confirmation {
    Bytes confirm;
    std::optional<ProposedSpace> proposed;
    std::optional<Admission> admission;
};

/// Up to where a device has heard what was said briefly.
struct BriefPlace {
    std::optional<RingId> ring;
    std::uint64_t after = 0;
};

/// A frame from a follower: the first carries the token, later ones say from where to follow which
/// space, and into which Mirror the device goes.
struct FollowFrame {
    std::optional<Hash> token;
    std::map<SpaceId, std::uint64_t> after;
    std::map<SpaceId, BriefPlace> brief;
    std::optional<SpaceId> enter;
    std::optional<SpaceId> leave;
};

[[nodiscard]] Result<NewAccount> read_new_account(std::string_view body);
[[nodiscard]] Result<DeviceChange> read_device_change(std::string_view body);
/// `{"epoch":…}`
[[nodiscard]] Result<Epoch> read_new_epoch(std::string_view body);
/// `{"erase":true|false}`
[[nodiscard]] Result<bool> read_erase(std::string_view body);
[[nodiscard]] Result<SignIn> read_sign_in(std::string_view body);
[[nodiscard]] Result<NewRecord> read_new_record(std::string_view body);
[[nodiscard]] Result<NewBrief> read_new_brief(std::string_view body);
[[nodiscard]] Result<NewInvitation> read_new_invitation(std::string_view body);
/// The ticket in a claim; nothing when there is none.
[[nodiscard]] Result<std::optional<Hash>> read_claim(std::string_view body);
[[nodiscard]] Result<Bytes> read_answer(std::string_view body);
[[nodiscard]] Result<Bytes> read_reveal(std::string_view body);
[[nodiscard]] Result<Confirmation> read_confirmation(std::string_view body);
[[nodiscard]] Result<std::int64_t> read_clock_offset(std::string_view body);
/// A body that must be an object and carries nothing; an empty body will do.
[[nodiscard]] Result<void> read_nothing(std::string_view body);
[[nodiscard]] Result<FollowFrame> read_follow_frame(std::string_view text);

}  // namespace seen::server
