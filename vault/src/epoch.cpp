#include "seen/vault/epoch.hpp"

#include "seen/vault/hash.hpp"

#include <algorithm>

namespace seen::vault {

namespace {

/// A place for each present member, from the heads of the epoch.
using Places = std::vector<Place>;

struct Recipient {
    Id id{};
    PublicKey box{};
};

Bytes epoch_bytes(const Id& space, const Epoch& epoch) {
    Bytes heads;
    for (const auto& one : epoch.heads) {
        append_enc(heads, one.account);
        append_enc(heads, one.head);
    }
    Bytes sealed;
    for (const auto& one : epoch.sealed) {
        append_enc(sealed, one.to);
        append_enc(sealed, one.box);
    }
    return enc({"seen/1/epoch", space, u64(epoch.n), epoch.device, heads, sealed});
}

std::vector<Recipient> recipients_of(const EpochPlace& place, const Places& places) {
    std::vector<Recipient> recipients;
    for (std::size_t at = 0; at < places.size(); ++at)
        for (const auto& device : place.present[at].live(places[at]))
            recipients.push_back({.id = device.id, .box = device.keys.box});
    if (place.kind == SpaceKind::Room)
        for (const auto& member : place.present)
            recipients.push_back({.id = member.account(), .box = member.root().box});
    return recipients;
}

bool names_the_present(const Epoch& epoch, const EpochPlace& place) {
    return std::ranges::equal(epoch.heads, place.present, {}, &MemberHead::account,
                              &DeviceList::account);
}

Result<Places> places_of(const Epoch& epoch, const EpochPlace& place) {
    Places places;
    for (std::size_t at = 0; at < place.present.size(); ++at) {
        const auto here = place.present[at].place_of(epoch.heads[at].head);
        if (!here) return refuse(Fault::UnknownHead);
        places.push_back(*here);
    }
    return places;
}

bool goes_back(const Epoch& before, const EpochPlace& place, const Places& places) {
    for (std::size_t at = 0; at < places.size(); ++at) {
        const DeviceList& list = place.present[at];
        const auto then = std::ranges::find(before.heads, list.account(), &MemberHead::account);
        if (then == before.heads.end()) continue;
        if (list.place_of(then->head).value_or(0) > places[at]) return true;
    }
    return false;
}

Result<PublicKey> signer_of(const Epoch& epoch, const EpochPlace& place, const Places& places) {
    Fault fault = Fault::UnknownDevice;
    for (std::size_t at = 0; at < places.size(); ++at) {
        const auto standing = place.present[at].standing(epoch.device, places[at]);
        if (standing == Standing::Live) return place.present[at].find(epoch.device)->keys.sign;
        if (standing == Standing::Removed) fault = Fault::RemovedDevice;
    }
    return refuse(fault);
}

bool is_sealed_to(const Epoch& epoch, const std::vector<Recipient>& recipients) {
    std::vector<Id> told;
    std::vector<Id> due;
    told.reserve(epoch.sealed.size());
    due.reserve(recipients.size());
    for (const auto& one : epoch.sealed) told.push_back(one.to);
    for (const auto& one : recipients) due.push_back(one.id);
    std::ranges::sort(told);
    std::ranges::sort(due);
    return told == due;
}

}  // namespace

Result<void> check_epoch(const Epoch& epoch, const EpochPlace& place) {
    const std::uint64_t due = place.before == nullptr ? 1 : place.before->n + 1;
    if (epoch.n != due) return refuse(Fault::Numbering);
    if (!names_the_present(epoch, place)) return refuse(Fault::Members);
    const auto places = places_of(epoch, place);
    if (!places) return refuse(places.error());
    if (place.before != nullptr && goes_back(*place.before, place, *places))
        return refuse(Fault::OlderHead);
    const auto signer = signer_of(epoch, place, *places);
    if (!signer) return refuse(signer.error());
    if (!signature_holds(epoch.signature, epoch_bytes(place.space, epoch), *signer))
        return refuse(Fault::BadSignature);
    if (!is_sealed_to(epoch, recipients_of(place, *places))) return refuse(Fault::Recipients);
    return {};
}

Result<Epoch> make_epoch(const EpochPlace& place, const Key& key, const KeyPairs& device,
                         const Random& random) {
    Epoch epoch;
    epoch.n = place.before == nullptr ? 1 : place.before->n + 1;
    epoch.device = device_id(device.keys);
    Places places;
    for (const auto& member : place.present) {
        epoch.heads.push_back({.account = member.account(), .head = member.head()});
        places.push_back(member.size());
    }
    for (const auto& recipient : recipients_of(place, places)) {
        const auto box = seal_to_box(key.view(), recipient.box, random);
        if (!box) return refuse(box.error());
        SealedKey sealed{.to = recipient.id, .box = {}};
        std::ranges::copy(*box, sealed.box.begin());
        epoch.sealed.push_back(sealed);
    }
    epoch.signature = sign(epoch_bytes(place.space, epoch), device.sign_secret);
    return epoch;
}

Result<Key> open_epoch(const Epoch& epoch, const Id& to, const KeyPairs& keys) {
    const auto mine = std::ranges::find(epoch.sealed, to, &SealedKey::to);
    if (mine == epoch.sealed.end()) return refuse(Fault::CannotOpen);
    const auto plain = open_box(mine->box, keys.keys.box, keys.box_secret);
    if (!plain || plain->size() != 32) return refuse(Fault::CannotOpen);
    return Key(plain->view().first<32>());
}

}  // namespace seen::vault
