#include "known_records.hpp"

namespace seen::server {

namespace {

/// In memory about 200 bytes each. Sorting them in takes some tens of milliseconds.
constexpr std::size_t most_lately = 4096;

/// From columns author, digest, class, seq, stamp, the first of which is `at`.
KnownRecord known_in(const Rows& rows, int at) {
    return KnownRecord{.author = rows.id<AccountId>(at),
                       .digest = rows.fixed<32>(at + 1),
                       .kind = static_cast<RecordClass>(rows.i64(at + 2)),
                       .seq = rows.u64(at + 3),
                       .stamp = rows.i64(at + 4)};
}

}  // namespace

void KnownRecords::read() {
    if (read_) return;
    lately_.clear();
    Rows rows = db_.query(
        "SELECT space, id, author, digest, class, seq, stamp FROM known_lately ORDER BY n");
    while (rows.next()) lately_[{rows.i64(0), rows.id<RecordId>(1)}] = known_in(rows, 2);
    read_ = true;
}

std::optional<KnownRecord> KnownRecords::find(std::int64_t space, const RecordId& id) {
    read();
    const auto found = lately_.find({space, id});
    if (found != lately_.end()) return found->second;
    Rows rows =
        db_.query("SELECT author, digest, class, seq, stamp FROM known WHERE space = ? AND id = ?",
                  space, id);
    if (!rows.next()) return std::nullopt;
    return known_in(rows, 0);
}

void KnownRecords::put(std::int64_t space, const RecordId& id, const KnownRecord& known) {
    read();
    db_.run(
        "INSERT INTO known_lately(space, id, author, digest, class, seq, stamp) "
        "VALUES(?, ?, ?, ?, ?, ?, ?)",
        space, id, known.author, View{known.digest}, static_cast<std::int64_t>(known.kind),
        known.seq, known.stamp);
    lately_[{space, id}] = known;
}

void KnownRecords::remove(std::int64_t space) {
    db_.run("DELETE FROM known WHERE space = ?", space);
    db_.run("DELETE FROM known_lately WHERE space = ?", space);
    forget();
}

bool KnownRecords::enough_to_sort_in() const {
    return read_ && lately_.size() >= most_lately;
}

void KnownRecords::sort_in() {
    db_.run(
        "INSERT OR REPLACE INTO known(space, id, author, digest, class, seq, stamp) "
        "SELECT space, id, author, digest, class, seq, stamp FROM known_lately "
        "ORDER BY space, id, n");
    db_.run("DELETE FROM known_lately");
}

}  // namespace seen::server
