#include "session/sign_in.hpp"

#include "seen/server/limits.hpp"
#include "wire/enc.hpp"

#include <nlohmann/json.hpp>
#include <sodium.h>

#include <algorithm>

namespace seen::server {

namespace {

Enc signed_text(const SignIn& asked) {
    Enc enc;
    enc.add("seen/1/sign-in").add(asked.origin).add(asked.account);
    if (asked.device)
        enc.add(*asked.device);
    else
        enc.add("root");
    enc.add_u64(static_cast<std::uint64_t>(asked.expires)).add(View{asked.nonce});
    return enc;
}

/// The key that must have signed; nothing when there is no such account or live device.
std::optional<PublicKey> key_of(Storage& storage, const SignIn& asked) {
    const auto keys = storage.account(asked.account);
    if (!keys) return std::nullopt;
    if (!asked.device) return keys->root_sign;
    const auto device = live_device(storage.devices(asked.account), *asked.device);
    if (!device) return std::nullopt;
    return device->sign;
}

}  // namespace

SigningIn::SigningIn(Ledger& ledger, const Clock& clock, Sessions& sessions,
                     std::optional<std::string> public_url)
    : ledger_(ledger),
      clock_(clock),
      sessions_(sessions),
      public_url_(std::move(public_url)),
      opened_(limits::sign_ins_per_minute, 60'000) {
    Fixed<64> forgotten{};
    crypto_sign_keypair(key_of_nobody_.data(), forgotten.data());
    while (public_url_ && public_url_->ends_with('/')) public_url_->pop_back();
}

std::string SigningIn::own_origin(const Request& request) const {
    if (public_url_) return *public_url_;
    return (request.encrypted ? "https://" : "http://") + request.host;
}

void SigningIn::challenge(const Request& request, const Answer& answer) {
    if (const auto nothing = read_nothing(request.body); !nothing)
        return answer(refused(nothing.error()));
    const Challenge challenge = challenges_.issue(clock_.now());
    answer(json_response(
        200, {{"nonce", base64url(View{challenge.nonce})}, {"expires", challenge.expires}}));
}

void SigningIn::open(const Request& request, const Answer& answer) {
    const auto asked = read_sign_in(request.body);
    if (!asked) return answer(refused(asked.error()));
    if (asked->origin != own_origin(request) ||
        !challenges_.good({asked->nonce, asked->expires}, clock_.now()))
        return answer(refused(Refusal::Unauthorized));
    look_up(*asked, answer);
}

void SigningIn::look_up(const SignIn& asked, const Answer& answer) {
    ledger_.read<std::optional<PublicKey>>(
        [asked](Storage& storage) -> Result<std::optional<PublicKey>> {
            return key_of(storage, asked);
        },
        [this, asked, answer,
         before = sessions_.endings()](const Result<std::optional<PublicKey>>& key) {
            if (!key) return answer(refused(key.error()));
            // A device may have gone since its key was read.
            if (before != sessions_.endings()) return look_up(asked, answer);
            finish(asked, *key, answer);
        });
}

void SigningIn::finish(const SignIn& asked, const std::optional<PublicKey>& key,
                       const Answer& answer) {
    const Moment now = clock_.now();
    const Challenge challenge{asked.nonce, asked.expires};
    // Who is not there costs the same work as who is.
    const bool is_signed =
        signed_text(asked).is_signed(asked.signature, key.value_or(key_of_nobody_));
    // Asked again: another request may have used it while the key was being read.
    if (!key || !is_signed || !challenges_.good(challenge, now))
        return answer(refused(Refusal::Unauthorized));
    if (const auto seconds = opened_.take(rate_key(asked.account), now))
        return answer(slow_down(*seconds));
    challenges_.use(challenge, now);
    const Hash token = sessions_.open(asked.account, asked.device, now);
    answer(json_response(200,
                         {{"token", base64url(View{token})}, {"expires", now + session_life_ms}}));
}

}  // namespace seen::server
