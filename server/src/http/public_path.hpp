#pragma once

/// The path below which everything stands when the public address has one.
///
/// Worked, for https://example.org/seen: "/seen/v1/about" → "/v1/about"; "/seen/" → "/"; "/seen" →
/// "", which is answered with the way to "/seen/"; "/v1/about" and "/seenless" → nothing. For an
/// address without a path everything stays as it came.

#include <optional>
#include <string>
#include <string_view>

namespace seen::server {

class PublicPath {
  public:
    PublicPath() = default;
    explicit PublicPath(std::string_view public_url);

    /// What follows the path, or nothing for what stands elsewhere.
    [[nodiscard]] std::optional<std::string> below(const std::string& path) const;
    /// Without a slash at its end; empty when there is none.
    [[nodiscard]] const std::string& prefix() const { return prefix_; }

  private:
    std::string prefix_;
};

}  // namespace seen::server
