#include "verify.hpp"

#include "assets.hpp"
#include "fetch.hpp"
#include "seen/server/content_policy.hpp"

#include <sodium.h>

#include <array>
#include <fstream>
#include <iostream>
#include <vector>

namespace seen::cli {

namespace {

std::string sha256_of(const std::string& bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                       bytes.size());
    std::array<char, 2 * crypto_hash_sha256_BYTES + 1> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

std::expected<AssetList, std::string> list_for(const VerifyOptions& options) {
    if (options.list.empty()) return built_in_assets();
    std::ifstream file(options.list);
    if (!file) return std::unexpected("cannot read " + options.list);
    auto list = read_asset_list(file);
    if (!list) return std::unexpected(options.list + ": " + list.error());
    return list;
}

/// What is not as published, a line each.
struct Comparison {
    std::vector<std::string> differences;
    std::string unreachable;
};

/// The page itself is asked for as a browser does: by the address alone.
std::string asked_for(const std::string& base, const std::string& path) {
    return base + (path == "/index.html" ? "/" : path);
}

Comparison compare(const std::string& base, const AssetList& list, Fetcher& fetcher) {
    Comparison result;
    for (const auto& [path, digest] : list) {
        const auto fetched = fetcher.get(asked_for(base, path));
        if (!fetched) {
            result.unreachable = fetched.error();
            return result;
        }
        if (fetched->status != 200)
            result.differences.push_back("missing    " + path);
        else if (sha256_of(fetched->body) != digest)
            result.differences.push_back("different  " + path);
        else if (path == "/index.html" && fetched->policy != server::content_policy)
            result.differences.emplace_back("different  the page's Content-Security-Policy");
    }
    return result;
}

}  // namespace

int verify(const VerifyOptions& options) {
    const auto list = list_for(options);
    if (!list) {
        std::cerr << "seen: " << list.error() << "\n";
        return 1;
    }
    std::string base = options.url;
    while (base.ends_with('/')) base.pop_back();
    Fetcher fetcher(options.authority);
    const auto result = compare(base, *list, fetcher);
    if (!result.unreachable.empty()) {
        std::cerr << "seen: " << result.unreachable << "\n";
        return 1;
    }
    for (const auto& line : result.differences) std::cout << line << "\n";
    if (result.differences.empty()) {
        std::cout << options.url << " sends the app of this list: " << list->size()
                  << " files, all the same.\n"
                  << "It could send something else to somebody else, or later. Run this from where "
                     "you use it.\n";
        return 0;
    }
    std::cout << options.url << " does not send the app of this list: " << result.differences.size()
              << " of " << list->size() + 1 << " checks differ.\n";
    return 1;
}

}  // namespace seen::cli
