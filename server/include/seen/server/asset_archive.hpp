#pragma once

/// The web app as one archive inside the binary, made by tools/make_archive.mjs.
///
///     "SEENARC1" ‖ length of the index (4 bytes, big-endian) ‖ index ‖ bytes
///
/// The index is a JSON array of {"path":"/index.html","mime","etag":<SHA-256 in
/// hex>,"offset","size","gzip_offset"?, "gzip_size"?,"immutable":bool}; offsets count from the
/// first byte after the index. An empty archive holds nothing. Errors: opening says in one line
/// what is wrong. What is found points into the archive, which must outlive it.

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace seen::server {

struct Asset {
    std::string mime;
    std::string etag;  ///< With its quotes.
    bool immutable = false;
    std::span<const unsigned char> plain;
    std::optional<std::span<const unsigned char>> gzip;
};

class AssetArchive {
  public:
    [[nodiscard]] static std::expected<AssetArchive, std::string> open(
        std::span<const unsigned char> bytes);
    /// `path` exactly as in the index: nothing is decoded, joined or climbed.
    [[nodiscard]] const Asset* find(std::string_view path) const;
    /// By path, in order.
    [[nodiscard]] const std::map<std::string, Asset, std::less<>>& all() const { return assets_; }
    [[nodiscard]] bool empty() const { return assets_.empty(); }

  private:
    std::map<std::string, Asset, std::less<>> assets_;
};

}  // namespace seen::server
