/// What stands inside an invitation, sealed rightly by whoever has the link: every reader is total.
/// The first byte says which, the rest is the JSON.
///     build/fuzz/vault/fuzz/invitation_fuzz vault/fuzz/corpus/invitation -max_total_time=60

#include "law.hpp"
#include "seen/vault/device_invitation.hpp"

namespace vault = seen::vault;

namespace {

void read_told(const vault::InviteSecret& secret, vault::View told) {
    const auto random = vault::fuzz::sevens();
    const auto blob = vault::invite_seal(secret, vault::InviteSeal::Blob, told, random);
    const auto person = vault::open_blob(secret, blob);
    if (person) {
        static_cast<void>(vault::check_introduction(person->self));
        vault::fuzz::need(
            vault::open_blob(secret, vault::seal_blob(secret, *person, random)).has_value(),
            "what was understood is told again");
    }
    if (const auto present = vault::open_present(secret, blob))
        static_cast<void>(vault::check_present(*present));
}

void read_answer(const vault::InviteSecret& secret, vault::View told) {
    static const auto box = vault::box_pair_of({});
    const auto answer = vault::seal_answer_to(secret, box.box, told, vault::fuzz::sevens());
    static_cast<void>(vault::open_answer(secret, box, *answer));
    static_cast<void>(vault::open_new(secret, box, *answer));
}

void read_handover(vault::View told) {
    static const auto device = vault::device_of({});
    const auto sealed = vault::seal_to_box(told, device.keys.box, vault::fuzz::sevens());
    static_cast<void>(vault::open_handover(device, *sealed));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    static const vault::InviteSecret secret;
    const vault::View told(data + 1, size - 1);
    switch (data[0]) {
        case 'b':
            read_told(secret, told);
            break;
        case 'a':
            read_answer(secret, told);
            break;
        case 'h':
            read_handover(told);
            break;
        default:
            static_cast<void>(vault::open_blob(secret, told));
            break;
    }
    return 0;
}
