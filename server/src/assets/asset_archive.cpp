#include "seen/server/asset_archive.hpp"

#include <nlohmann/json.hpp>

namespace seen::server {

namespace {

using Whole = std::span<const unsigned char>;
constexpr std::string_view magic = "SEENARC1";
constexpr std::size_t head_size = 12;

/// The piece that the index names, or nothing when it lies outside.
std::optional<Whole> piece(Whole bytes, const nlohmann::json& entry, const char* offset,
                           const char* size) {
    const auto from = entry.at(offset).get<std::uint64_t>();
    const auto length = entry.at(size).get<std::uint64_t>();
    if (from > bytes.size() || length > bytes.size() - from) return std::nullopt;
    return bytes.subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(length));
}

std::optional<Asset> asset_in(Whole bytes, const nlohmann::json& entry) {
    const auto plain = piece(bytes, entry, "offset", "size");
    if (!plain) return std::nullopt;
    Asset asset{.mime = entry.at("mime").get<std::string>(),
                .etag = "\"" + entry.at("etag").get<std::string>() + "\"",
                .immutable = entry.at("immutable").get<bool>(),
                .plain = *plain,
                .gzip = std::nullopt};
    if (!entry.contains("gzip_offset")) return asset;
    asset.gzip = piece(bytes, entry, "gzip_offset", "gzip_size");
    if (!asset.gzip) return std::nullopt;
    return asset;
}

}  // namespace

std::expected<AssetArchive, std::string> AssetArchive::open(Whole bytes) {
    const auto broken = std::unexpected(std::string("the web app inside this binary is damaged"));
    AssetArchive archive;
    if (bytes.empty()) return archive;
    if (bytes.size() < head_size || !std::equal(magic.begin(), magic.end(), bytes.begin()))
        return broken;
    std::size_t length = 0;
    for (const unsigned char byte : bytes.subspan(magic.size(), 4)) length = length << 8U | byte;
    if (length > bytes.size() - head_size) return broken;
    const Whole index = bytes.subspan(head_size, length);
    const Whole rest = bytes.subspan(head_size + length);
    try {
        for (const auto& entry : nlohmann::json::parse(index.begin(), index.end())) {
            auto asset = asset_in(rest, entry);
            if (!asset) return broken;
            archive.assets_.emplace(entry.at("path").get<std::string>(), std::move(*asset));
        }
    } catch (const nlohmann::json::exception&) {
        return broken;
    }
    return archive;
}

const Asset* AssetArchive::find(std::string_view path) const {
    const auto found = assets_.find(path);
    return found == assets_.end() ? nullptr : &found->second;
}

}  // namespace seen::server
