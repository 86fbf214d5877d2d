#include "seen/vault/epoch.hpp"

namespace seen::vault {

namespace {

Result<MemberHead> read_head(const Json& json) {
    Reader reader(json);
    const MemberHead head{.account = reader.fixed<16>("account"), .head = reader.fixed<32>("head")};
    if (!reader.ok()) return refuse(Fault::Shape);
    return head;
}

Result<SealedKey> read_sealed(const Json& json) {
    Reader reader(json);
    const SealedKey sealed{.to = reader.fixed<16>("to"), .box = reader.fixed<80>("box")};
    if (!reader.ok()) return refuse(Fault::Shape);
    return sealed;
}

}  // namespace

Result<Epoch> read_epoch(const Json& json) {
    Reader reader(json);
    Epoch epoch;
    epoch.n = reader.count("n");
    epoch.device = reader.fixed<16>("device");
    epoch.signature = reader.fixed<64>("signature");
    for (const auto& one : reader.list("heads")) {
        const auto head = read_head(one);
        if (!head) return refuse(head.error());
        epoch.heads.push_back(*head);
    }
    for (const auto& one : reader.list("sealed")) {
        const auto sealed = read_sealed(one);
        if (!sealed) return refuse(sealed.error());
        epoch.sealed.push_back(*sealed);
    }
    if (!reader.ok() || epoch.n == 0 || epoch.heads.empty() || epoch.sealed.empty())
        return refuse(Fault::Shape);
    return epoch;
}

OrderedJson write_epoch(const Epoch& epoch) {
    OrderedJson heads = OrderedJson::array();
    for (const auto& one : epoch.heads)
        heads.push_back({{"account", base64url(one.account)}, {"head", base64url(one.head)}});
    OrderedJson sealed = OrderedJson::array();
    for (const auto& one : epoch.sealed)
        sealed.push_back({{"to", base64url(one.to)}, {"box", base64url(one.box)}});
    return {{"n", epoch.n},
            {"device", base64url(epoch.device)},
            {"heads", heads},
            {"sealed", sealed},
            {"signature", base64url(epoch.signature)}};
}

}  // namespace seen::vault
