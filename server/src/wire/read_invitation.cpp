#include "seen/server/limits.hpp"
#include "wire/parts.hpp"
#include "wire/requests.hpp"

namespace seen::server {

namespace {

Result<Bytes> read_bytes(std::string_view body, const char* name, std::size_t most) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    auto bytes = fields.bytes(name, most);
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return bytes;
}

}  // namespace

Result<NewInvitation> read_new_invitation(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    NewInvitation invitation;
    invitation.lookup = fields.id<Lookup>("lookup");
    invitation.blob = fields.bytes("blob", limits::blob_bytes);
    if (fields.has("kind")) {
        const std::string kind = fields.text("kind", 16);
        if (kind == "device")
            invitation.kind = InvitationKind::Device;
        else if (kind != "person")
            fields.fail();
    }
    if (fields.has("code")) {
        Fields code(fields.child("code"));
        invitation.code =
            TypedCode{code.id<Lookup>("lookup"), code.bytes("sealed", limits::code_sealed_bytes)};
        if (!code.ok()) fields.fail();
    }
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return invitation;
}

Result<std::optional<Hash>> read_claim(std::string_view body) {
    if (body.empty()) return std::nullopt;
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    const auto ticket = fields.fixed_if<32>("ticket");
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return ticket;
}

Result<Bytes> read_answer(std::string_view body) {
    return read_bytes(body, "answer", limits::blob_bytes);
}

Result<Bytes> read_reveal(std::string_view body) {
    return read_bytes(body, "reveal", 1024);
}

Result<Confirmation> read_confirmation(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    Confirmation confirmation{.confirm = fields.bytes("confirm", 64),
                              .proposed = std::nullopt,
                              .admission = std::nullopt};
    if (fields.has("entry") || fields.has("handover")) {
        const auto entry = read_entry(fields.child("entry"));
        if (!entry) return refuse(entry.error());
        confirmation.admission = Admission{*entry, fields.bytes("handover", limits::blob_bytes)};
    }
    if (fields.has("space") || fields.has("epoch")) {
        auto epoch = read_epoch(fields.child("epoch"));
        if (!epoch) return refuse(epoch.error());
        confirmation.proposed = ProposedSpace{fields.id<SpaceId>("space"), std::move(*epoch)};
    }
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return confirmation;
}

Result<std::int64_t> read_clock_offset(std::string_view body) {
    const auto json = Fields::object(body);
    if (!json) return refuse(Refusal::BadRequest);
    Fields fields(*json);
    const std::int64_t offset = fields.i64("offset_ms");
    if (!fields.ok()) return refuse(Refusal::BadRequest);
    return offset;
}

Result<void> read_nothing(std::string_view body) {
    if (!body.empty() && !Fields::object(body)) return refuse(Refusal::BadRequest);
    return {};
}

}  // namespace seen::server
