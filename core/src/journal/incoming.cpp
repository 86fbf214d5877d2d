#include "seen/core/journal/incoming.hpp"

#include "seen/core/journal/fields.hpp"

#include <utility>

namespace seen::core {

Result<Incoming> read_record(const Json& json) {
    Fields fields(json, Code::BadArgument);
    Incoming incoming;
    incoming.space = fields.id("space");
    Record& record = incoming.record;
    record.id = fields.id("id");
    record.author = fields.id("author");
    record.seq = fields.whole_or_none("seq");
    record.stamp = fields.instant_or_none("stamp");
    record.at = fields.instant("at");
    record.hold = fields.id_or_none("hold");
    record.lapsed = fields.truth_or_none("lapsed").value_or(false);
    if (fields.failure()) return std::unexpected(*fields.failure());

    const Json& event = fields.any("event");
    if (event.is_null()) {
        record.content = Erased{};
    } else if (auto read = read_event(event)) {
        record.content = *std::move(read);
    } else {
        record.content = Unreadable{};
        incoming.wrong = read.error();
    }
    return incoming;
}

}  // namespace seen::core
