#include "http/public_path.hpp"

namespace seen::server {

PublicPath::PublicPath(std::string_view public_url) {
    const auto scheme = public_url.find("://");
    if (scheme == std::string_view::npos) return;
    const auto slash = public_url.find('/', scheme + 3);
    if (slash == std::string_view::npos) return;
    prefix_ = public_url.substr(slash);
    while (prefix_.ends_with('/')) prefix_.pop_back();
}

std::optional<std::string> PublicPath::below(const std::string& path) const {
    if (!path.starts_with(prefix_)) return std::nullopt;
    if (path.size() > prefix_.size() && path[prefix_.size()] != '/') return std::nullopt;
    return path.substr(prefix_.size());
}

}  // namespace seen::server
