#include "fetch.hpp"

#include <algorithm>
#include <array>
#include <curl/curl.h>
#include <string_view>
#include <utility>

namespace seen::cli {

namespace {

constexpr std::size_t most_bytes = std::size_t{32} << 20U;
constexpr long connect_seconds = 15;
constexpr long whole_seconds = 60;

std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* into) {
    auto& body = static_cast<Fetched*>(into)->body;
    const std::size_t length = size * count;
    if (body.size() + length > most_bytes) return 0;  // libcurl ends the transfer
    body.append(bytes, length);
    return length;
}

std::size_t take_header(char* bytes, std::size_t size, std::size_t count, void* into) {
    constexpr std::string_view wanted = "content-security-policy:";
    const std::string_view line(bytes, size * count);
    const auto same = [](char given, char lower) {
        return (given >= 'A' && given <= 'Z' ? static_cast<char>(given + ('a' - 'A')) : given) ==
               lower;
    };
    if (line.size() > wanted.size() &&
        std::equal(wanted.begin(), wanted.end(), line.begin(),
                   [&](char lower, char given) { return same(given, lower); })) {
        auto value = line.substr(wanted.size());
        while (value.starts_with(' ')) value.remove_prefix(1);
        while (value.ends_with('\n') || value.ends_with('\r')) value.remove_suffix(1);
        // A second policy only narrows; still it is another answer than ours.
        auto& policy = static_cast<Fetched*>(into)->policy;
        if (!policy.empty()) policy += ", ";
        policy += value;
    }
    return line.size();
}

}  // namespace

Fetcher::Fetcher(std::string authority)
    : authority_(std::move(authority)), handle_(curl_easy_init()) {}

Fetcher::~Fetcher() {
    curl_easy_cleanup(handle_);
}

std::expected<Fetched, std::string> Fetcher::get(const std::string& url) {
    if (handle_ == nullptr) return std::unexpected("libcurl could not be started");
    Fetched fetched;
    std::array<char, CURL_ERROR_SIZE> why{};
    curl_easy_reset(handle_);
    curl_easy_setopt(handle_, CURLOPT_URL, url.c_str());
    curl_easy_setopt(handle_, CURLOPT_ERRORBUFFER, why.data());
    curl_easy_setopt(handle_, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(handle_, CURLOPT_WRITEDATA, &fetched);
    curl_easy_setopt(handle_, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(handle_, CURLOPT_HEADERDATA, &fetched);
    curl_easy_setopt(handle_, CURLOPT_CONNECTTIMEOUT, connect_seconds);
    curl_easy_setopt(handle_, CURLOPT_TIMEOUT, whole_seconds);
    curl_easy_setopt(handle_, CURLOPT_NOSIGNAL, 1L);
    if (!authority_.empty()) curl_easy_setopt(handle_, CURLOPT_CAINFO, authority_.c_str());
    const CURLcode code = curl_easy_perform(handle_);
    if (code != CURLE_OK) {
        const std::string said = why[0] == '\0' ? curl_easy_strerror(code) : why.data();
        return std::unexpected(url + ": " + said);
    }
    curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &fetched.status);
    return fetched;
}

}  // namespace seen::cli
