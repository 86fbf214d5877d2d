#include "durability/platter.hpp"

#include <fstream>
#include <sstream>

namespace seen::server::test {

namespace {

using Kind = DiskStep::Kind;

void change(std::string& content, const DiskStep& step, std::size_t length) {
    if (step.kind == Kind::Truncate) return content.resize(step.at);
    if (content.size() < step.at + length) content.resize(step.at + length);
    content.replace(step.at, length, step.bytes, 0, length);
}

/// How much of a step survives: all of it, nothing, or the beginning of a write.
std::size_t survivor(const DiskStep& step, std::mt19937& random) {
    constexpr std::size_t sector = 512;
    const auto chance = random() % 8;
    if (chance < 3) return 0;
    if (chance < 7 || step.bytes.size() <= sector) return step.bytes.size() + 1;
    return random() % (step.bytes.size() / sector) * sector;
}

}  // namespace

Platter::Platter(const std::filesystem::path& folder, const std::map<std::string, int>& numbers)
    : synced_names_(numbers), names_(numbers) {
    for (const auto& [name, number] : numbers) {
        const std::ifstream stream(folder / name, std::ios::binary);
        std::ostringstream text;
        text << stream.rdbuf();
        files_[number].synced = text.str();
    }
}

void Platter::apply(const DiskStep& step) {
    switch (step.kind) {
        case Kind::Create:
            names_[step.name] = step.file;
            files_[step.file] = {};
            break;
        case Kind::Write:
        case Kind::Truncate:
            files_[step.file].waiting.push_back(step);
            break;
        case Kind::Sync: {
            Content& content = files_[step.file];
            for (const DiskStep& one : content.waiting)
                change(content.synced, one, one.bytes.size());
            content.waiting.clear();
            break;
        }
        case Kind::Remove:
            names_.erase(step.name);
            break;
        case Kind::Rename:
            names_[step.to] = names_[step.name];
            names_.erase(step.name);
            break;
        case Kind::SyncFolder:
            synced_names_ = names_;
            break;
    }
}

bool Platter::forgets() const {
    if (synced_names_ != names_) return true;
    for (const auto& [number, content] : files_)
        if (!content.waiting.empty()) return true;
    return false;
}

void Platter::lay_out(const std::filesystem::path& folder, std::mt19937* some) const {
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const bool newest_names = some != nullptr && (*some)() % 2 == 0;
    for (const auto& [name, number] : newest_names ? names_ : synced_names_) {
        const Content& content = files_.at(number);
        std::string bytes = content.synced;
        for (const DiskStep& step : content.waiting) {
            const std::size_t most = some == nullptr ? 0 : survivor(step, *some);
            if (most > 0) change(bytes, step, std::min(most, step.bytes.size()));
        }
        std::ofstream(folder / name, std::ios::binary) << bytes;
    }
}

}  // namespace seen::server::test
