#pragma once

/// The SQLite side of the Storage seam; its members are spread over one file for each noun.

#include "database.hpp"
#include "known_records.hpp"

namespace seen::server {

class SqliteStorage final : public Storage {
  public:
    SqliteStorage(const std::string& file, bool writes, const std::string& vfs);
    [[nodiscard]] Database& database() { return db_; }

    void begin() override;
    void commit() override;
    void rollback() noexcept override;
    void tidy() override;

    std::optional<AccountKeys> account(const AccountId& account) override;
    void add_account(const AccountId& account, const AccountKeys& keys, Moment now) override;
    std::vector<DeviceEntry> devices(const AccountId& account) override;
    void add_device(const AccountId& account, const DeviceEntry& entry) override;
    std::vector<NamedSpace> spaces_of(const AccountId& account) override;
    void remove_account(const AccountId& account) override;

    bool space_exists(const SpaceId& space) override;
    void add_space(const SpaceId& space, SpaceKind kind, const std::vector<AccountId>& members,
                   const Epoch& epoch) override;
    std::optional<SpaceStanding> standing(const SpaceId& space, const AccountId& member) override;
    std::vector<AccountId> members(const SpaceId& space) override;
    std::vector<Epoch> epochs(const SpaceId& space) override;
    void add_epoch(const SpaceId& space, const Epoch& epoch) override;

    std::vector<Member> everyone(const SpaceId& space) override;
    bool has_left(const SpaceId& space, const AccountId& account) override;
    std::vector<SpaceId> spaces_left_by(const AccountId& account) override;
    void mark_left(const SpaceId& space, const AccountId& account, Moment now) override;
    void erase_all_by(const SpaceId& space, const AccountId& account) override;
    void empty_space(const SpaceId& space) override;

    std::optional<KnownRecord> known(const SpaceId& space, const RecordId& id) override;
    void remember(const SpaceId& space, const RecordId& id, const KnownRecord& known) override;
    void add_record(const SpaceId& space, const Record& record) override;
    void erase_sealed(const SpaceId& space, std::uint64_t seq) override;
    RecordPage records(const SpaceId& space, std::uint64_t after, std::size_t limit,
                       std::size_t bytes) override;

    std::vector<Record> held_by(const SpaceId& space, const AccountId& author) override;
    std::vector<Record> held_under(const SpaceId& space, const HoldId& hold) override;
    void put_held(const SpaceId& space, const Record& record) override;
    void drop_held(const SpaceId& space, const HoldId& hold, const AccountId& author) override;
    std::optional<Hold> hold(const SpaceId& space, const HoldId& hold) override;
    void put_hold(const SpaceId& space, const HoldId& hold, const Hold& state) override;
    void drop_hold(const SpaceId& space, const HoldId& hold) override;
    void drop_all_held(const SpaceId& space) override;
    std::vector<HeldBy> not_marked_lapsed(Moment until) override;
    void mark_lapsed(Moment until) override;

    std::optional<Invitation> invitation(const Lookup& lookup) override;
    void put_invitation(const Invitation& invitation) override;
    std::optional<Invitation> invitation_with_code(const Lookup& code, Moment now) override;
    std::vector<Invitation> invitations_of(const AccountId& account) override;
    std::vector<Moment> open_invitations(const AccountId& inviter, Moment now) override;
    void forget_invitations(Moment moment) override;

  private:
    /// From columns n, prev, kind, by, sign, box, signature.
    static DeviceEntry entry_in(const Rows& rows);
    /// The number of a space in this file; StorageFailure when there is none, for callers have
    /// asked before.
    std::int64_t number_of(const SpaceId& space);
    std::optional<std::int64_t> number_if(const SpaceId& space);
    /// Takes the account's membership out of a space in which nobody is present, and the space once
    /// nobody ever was a member.
    void forget_membership(std::int64_t number, const SpaceId& space, const AccountId& account);
    void insert_epoch(std::int64_t number, const Epoch& epoch);

    /// New ids are sorted in from time to time, in a transaction of its own.
    void sort_in_known();

    Database db_;
    bool writes_;
    KnownRecords known_{db_};
    /// Numbers never change once given; a rollback may take one back, so it empties this. Bounded.
    std::unordered_map<SpaceId, std::int64_t, IdHash> numbers_;
    bool erased_ = false;  ///< The log of the file may still hold what was erased.
};

}  // namespace seen::server
