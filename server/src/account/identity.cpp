#include "seen/server/account.hpp"
#include "seen/server/space.hpp"
#include "wire/enc.hpp"

namespace seen::server {

namespace {

Enc signed_entry(const AccountId& account, const DeviceEntry& entry) {
    Enc enc;
    enc.add("seen/1/device-entry").add(account).add_u64(entry.n).add(entry.prev).add("added");
    enc.add(View{entry.sign}).add(View{entry.box});
    return enc;
}

}  // namespace

AccountId account_id(const AccountKeys& keys) {
    Enc enc;
    enc.add("seen/1/account").add(View{keys.root_sign}).add(View{keys.root_box});
    return AccountId{enc.hash16()};
}

DeviceId device_id(const DeviceEntry& entry) {
    Enc enc;
    enc.add("seen/1/device").add(View{entry.sign}).add(View{entry.box});
    return DeviceId{enc.hash16()};
}

Hash entry_hash(const AccountId& account, const DeviceEntry& entry) {
    const Enc body = signed_entry(account, entry);
    Enc enc;
    enc.add("seen/1/device-hash").add(View{body.bytes()}).add(View{entry.signature});
    return enc.hash();
}

bool entry_is_signed(const AccountKeys& keys, const DeviceEntry& entry) {
    return signed_entry(account_id(keys), entry).is_signed(entry.signature, keys.root_sign);
}

bool epoch_is_signed(const SpaceId& space, const Epoch& epoch, const PublicKey& sign) {
    Enc keys;
    for (const SealedKey& key : epoch.sealed) keys.add(View{key.to}).add(View{key.box});
    Enc enc;
    enc.add("seen/1/epoch").add(space).add_u64(epoch.n).add(epoch.device).add(View{epoch.head});
    enc.add(View{keys.bytes()});
    return enc.is_signed(epoch.signature, sign);
}

}  // namespace seen::server
