#include "house/metrics.hpp"

namespace seen::server {

std::string Metrics::text(std::uint64_t commits) const {
    std::string text = "# TYPE seen_answers_total counter\n";
    for (std::size_t first = 2; first < answers.size(); ++first)
        text += "seen_answers_total{status=\"" + std::to_string(first) + "xx\"} " +
                std::to_string(answers.at(first)) + "\n";
    text +=
        "# TYPE seen_commits_total counter\nseen_commits_total " + std::to_string(commits) + "\n";
    text += "# TYPE seen_connections gauge\nseen_connections " + std::to_string(connections) + "\n";
    text += "# TYPE seen_followers gauge\nseen_followers " + std::to_string(followers) + "\n";
    return text;
}

}  // namespace seen::server
