/// Whatever a device sends is read by every reader of a request body and of a follow frame. Nothing
/// may stop them, and what they let through must have the shape that they promise.
///     build/fuzz/server/fuzz/requests_fuzz server/fuzz/corpus/requests -max_total_time=60

#include "law.hpp"
#include "seen/server/limits.hpp"
#include "wire/requests.hpp"
#include "wire/write.hpp"

namespace {

using namespace seen::server;
using fuzz::need;

void read_a_record(std::string_view body) {
    const auto record = read_new_record(body);
    if (!record) return;
    const bool held = record->kind == RecordClass::Held;
    need(is_a_size_class(record->sealed.size(), record->kind), "a record is of a size class");
    need(record->hold.has_value() == held, "a hold exactly when held");
    need(!held || !record->prev, "a held one stands outside the chain");
    need(record->epoch >> 63U == 0, "numbers stay below 2^63");
    const Record kept{.seq = 1,
                      .stamp = 1,
                      .id = record->id,
                      .author = {},
                      .device = record->device,
                      .epoch = record->epoch,
                      .kind = record->kind,
                      .hold = record->hold,
                      .prev = record->prev,
                      .sealed = record->sealed};
    const auto written = nlohmann::json::parse(to_json(std::vector{kept}).dump());
    need(from_base64url(written[0]["sealed"].get<std::string>()) == record->sealed,
         "what is given on is what was sent");
}

void read_an_epoch_and_devices(std::string_view body) {
    if (const auto account = read_new_account(body)) {
        need(!account->epoch.sealed.empty(), "an epoch is sealed to somebody");
        need(account->epoch.sealed.size() <= limits::sealed_keys_per_epoch, "and not to a crowd");
    }
    if (const auto change = read_device_change(body))
        need(change->epochs.size() <= limits::spaces_per_removal, "a removal is bounded");
    if (const auto epoch = read_new_epoch(body))
        need(!epoch->sealed.empty() && epoch->n >> 63U == 0, "an epoch has a number and a key");
    if (const auto sign_in = read_sign_in(body))
        need(sign_in->origin.size() <= 512, "an origin is short");
}

void read_an_invitation(std::string_view body) {
    if (const auto invitation = read_new_invitation(body))
        need(!invitation->blob.empty() && invitation->blob.size() <= limits::blob_bytes,
             "a blob is bounded");
    if (const auto answer = read_answer(body))
        need(!answer->empty() && answer->size() <= limits::blob_bytes, "an answer is bounded");
    if (const auto reveal = read_reveal(body))
        need(!reveal->empty() && reveal->size() <= 1024, "a reveal is short");
    if (const auto confirmation = read_confirmation(body))
        need(!confirmation->confirm.empty() && confirmation->confirm.size() <= 64,
             "a confirm is short");
}

void read_a_frame(std::string_view text) {
    if (const auto frame = read_follow_frame(text))
        need(frame->after.size() <= limits::spaces_per_follow, "a follow names so many spaces");
}

void read_a_brief_one(std::string_view body) {
    const auto brief = read_new_brief(body);
    if (!brief) return;
    need(brief->sealed.size() <= limits::brief_sealed_bytes, "a brief one is small");
    need(is_a_size_class(brief->sealed.size(), RecordClass::Durable), "and of a size class");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    read_a_record(body);
    read_a_brief_one(body);
    read_an_epoch_and_devices(body);
    read_an_invitation(body);
    read_a_frame(body);
    static_cast<void>(read_clock_offset(body).has_value());
    static_cast<void>(read_erase(body).has_value());
    static_cast<void>(read_nothing(body).has_value());
    return 0;
}
