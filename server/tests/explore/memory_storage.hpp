#pragma once

/// A storage in plain memory that can be copied: a search takes a copy before each step and so can
/// go back. It keeps the same contract as the one on the disk (storage_contract_test.cpp), but
/// begin() to rollback() only as far as a search needs them: one level.

#include "seen/server/storage.hpp"

#include <map>
#include <memory>
#include <set>

namespace seen::server::test {

class MemoryStorage : public Storage {
  public:
    void begin() override { before_ = std::make_shared<Content>(content_); }
    void commit() override { before_.reset(); }
    void rollback() noexcept override {
        if (before_) content_ = *before_;
        before_.reset();
    }
    void tidy() override {}

    std::optional<AccountKeys> account(const AccountId& account) override;
    void add_account(const AccountId& account, const AccountKeys& keys, Moment now) override;
    std::vector<DeviceEntry> devices(const AccountId& account) override;
    void add_device(const AccountId& account, const DeviceEntry& entry) override;
    std::vector<NamedSpace> spaces_of(const AccountId& account) override;
    void remove_account(const AccountId& account) override;

    bool space_exists(const SpaceId& space) override { return content_.spaces.contains(space); }
    void add_space(const SpaceId& space, SpaceKind kind, const std::vector<AccountId>& members,
                   const Epoch& epoch) override;
    std::optional<SpaceStanding> standing(const SpaceId& space, const AccountId& member) override;
    std::vector<AccountId> members(const SpaceId& space) override;
    std::vector<Epoch> epochs(const SpaceId& space) override { return at(space).epochs; }
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

  protected:
    struct Kept {
        SpaceKind kind = SpaceKind::Room;
        std::vector<Member> members;
        std::vector<Epoch> epochs;
        std::vector<Record> log;
        std::map<RecordId, KnownRecord> known;
        std::vector<Record> held;
        std::map<HoldId, Hold> holds;
    };
    [[nodiscard]] Kept& at(const SpaceId& space);

  private:
    struct Content {
        std::map<AccountId, AccountKeys> accounts;
        std::map<AccountId, std::vector<DeviceEntry>> devices;
        std::map<SpaceId, Kept> spaces;
        std::map<Lookup, Invitation> invitations;
    };
    Content content_;
    std::shared_ptr<Content> before_;
};

}  // namespace seen::server::test
