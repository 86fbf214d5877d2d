#include "http/router.hpp"

namespace seen::server {

namespace {

std::string_view next_piece(std::string_view& path) {
    const auto piece = path.substr(0, path.find('/'));
    path.remove_prefix(std::min(path.size(), piece.size() + 1));
    return piece;
}

std::optional<std::vector<std::string>> parts_of(std::string_view pattern, std::string_view path) {
    if (path.ends_with('/')) return std::nullopt;
    std::vector<std::string> parts;
    while (!pattern.empty() && !path.empty()) {
        const auto wanted = next_piece(pattern);
        const auto piece = next_piece(path);
        if (wanted == "{}")
            parts.emplace_back(piece);
        else if (wanted != piece)
            return std::nullopt;
    }
    if (!pattern.empty() || !path.empty()) return std::nullopt;
    return parts;
}

}  // namespace

Match Router::match(std::string_view method, std::string_view path) const {
    Match match;
    for (const Route& route : routes_) {
        auto parts = parts_of(route.pattern, path);
        if (!parts) continue;
        if (route.method == method) return {&route, std::move(*parts), {}};
        if (!match.allow.empty()) match.allow += ", ";
        match.allow += route.method;
    }
    return match;
}

}  // namespace seen::server
