#pragma once

/// What the web app inside this binary is made of, as a list that anyone can compare.
///
/// A line for each file, like sha256sum's: 64 hex digits, two spaces, the path from the root of the
/// site. A release publishes this list; `seen assets` prints that of this binary. Worked example:
///
///     9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08  /index.html
///
/// Errors: a line of another shape, or an empty list, is refused with its number.

#include <expected>
#include <istream>
#include <map>
#include <string>

namespace seen::cli {

/// By path: SHA-256 in lower-case hex.
using AssetList = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] std::expected<AssetList, std::string> built_in_assets();
[[nodiscard]] std::expected<AssetList, std::string> read_asset_list(std::istream& in);

/// `seen assets`
int print_assets();

}  // namespace seen::cli
