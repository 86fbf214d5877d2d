#include "vectors.hpp"

#include "seen/vault/hash.hpp"

#include <sodium.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <memory>

namespace seen::vault::tests {

const Json& vectors(const std::string& name) {
    static std::map<std::string, Json> read;
    if (const auto found = read.find(name); found != read.end()) return found->second;
    std::ifstream file(std::string(SEEN_VECTORS "/") + name + ".json");
    const std::string text(std::istreambuf_iterator<char>(file), {});
    auto json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) {
        std::cerr << "no vectors: " << name << '\n';
        std::exit(1);
    }
    return read.emplace(name, std::move(json)).first->second;
}

Bytes bytes_of(const Json& text) {
    auto bytes = from_base64url(text.get<std::string>());
    if (!bytes) std::abort();
    return *bytes;
}

Random giving(Bytes bytes) {
    auto left = std::make_shared<Bytes>(std::move(bytes));
    return [left](std::span<Byte> out) {
        const auto count = std::min(out.size(), left->size());
        std::copy_n(left->begin(), count, out.begin());
        left->erase(left->begin(), left->begin() + static_cast<std::ptrdiff_t>(count));
    };
}

Random seeded(std::uint64_t seed) {
    auto drawn = std::make_shared<std::uint64_t>(0);
    return [seed, drawn](std::span<Byte> out) {
        const Hash key = hash("seeded", {u64(seed), u64((*drawn)++)});
        randombytes_buf_deterministic(out.data(), out.size(), key.data());
    };
}

}  // namespace seen::vault::tests
