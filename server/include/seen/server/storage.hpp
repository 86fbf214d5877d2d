#pragma once

/// Where things are kept: a narrow seam of plain reads and writes. The laws (what a hold releases,
/// what an invitation may do next) live above it, so that every storage obeys the same ones. One
/// contract suite runs against each storage.
///
/// Everything happens between begin() and commit(); many requests may share one such batch. After
/// commit() returns, all of the batch is on the disk; after rollback() nothing of it is. One object
/// belongs to one thread. Errors: any member may throw StorageFailure (disk full, file damaged); it
/// is caught in exactly one place, the ledger, which rolls back. It never says what was in a
/// request. Whatever is returned owns its memory.

#include "seen/server/invitation.hpp"
#include "seen/server/record.hpp"

#include <stdexcept>

namespace seen::server {

/// Somebody who holds something in a space.
struct HeldBy {
    SpaceId space;
    AccountId author;
    friend bool operator==(const HeldBy&, const HeldBy&) = default;
};

class StorageFailure : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

class Storage {
  public:
    virtual ~Storage() = default;

    virtual void begin() = 0;
    virtual void commit() = 0;
    /// Never throws: it is what remains when something else has failed.
    virtual void rollback() noexcept = 0;
    /// Called between batches: removes what erasing has left behind in logs of its own. May do
    /// nothing.
    virtual void tidy() = 0;

    [[nodiscard]] virtual std::optional<AccountKeys> account(const AccountId& account) = 0;
    virtual void add_account(const AccountId& account, const AccountKeys& keys, Moment now) = 0;
    [[nodiscard]] virtual std::vector<DeviceEntry> devices(const AccountId& account) = 0;
    virtual void add_device(const AccountId& account, const DeviceEntry& entry) = 0;
    /// Those in which the account is present.
    [[nodiscard]] virtual std::vector<NamedSpace> spaces_of(const AccountId& account) = 0;
    /// The account, its devices, its own room, and its membership wherever nobody is present any
    /// more. What it had in a room must have been emptied before.
    virtual void remove_account(const AccountId& account) = 0;

    [[nodiscard]] virtual bool space_exists(const SpaceId& space) = 0;
    /// Members in the order of joining; the epoch becomes the newest.
    virtual void add_space(const SpaceId& space, SpaceKind kind,
                           const std::vector<AccountId>& members, const Epoch& epoch) = 0;
    /// Nothing when there is no such space or the account is not (or no longer) a member: nobody
    /// can tell which.
    [[nodiscard]] virtual std::optional<SpaceStanding> standing(const SpaceId& space,
                                                                const AccountId& member) = 0;
    /// Those who are present, in the order of joining.
    [[nodiscard]] virtual std::vector<AccountId> members(const SpaceId& space) = 0;
    [[nodiscard]] virtual std::vector<Epoch> epochs(const SpaceId& space) = 0;
    /// The next one; it becomes the newest.
    virtual void add_epoch(const SpaceId& space, const Epoch& epoch) = 0;

    /// Everyone who ever joined, in the order of joining; of one who has left, as it was then.
    [[nodiscard]] virtual std::vector<Member> everyone(const SpaceId& space) = 0;
    [[nodiscard]] virtual bool has_left(const SpaceId& space, const AccountId& account) = 0;
    [[nodiscard]] virtual std::vector<SpaceId> spaces_left_by(const AccountId& account) = 0;
    /// Keeps the keys and the device list of the member as they are now.
    virtual void mark_left(const SpaceId& space, const AccountId& account, Moment now) = 0;
    /// The sealed bytes of all records by this account go, their places stay.
    virtual void erase_all_by(const SpaceId& space, const AccountId& account) = 0;
    /// Everything in the space goes, except that it was there and who has been a member.
    virtual void empty_space(const SpaceId& space) = 0;

    [[nodiscard]] virtual std::optional<KnownRecord> known(const SpaceId& space,
                                                           const RecordId& id) = 0;
    /// Adds or replaces what is known of an id.
    virtual void remember(const SpaceId& space, const RecordId& id, const KnownRecord& known) = 0;
    /// `record.seq` must be the head plus one; it becomes the head.
    virtual void add_record(const SpaceId& space, const Record& record) = 0;
    /// The sealed bytes go, the place in the order stays.
    virtual void erase_sealed(const SpaceId& space, std::uint64_t seq) = 0;
    /// In order, from after `after`; at least one if there is one, and never a release in part. May
    /// exceed `limit` for a release, and may end before it once the sealed bytes exceed `bytes`.
    [[nodiscard]] virtual RecordPage records(const SpaceId& space, std::uint64_t after,
                                             std::size_t limit, std::size_t bytes) = 0;

    [[nodiscard]] virtual std::vector<Record> held_by(const SpaceId& space,
                                                      const AccountId& author) = 0;
    [[nodiscard]] virtual std::vector<Record> held_under(const SpaceId& space,
                                                         const HoldId& hold) = 0;
    /// Replaces what the same author had under the same hold.
    virtual void put_held(const SpaceId& space, const Record& record) = 0;
    virtual void drop_held(const SpaceId& space, const HoldId& hold, const AccountId& author) = 0;
    [[nodiscard]] virtual std::optional<Hold> hold(const SpaceId& space, const HoldId& hold) = 0;
    virtual void put_hold(const SpaceId& space, const HoldId& hold, const Hold& state) = 0;
    virtual void drop_hold(const SpaceId& space, const HoldId& hold) = 0;
    /// All that is held in the space, and all its holds.
    virtual void drop_all_held(const SpaceId& space) = 0;
    /// Whose held records have a stamp of `until` or before and are not marked as lapsed.
    [[nodiscard]] virtual std::vector<HeldBy> not_marked_lapsed(Moment until) = 0;
    virtual void mark_lapsed(Moment until) = 0;

    [[nodiscard]] virtual std::optional<Invitation> invitation(const Lookup& lookup) = 0;
    virtual void put_invitation(const Invitation& invitation) = 0;
    /// The unfinished one that has this code at `now`.
    [[nodiscard]] virtual std::optional<Invitation> invitation_with_code(const Lookup& code,
                                                                         Moment now) = 0;
    /// On either side of which the account stands.
    [[nodiscard]] virtual std::vector<Invitation> invitations_of(const AccountId& account) = 0;
    /// The expiry times of what this account has open at `now`, soonest first.
    [[nodiscard]] virtual std::vector<Moment> open_invitations(const AccountId& inviter,
                                                               Moment now) = 0;
    /// Removes invitations that expired before `moment`.
    virtual void forget_invitations(Moment moment) = 0;
};

}  // namespace seen::server
