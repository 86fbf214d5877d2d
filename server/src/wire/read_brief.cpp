#include "seen/server/limits.hpp"
#include "seen/server/record.hpp"
#include "wire/fields.hpp"
#include "wire/requests.hpp"

namespace seen::server {

Result<NewBrief> read_new_brief(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    if (fields.u64("v") != 1) fields.fail();
    NewBrief brief;
    brief.id = fields.id<RecordId>("id");
    brief.device = fields.id<DeviceId>("device");
    brief.epoch = fields.u64("epoch");
    brief.sealed = fields.bytes("sealed", limits::body_bytes);
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    if (brief.sealed.size() > limits::brief_sealed_bytes) return refuse(Refusal::TooLarge);
    if (!is_a_size_class(brief.sealed.size(), RecordClass::Durable))
        return refuse(Refusal::WrongSize);
    return brief;
}

}  // namespace seen::server
