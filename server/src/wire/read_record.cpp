#include "seen/server/limits.hpp"
#include "wire/fields.hpp"
#include "wire/requests.hpp"

namespace seen::server {

namespace {

std::optional<RecordClass> class_named(std::string_view name) {
    if (name == "durable") return RecordClass::Durable;
    if (name == "held") return RecordClass::Held;
    return std::nullopt;
}

}  // namespace

Result<NewRecord> read_new_record(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    const auto kind = class_named(fields.text("class", 16));
    if (!kind || fields.u64("v") != 1) fields.fail();
    NewRecord record;
    record.id = fields.id<RecordId>("id");
    record.device = fields.id<DeviceId>("device");
    record.epoch = fields.u64("epoch");
    record.kind = kind.value_or(RecordClass::Durable);
    record.hold = fields.id_if<HoldId>("hold");
    record.prev = fields.fixed_if<32>("prev");
    record.sealed = fields.bytes("sealed", limits::body_bytes);
    record.erases = fields.id_if<RecordId>("erases");
    const bool held = record.kind == RecordClass::Held;
    if (!fields.ok() || record.hold.has_value() != held || (held && record.prev))
        return refuse(Refusal::BadRequest);
    if (record.sealed.size() > limits::sealed_bytes) return refuse(Refusal::TooLarge);
    if (!is_a_size_class(record.sealed.size(), record.kind)) return refuse(Refusal::WrongSize);
    return record;
}

}  // namespace seen::server
