#include "storage.hpp"

namespace seen::server {

namespace {

std::int64_t place_of(std::int64_t number, std::uint64_t seq) {
    return number << 32 | static_cast<std::int64_t>(seq);
}

std::uint64_t seq_of(std::int64_t place) {
    return static_cast<std::uint64_t>(place) & 0xffff'ffffULL;
}

Record record_in(const Rows& rows) {
    Record record{.seq = seq_of(rows.i64(0)),
                  .stamp = rows.i64(1),
                  .id = rows.id<RecordId>(2),
                  .author = rows.id<AccountId>(3),
                  .device = rows.id<DeviceId>(4),
                  .epoch = rows.u64(5),
                  .kind = static_cast<RecordClass>(rows.i64(6)),
                  .hold = rows.id_if<HoldId>(7),
                  .prev = std::nullopt,
                  .sealed = rows.bytes_if(9),
                  .lapsed = false};
    if (!rows.null(8)) record.prev = rows.fixed<32>(8);
    return record;
}

bool of_one_release(const Record& a, const Record& b) {
    return a.hold && a.hold == b.hold;
}

}  // namespace

std::optional<KnownRecord> SqliteStorage::known(const SpaceId& space, const RecordId& id) {
    const auto number = number_if(space);
    if (!number) return std::nullopt;
    return known_.find(*number, id);
}

void SqliteStorage::remember(const SpaceId& space, const RecordId& id, const KnownRecord& known) {
    known_.put(number_of(space), id, known);
}

void SqliteStorage::add_record(const SpaceId& space, const Record& record) {
    const std::int64_t number = number_of(space);
    std::optional<View> prev;
    if (record.prev) prev = View{*record.prev};
    const View sealed{*record.sealed};
    db_.run(
        "INSERT INTO records(place, stamp, id, author, device, epoch, class, hold, prev, sealed) "
        "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        place_of(number, record.seq), record.stamp, record.id, record.author, record.device,
        record.epoch, static_cast<std::int64_t>(record.kind), record.hold, prev, sealed);
    db_.run("UPDATE spaces SET head = ?, bytes = bytes + ? WHERE number = ?", record.seq,
            static_cast<std::uint64_t>(sealed.size()), number);
}

void SqliteStorage::erase_sealed(const SpaceId& space, std::uint64_t seq) {
    const std::int64_t number = number_of(space);
    const std::int64_t place = place_of(number, seq);
    db_.run(
        "UPDATE spaces SET bytes = bytes - coalesce("
        "(SELECT length(sealed) FROM records WHERE place = ?), 0) WHERE number = ?",
        place, number);
    db_.run("UPDATE records SET sealed = NULL WHERE place = ?", place);
    erased_ = true;
}

RecordPage SqliteStorage::records(const SpaceId& space, std::uint64_t after, std::size_t limit,
                                  std::size_t bytes) {
    RecordPage page;
    std::int64_t number = 0;
    {
        Rows rows = db_.query("SELECT number, head FROM spaces WHERE space = ?", space);
        if (!rows.next()) return page;
        number = rows.i64(0);
        page.head = rows.u64(1);
    }
    if (after >= page.head) return page;
    Rows rows = db_.query(
        "SELECT place, stamp, id, author, device, epoch, class, hold, prev, sealed FROM records "
        "WHERE place > ? AND place <= ? ORDER BY place",
        place_of(number, after), place_of(number, page.head));
    std::size_t taken = 0;
    while (rows.next()) {
        Record record = record_in(rows);
        const bool full = page.records.size() >= limit || taken > bytes;
        if (full && !page.records.empty() && !of_one_release(page.records.back(), record)) break;
        taken += record.sealed ? record.sealed->size() : 0;
        page.records.push_back(std::move(record));
    }
    return page;
}

}  // namespace seen::server
