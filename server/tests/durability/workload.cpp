#include "durability/workload.hpp"

#include "durability/disk.hpp"
#include "storage/sqlite/schema.hpp"
#include "storage/sqlite/storage.hpp"
#include "temporary_storage.hpp"

#include <algorithm>
#include <future>

namespace seen::server::test {

namespace {

constexpr std::size_t all = 100'000'000;
constexpr Lookup lookup = some_id<Lookup>(1);
constexpr SpaceId second_space = some_id<SpaceId>(50);

std::unique_ptr<Storage> opened(const std::string& file, const std::string& synchronous) {
    auto storage = open_sqlite(file, SqliteUse::Write, Disk::vfs);
    if (!storage) throw std::runtime_error(storage.error());
    static_cast<SqliteStorage&>(**storage).database().execute(
        ("PRAGMA synchronous=" + synchronous).c_str());
    return std::move(*storage);
}

Found found_in(Storage& storage) {
    Found found;
    found.log = storage.records(shared, 0, all, all).records;
    for (const AccountId& author : {anna, ben})
        for (Record& record : storage.held_by(shared, author))
            found.held.push_back(std::move(record));
    found.invitation = storage.invitation(lookup);
    found.joined_space = storage.space_exists(second_space);
    return found;
}

std::string name_of(const RecordId& id) {
    return base64url(id).substr(0, 8);
}

}  // namespace

const Record* Found::in_log(const RecordId& id) const {
    const auto at = std::ranges::find(log, id, &Record::id);
    return at == log.end() ? nullptr : &*at;
}

bool Found::waits(const RecordId& id) const {
    return std::ranges::find(held, id, &Record::id) != held.end();
}

Workload::Workload(std::string file, std::string synchronous)
    : file_(std::move(file)), synchronous_(std::move(synchronous)) {
    open();
    arrive();
    for (std::uint8_t number = 1; number <= 4; ++number) evening(number);
    invite();
    close();
    open();
    evening(5);
    close();
}

void Workload::open() {
    ledger_ = std::make_unique<Ledger>(opened(file_, synchronous_), opened(file_, synchronous_),
                                       [](const std::function<void()>& work) { work(); });
}

/// All of these share one commit, the first one's apart: it keeps the writer busy until all wait.
void Workload::together(const std::vector<std::function<void()>>& works) {
    std::promise<void> go;
    std::promise<void> last;
    ledger_->write<int>([gate = go.get_future().share()](Storage&) { return gate.wait(), 1; },
                        [](const Result<int>&) {});
    for (const auto& work : works) work();
    ledger_->write<int>([](Storage&) { return 1; }, [&](const Result<int>&) { last.set_value(); });
    go.set_value();
    last.get_future().wait();
}

void Workload::promise(std::string says, std::function<bool(const Found&)> kept) {
    promises_.push_back({Disk::get().steps_so_far(), std::move(says), std::move(kept)});
}

void Workload::arrive() {
    together({[this] {
        ledger_->write<int>(
            [](Storage& storage) {
                add_couple(storage);
                return 1;
            },
            [](const Result<int>&) {});
    }});
}

NewRecord Workload::next(const AccountId& author, std::optional<HoldId> under, std::size_t size) {
    NewRecord record = asked(static_cast<std::uint8_t>(next_), under);
    std::memcpy(record.id.bytes.data(), &next_, sizeof next_);
    ++next_;
    record.sealed = Bytes(size, static_cast<std::uint8_t>(next_));
    sent_[record.id] = {record, author};
    return record;
}

void Workload::durable(const AccountId& author, std::optional<RecordId> erases) {
    NewRecord record = next(author, std::nullopt, next_ % 3 == 0 ? 4136 : 1064);
    record.erases = erases;
    sent_[record.id].record = record;
    durable_.push_back(record.id);
    if (erases) sent_[*erases].erasing_was_asked = true;
    ledger_->write<Kept>(
        [record, author](Storage& storage) { return append(storage, shared, author, record, 1); },
        [this, id = record.id, erases](const Result<Kept>& kept) {
            if (!kept) throw std::logic_error("an append was refused");
            kept_[id] = {Disk::get().steps_so_far(), kept->seq};
            promise("kept " + name_of(id), [id, seq = kept->seq](const Found& found) {
                const Record* there = found.in_log(id);
                return there != nullptr && there->seq == seq;
            });
            if (!erases) return;
            promise("erased " + name_of(*erases), [gone = *erases](const Found& found) {
                const Record* there = found.in_log(gone);
                return there != nullptr && !there->sealed;
            });
        });
}

RecordId Workload::hold(const AccountId& author, const HoldId& hold) {
    const NewRecord record = next(author, hold, 4136);
    for (const auto& [id, sent] : sent_)
        if (id != record.id && sent.author == author && sent.record.hold == hold)
            given_up_.insert(id);
    ledger_->write<Kept>(
        [record, author](Storage& storage) { return append(storage, shared, author, record, 1); },
        [this, id = record.id](const Result<Kept>& kept) {
            if (!kept) throw std::logic_error("a held one was refused");
            kept_[id] = {Disk::get().steps_so_far(), 0};
            promise("held " + name_of(id), [this, id, released = kept->log_grew](const Found& now) {
                if (released) return now.in_log(id) != nullptr;
                return now.waits(id) || now.in_log(id) != nullptr || given_up_.contains(id);
            });
        });
    return record.id;
}

void Workload::take_back(const AccountId& author, const HoldId& hold) {
    for (const auto& [id, sent] : sent_)
        if (sent.author == author && sent.record.hold == hold) given_up_.insert(id);
    ledger_->write<TakenBack>(
        [author, hold](Storage& storage) {
            return server::take_back(storage, shared, hold, author);
        },
        [this, hold](const Result<TakenBack>&) {
            promise("taken back", [this, hold](const Found& found) {
                return std::ranges::none_of(found.held, [&](const Record& record) {
                    return record.hold == hold && given_up_.contains(record.id);
                });
            });
        });
}

void Workload::evening(std::uint8_t number) {
    const HoldId under = some_id<HoldId>(static_cast<std::uint8_t>(100 + number));
    together({[&] { durable(anna); }, [&] { durable(ben); }, [&] { durable(anna); }});
    together({[&] { hold(anna, under); }});
    if (number % 2 == 0) together({[&] { hold(anna, under); }});
    if (number == 3) {
        together({[&] { take_back(anna, under); }});
        together({[&] { hold(anna, under); }});
    }
    together({[&] { durable(ben); }, [&] { hold(ben, under); }, [&] { durable(anna); }});
    const RecordId unwanted = durable_.at(durable_.size() - 2);
    together({[&] { durable(sent_.at(unwanted).author, unwanted); }});
    together({[&] { durable(ben); }});
}

void Workload::step(Stage stage, const std::function<Step(Invitation, Storage&)>& change) {
    together({[&] {
        ledger_->write<int>(
            [change](Storage& storage) -> Result<int> {
                const Step next =
                    change(storage.invitation(lookup).value_or(Invitation{}), storage);
                if (!next) return refuse(next.error());
                storage.put_invitation(*next);
                return 1;
            },
            [this, stage](const Result<int>& done) {
                if (!done) throw std::logic_error("a step of the invitation was refused");
                promise("invitation at " + std::to_string(static_cast<int>(stage)),
                        [stage](const Found& found) {
                            return found.invitation && found.invitation->stage >= stage &&
                                   (found.invitation->stage == Stage::Joined) == found.joined_space;
                        });
            });
    }});
}

void Workload::invite() {
    step(Stage::Open, [](Invitation invitation, Storage&) -> Step {
        invitation.lookup = lookup;
        invitation.inviter = anna;
        invitation.expires = 1000;
        invitation.blob = Bytes(500, 1);
        return invitation;
    });
    step(Stage::Claimed,
         [](Invitation invitation, Storage&) { return claim(std::move(invitation), ben, 1); });
    step(Stage::Answered, [](Invitation invitation, Storage&) {
        return give_answer(std::move(invitation), ben, Bytes(500, 2), 1);
    });
    step(Stage::Revealed, [](Invitation invitation, Storage&) {
        return give_reveal(std::move(invitation), anna, Bytes(72, 3), 1);
    });
    step(Stage::Revealed, [](Invitation invitation, Storage&) {
        return confirm(std::move(invitation), anna, Bytes(32, 4),
                       ProposedSpace{second_space, some_epoch()}, 1);
    });
    step(Stage::Joined, [](Invitation invitation, Storage& storage) {
        storage.add_space(second_space, SpaceKind::Shared, {anna, ben}, some_epoch());
        return confirm(std::move(invitation), ben, Bytes(32, 5), std::nullopt, 1);
    });
}

std::vector<std::string> Workload::broken_in(const Found& found) const {
    std::vector<std::string> broken;
    std::map<HoldId, int> released;
    std::set<RecordId> met;
    for (std::size_t i = 0; i < found.log.size(); ++i) {
        const Record& record = found.log[i];
        const auto sent = sent_.find(record.id);
        if (record.seq != i + 1) broken.push_back("a gap before " + std::to_string(record.seq));
        if (!met.insert(record.id).second) broken.push_back("twice: " + name_of(record.id));
        if (sent == sent_.end())
            broken.push_back("nobody sent " + name_of(record.id));
        else if (record.sealed ? record.sealed != sent->second.record.sealed
                               : !sent->second.erasing_was_asked)
            broken.push_back("other bytes in " + name_of(record.id));
        if (record.hold) ++released[*record.hold];
        if (record.hold && i > 0 && found.log[i - 1].hold && found.log[i - 1].hold != record.hold)
            broken.emplace_back("a release does not stand together");
    }
    for (const auto& [hold, count] : released)
        if (count != 2) broken.emplace_back("half a release");
    for (const Record& record : found.held)
        if (released.contains(*record.hold)) broken.emplace_back("released and waiting at once");
    return broken;
}

/// Every durable one that was acknowledged, and the last of all, are sent again.
bool Workload::repeats_change_nothing(Storage& storage, std::size_t after) const {
    const auto head = storage.records(shared, 0, 1, 1).head;
    for (const auto& [id, answer] : kept_) {
        if (answer.after > after) continue;
        const Sent& sent = sent_.at(id);
        const auto again = append(storage, shared, sent.author, sent.record, 2);
        if (!again || again->seq != answer.seq || again->log_grew) return false;
    }
    return storage.records(shared, 0, 1, 1).head == head;
}

std::vector<std::string> Workload::broken_in(const std::string& file, std::size_t after) const {
    try {
        SqliteStorage storage(file, true, {});
        {
            Rows rows = storage.database().query("PRAGMA integrity_check");
            if (!rows.next() || rows.text(0) != "ok") return {"the file is damaged"};
        }
        if (const auto migrated = migrate(storage.database(), schema()); !migrated)
            return {migrated.error()};
        storage.begin();
        const Found found = found_in(storage);
        auto broken = broken_in(found);
        for (const Promise& promise : promises_)
            if (promise.after <= after && !promise.kept(found)) broken.push_back(promise.says);
        if (broken.empty() && !repeats_change_nothing(storage, after))
            broken.emplace_back("sent again, it is not what it was");
        storage.rollback();
        return broken;
    } catch (const StorageFailure& failure) {
        return {failure.what()};
    }
}

}  // namespace seen::server::test
