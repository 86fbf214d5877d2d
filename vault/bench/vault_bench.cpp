/// What a journal of 50,000 acts costs: who wrote it by tags, and what it would cost by signatures.

#include "seen/vault/hash.hpp"
#include "seen/vault/keys.hpp"
#include "seen/vault/record.hpp"

#include <chrono>
#include <cstdio>
#include <functional>

namespace vault = seen::vault;

namespace {

constexpr int acts = 50000;

void measure(const char* what, const std::function<bool()>& once) {
    const auto begun = std::chrono::steady_clock::now();
    int held = 0;
    for (int round = 0; round < acts; ++round) held += once() ? 1 : 0;
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begun;
    std::printf("    %-28s %8.0f ms for %d   %7.2f µs each\n", what, took.count(), held,
                took.count() * 1000 / acts);
}

}  // namespace

int main() {
    vault::open_vault();
    const vault::Bytes body(300, 7);
    const vault::Bytes aad(200, 7);
    const vault::Key key;
    const vault::Key tag = vault::keyed(key.view(), "tag", {aad, body});
    const vault::KeyPairs device = vault::device_of({});
    const auto signature = vault::sign(body, device.sign_secret);
    const vault::RecordHead head;
    const auto sealed = vault::seal_record(head, R"({"v":1,"type":"note.kept"})", {}, key, key,
                                           vault::system_random());
    measure("tags", [&] { return vault::keyed(key.view(), "tag", {aad, body}) == tag; });
    measure("Ed25519 checks",
            [&] { return vault::signature_holds(signature, body, device.keys.sign); });
    measure("records of 1 KiB opened",
            [&] { return vault::open_record(head, *sealed, key, &key).has_value(); });
}
