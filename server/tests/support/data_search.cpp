#include "support/data_search.hpp"

#include <sodium.h>

#include <fstream>
#include <sstream>
#include <unistd.h>

namespace seen::test {

bool found_in(const std::filesystem::path& folder, const Raw& bytes) {
    // The beginning will do: a page of a file may end in the middle.
    const std::string needle(
        bytes.begin(),
        bytes.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(bytes.size(), 64)));
    for (const auto& file : std::filesystem::directory_iterator(folder)) {
        const std::ifstream stream(file.path(), std::ios::binary);
        std::ostringstream all;
        all << stream.rdbuf();
        if (all.str().find(needle) != std::string::npos) return true;
    }
    return false;
}

bool soon_gone_from(const std::filesystem::path& folder, const Raw& bytes) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (found_in(folder, bytes)) {
        if (std::chrono::steady_clock::now() > until) return false;
        ::usleep(50'000);
    }
    return true;
}

Raw raw_of(const std::string& text) {
    Raw bytes(text.size());
    std::size_t length = 0;
    sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length,
                      nullptr, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    bytes.resize(length);
    return bytes;
}

}  // namespace seen::test
