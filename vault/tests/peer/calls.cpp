#include "calls.hpp"

#include "../vectors.hpp"
#include "seen/vault/code.hpp"
#include "seen/vault/device_invitation.hpp"
#include "seen/vault/epoch.hpp"
#include "seen/vault/phrase.hpp"
#include "seen/vault/record.hpp"

#include <functional>
#include <map>
#include <string>

namespace seen::vault::tests {

namespace {

using Said = Result<OrderedJson>;

Random random_of(const Json& call) {
    return seeded(call["seed"].get<std::uint64_t>());
}

/// `{"seeds"}` of a device or `{"entropy"}` of a root.
KeyPairs keys_of(const Json& who) {
    return who.contains("seeds") ? device_of(secret_of<64>(who["seeds"]))
                                 : root_of(secret_of<16>(who["entropy"]));
}

OrderedJson words_json(const Hash& transcript) {
    OrderedJson words = OrderedJson::array();
    for (const auto word : four_words(transcript)) words.push_back(word);
    return words;
}

Said phrase(const Json& call) {
    std::string text;
    for (const auto word : words_of(secret_of<16>(call["entropy"]))) text.append(word).append(" ");
    const auto back = entropy_of(text);
    if (!back) return refuse(back.error());
    return OrderedJson{{"phrase", text}, {"entropy", base64url(back->view())}};
}

Said record_again(const Json& call) {
    const auto head = read_record_head(call["head"]);
    if (!head) return refuse(head.error());
    const auto epoch = secret_of<32>(call["epoch_key"]);
    const bool mine = call["author_key"].is_string();
    const Key author = mine ? secret_of<32>(call["author_key"]) : Key();
    const auto opened =
        open_record(*head, bytes_of(call["sealed"]), epoch, mine ? &author : nullptr);
    if (!opened) return refuse(opened.error());
    const auto sealed =
        seal_record(*head, opened->event.dump(), opened->frame, epoch, author, random_of(call));
    if (!sealed) return refuse(sealed.error());
    return OrderedJson{{"sealed", base64url(*sealed)},
                       {"hash", base64url(record_hash(*head, bytes_of(call["sealed"])))}};
}

Result<DeviceList> list_of(const Json& member, const Json& known) {
    const auto claimed = read_member(member);
    if (!claimed) return refuse(claimed.error());
    std::vector<DeviceEntry> accepted;
    if (known.is_array()) {
        auto entries = read_entries(known);
        if (!entries) return refuse(entries.error());
        accepted = std::move(*entries);
    }
    return DeviceList::check(*claimed, accepted);
}

Said list_check(const Json& call) {
    const auto list = list_of(call["member"], call.value("known", Json()));
    if (!list) return refuse(list.error());
    OrderedJson live = OrderedJson::array();
    for (const auto& device : list->live(list->size())) live.push_back(base64url(device.id));
    return OrderedJson{{"head", base64url(list->head())}, {"live", live}};
}

/// The next entry, by `signer`, about `device`.
Said list_next(const Json& call) {
    const auto list = list_of(call["member"], Json());
    if (!list) return refuse(list.error());
    const KeyPairs signer = keys_of(call["signer"]);
    const PublicKeys device{fixed_of<32>(call["device"]["sign"]),
                            fixed_of<32>(call["device"]["box"])};
    const auto kind = call["kind"] == "added" ? EntryKind::Added : EntryKind::Removed;
    const bool by_root = call["signer"].contains("entropy");
    return OrderedJson{{"entry", write_entry(by_root ? list->next_by_root(kind, device, signer)
                                                     : list->next_by_device(device, signer))}};
}

/// The place of an epoch, with what it borrows.
struct Standing {
    std::vector<DeviceList> present;
    std::optional<Epoch> before;
};

Result<Standing> standing_of(const Json& call) {
    Standing standing;
    for (const auto& member : call["members"]) {
        auto list = list_of(member, Json());
        if (!list) return refuse(list.error());
        standing.present.push_back(std::move(*list));
    }
    if (call["before"].is_object()) {
        auto before = read_epoch(call["before"]);
        if (!before) return refuse(before.error());
        standing.before = std::move(*before);
    }
    return standing;
}

EpochPlace place_of(const Json& call, const Standing& standing) {
    return {.space = fixed_of<16>(call["space"]),
            .kind = call["kind"] == "room" ? SpaceKind::Room : SpaceKind::Shared,
            .present = standing.present,
            .before = standing.before ? &*standing.before : nullptr};
}

Said epoch_make(const Json& call) {
    const auto standing = standing_of(call);
    if (!standing) return refuse(standing.error());
    const auto epoch = make_epoch(place_of(call, *standing), secret_of<32>(call["key"]),
                                  keys_of(call["author"]), random_of(call));
    if (!epoch) return refuse(epoch.error());
    return OrderedJson{{"epoch", write_epoch(*epoch)}};
}

/// Checks it, and opens it for `reader`.
Said epoch_open(const Json& call) {
    const auto standing = standing_of(call);
    if (!standing) return refuse(standing.error());
    const auto epoch = read_epoch(call["epoch"]);
    if (!epoch) return refuse(epoch.error());
    const auto held = check_epoch(*epoch, place_of(call, *standing));
    if (!held) return refuse(held.error());
    const KeyPairs reader = keys_of(call["reader"]);
    const Id to =
        call["reader"].contains("seeds") ? device_id(reader.keys) : account_id(reader.keys);
    const auto key = open_epoch(*epoch, to, reader);
    if (!key) return refuse(key.error());
    return OrderedJson{{"key", base64url(key->view())}};
}

OrderedJson confirms(const InviteSecret& secret, const Hash& transcript) {
    return {{"transcript", base64url(transcript)},
            {"words", words_json(transcript)},
            {"inviter", base64url(confirm_of(secret, transcript, Role::Inviter))},
            {"invitee", base64url(confirm_of(secret, transcript, Role::Invitee))}};
}

/// A person's invitation whole: blob and answer again, and what follows from both.
Said invitation(const Json& call) {
    const auto secret = secret_of<16>(call["secret"]);
    const auto box = box_pair_of(secret_of<32>(call["box_seed"]));
    const auto inviter = open_blob(secret, bytes_of(call["blob"]));
    if (!inviter) return refuse(inviter.error());
    const auto invitee = open_answer(secret, box, bytes_of(call["answer"]));
    if (!invitee) return refuse(invitee.error());
    for (const auto* told : {&inviter->self, &invitee->self})
        if (const auto list = check_introduction(*told); !list) return refuse(list.error());
    const auto nonce = fixed_of<32>(call["inviter_nonce"]);
    if (!commit_holds(inviter->commit, nonce)) return refuse(Fault::CannotOpen);
    const auto random = random_of(call);
    const auto answer = seal_answer(secret, box.box, *invitee, random);
    if (!answer) return refuse(answer.error());
    const auto T = transcript_of(inviter->self.root, invitee->self.root, nonce, invitee->nonce);
    OrderedJson said = confirms(secret, T);
    said["blob"] = base64url(seal_blob(secret, *inviter, random));
    said["answer"] = base64url(*answer);
    return said;
}

/// A device's invitation whole, with the handover.
Said device_invitation(const Json& call) {
    const auto secret = secret_of<16>(call["secret"]);
    const auto box = box_pair_of(secret_of<32>(call["box_seed"]));
    const auto fresh = device_of(secret_of<64>(call["new_seeds"]));
    const auto present = open_present(secret, bytes_of(call["blob"]));
    if (!present) return refuse(present.error());
    const auto list = check_present(*present);
    if (!list) return refuse(list.error());
    const auto told = open_new(secret, box, bytes_of(call["answer"]));
    if (!told) return refuse(told.error());
    const auto handover = open_handover(fresh, bytes_of(call["handover"]));
    if (!handover) return refuse(handover.error());
    const auto random = random_of(call);
    const auto answer = seal_new(secret, box.box, *told, random);
    const auto handed = seal_handover(fresh.keys.box, *handover, random);
    if (!answer || !handed) return refuse(Fault::CannotOpen);
    OrderedJson said =
        confirms(secret, device_transcript_of(*list, told->device,
                                              fixed_of<32>(call["present_nonce"]), told->nonce));
    said["blob"] = base64url(seal_present(secret, *present, random));
    said["answer"] = base64url(*answer);
    said["handover"] = base64url(*handed);
    return said;
}

Said code_again(const Json& call) {
    const auto code = read_code(call["typed"].get<std::string>());
    if (!code) return refuse(code.error());
    const auto key = code_key(*code, call["origin"].get<std::string>());
    if (!key) return refuse(key.error());
    const auto secret = open_code(*code, *key, bytes_of(call["sealed"]));
    if (!secret) return refuse(secret.error());
    return OrderedJson{{"shown", show_code(*code)},
                       {"lookup", base64url(code_lookup(*code))},
                       {"sealed", base64url(seal_code(*code, *key, *secret, random_of(call)))}};
}

Said code_draw(const Json& call) {
    return OrderedJson{{"shown", show_code(draw_code(random_of(call)))}};
}

Said code_read(const Json& call) {
    const auto code = read_code(call["typed"].get<std::string>());
    if (!code) return refuse(code.error());
    return OrderedJson{{"shown", show_code(*code)}};
}

const std::map<std::string, std::function<Said(const Json&)>> calls{
    {"phrase", phrase},         {"record", record_again},
    {"list", list_check},       {"entry", list_next},
    {"epoch.make", epoch_make}, {"epoch.open", epoch_open},
    {"invitation", invitation}, {"device_invitation", device_invitation},
    {"code", code_again},       {"code.draw", code_draw},
    {"code.read", code_read}};

}  // namespace

OrderedJson answer(const Json& call) {
    const auto found = calls.find(call.value("do", ""));
    if (found == calls.end()) return {{"error", "no such call"}};
    const auto said = found->second(call);
    if (!said) return {{"fault", name_of(said.error())}};
    return *said;
}

}  // namespace seen::vault::tests
