#include "assets.hpp"

#include "archive.hpp"
#include "seen/server/asset_archive.hpp"

#include <algorithm>
#include <iostream>

namespace seen::cli {

namespace {

constexpr std::size_t digest_digits = 64;

bool is_digest(std::string_view text) {
    return text.size() == digest_digits && std::ranges::all_of(text, [](char digit) {
               return (digit >= '0' && digit <= '9') || (digit >= 'a' && digit <= 'f');
           });
}

/// The shell and its parts, without what only a demonstration sends.
bool only_in_a_demo(std::string_view path) {
    return path == "/demo.html";
}

}  // namespace

std::expected<AssetList, std::string> built_in_assets() {
    const auto archive = server::AssetArchive::open(embedded_archive());
    if (!archive) return std::unexpected(archive.error());
    if (archive->empty()) return std::unexpected("this binary was built without the web app");
    AssetList list;
    for (const auto& [path, asset] : archive->all())
        if (!only_in_a_demo(path)) list.emplace(path, asset.etag.substr(1, asset.etag.size() - 2));
    return list;
}

std::expected<AssetList, std::string> read_asset_list(std::istream& in) {
    AssetList list;
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty()) continue;
        const bool shaped = line.size() > digest_digits + 2 &&
                            line.compare(digest_digits, 3, "  /") == 0 &&
                            is_digest(std::string_view(line).substr(0, digest_digits));
        if (!shaped)
            return std::unexpected("line " + std::to_string(number) +
                                   " is not a hash, two spaces and a path");
        list.emplace(line.substr(digest_digits + 2), line.substr(0, digest_digits));
    }
    if (list.empty()) return std::unexpected("the list is empty");
    return list;
}

int print_assets() {
    const auto list = built_in_assets();
    if (!list) {
        std::cerr << "seen: " << list.error() << "\n";
        return 1;
    }
    for (const auto& [path, digest] : *list) std::cout << digest << "  " << path << "\n";
    return 0;
}

}  // namespace seen::cli
