/// A record under the right key. The first byte says which: `s`, sealed bytes as they come; `p`,
/// the plaintext, sealed rightly; `b`, the body, padded and tagged rightly. Whatever opens is an
/// object with a time, and opens again when it is sealed anew.
///     build/fuzz/vault/fuzz/record_fuzz vault/fuzz/corpus/record -max_total_time=60

#include "law.hpp"
#include "seen/vault/hash.hpp"
#include "seen/vault/record.hpp"

#include <algorithm>

namespace vault = seen::vault;

namespace {

const vault::RecordHead head;
const vault::Key key;

void open(vault::View sealed, const vault::Key* author) {
    const auto opened = vault::open_record(head, sealed, key, author);
    if (!opened) return;
    vault::fuzz::need(opened->event.is_object(), "an event is an object");
    const auto again = vault::seal_record(head, opened->event.dump(), opened->frame, key, key,
                                          vault::fuzz::sevens());
    vault::fuzz::need(again && vault::open_record(head, *again, key, &key),
                      "what has opened can be sealed anew");
}

void open_plain(vault::View plain) {
    const auto aad = vault::record_aad(head);
    open(vault::seal(vault::record_key(key), aad, plain, vault::fuzz::sevens()), nullptr);
}

void open_body(vault::View body) {
    const auto aad = vault::record_aad(head);
    const auto tag = vault::keyed(key.view(), "tag", {aad, body});
    vault::Bytes plain(tag.view().begin(), tag.view().end());
    vault::append_enc(plain, body);
    plain.resize(vault::padded_size(plain.size(), head.record_class));
    open(vault::seal(vault::record_key(key), aad, plain, vault::fuzz::sevens()), &key);
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const vault::View rest(data + 1, size - 1);
    switch (data[0]) {
        case 'p':
            open_plain(rest);
            break;
        case 'b':
            open_body(rest);
            break;
        default:
            open(rest, &key);
            break;
    }
    return 0;
}
