#include "house/metrics.hpp"

#include <bit>

namespace seen::server {

namespace {

/// Below this a count would speak of single people.
constexpr std::uint64_t fewest = 16;

void add(std::string& text, const std::string& name, std::uint64_t count) {
    text += name + " " + std::to_string(bucket(count)) + "\n";
}

}  // namespace

std::uint64_t bucket(std::uint64_t count) {
    return count < fewest ? 0 : std::bit_floor(count);
}

std::string Metrics::text(std::uint64_t commits) const {
    std::string text = "# TYPE seen_answers_total counter\n";
    for (std::size_t first = 2; first < answers.size(); ++first)
        add(text, "seen_answers_total{status=\"" + std::to_string(first) + "xx\"}",
            answers.at(first));
    text += "# TYPE seen_commits_total counter\n";
    add(text, "seen_commits_total", commits);
    text += "# TYPE seen_connections gauge\n";
    add(text, "seen_connections", connections);
    text += "# TYPE seen_followers gauge\n";
    add(text, "seen_followers", followers);
    return text;
}

}  // namespace seen::server
