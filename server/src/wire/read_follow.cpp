#include "seen/server/limits.hpp"
#include "wire/fields.hpp"
#include "wire/requests.hpp"

namespace seen::server {

namespace {

/// Each space of an object with what `read` makes of its value.
template <class Value, class Read>
Result<std::map<SpaceId, Value>> by_space(const nlohmann::json& spaces, Read read) {
    std::map<SpaceId, Value> found;
    if (spaces.is_null()) return found;
    if (!spaces.is_object()) return refuse(Refusal::BadRequest);
    if (spaces.size() > limits::spaces_per_follow) return refuse(Refusal::TooLarge);
    Fields values(spaces);  // NOLINT(misc-const-correctness): `read` marks it
    for (const auto& entry : spaces.items()) {
        const auto space = id_from<SpaceId>(entry.key());
        if (!space) return refuse(Refusal::BadRequest);
        found[*space] = read(values, entry.key().c_str());
    }
    if (!values.ok()) return refuse(Refusal::BadRequest);
    return found;
}

BriefPlace brief_place(Fields& values, const char* name) {
    Fields place(values.child(name));
    BriefPlace read{.ring = place.id_if<RingId>("ring"), .after = place.u64("after")};
    if (!place.ok()) values.fail();
    return read;
}

}  // namespace

Result<FollowFrame> read_follow_frame(std::string_view text) {
    const auto json = Fields::object(text);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    FollowFrame frame;
    frame.token = fields.fixed_if<32>("token");
    frame.enter = fields.id_if<SpaceId>("enter");
    frame.leave = fields.id_if<SpaceId>("leave");
    auto after = by_space<std::uint64_t>(
        fields.child("follow"), [](Fields& values, const char* name) { return values.u64(name); });
    auto brief = by_space<BriefPlace>(fields.child("brief"), brief_place);
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    if (!after) return refuse(after.error());
    if (!brief) return refuse(brief.error());
    frame.after = std::move(*after);
    frame.brief = std::move(*brief);
    return frame;
}

}  // namespace seen::server
