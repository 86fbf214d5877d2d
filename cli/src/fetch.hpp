#pragma once

/// One GET over libcurl. Redirects are not followed: another address is another server. At most
/// 32 MiB, at most 60 s. Errors: one plain line.

#include <expected>
#include <string>

namespace seen::cli {

struct Fetched {
    long status = 0;
    std::string body;
    std::string policy;  ///< The Content-Security-Policy header; empty when there is none.
};

class Fetcher {
  public:
    /// `authority`: a PEM file to trust instead of the system's own, or empty.
    explicit Fetcher(std::string authority);
    ~Fetcher();
    Fetcher(const Fetcher&) = delete;
    Fetcher& operator=(const Fetcher&) = delete;

    [[nodiscard]] std::expected<Fetched, std::string> get(const std::string& url);

  private:
    std::string authority_;
    void* handle_;
};

}  // namespace seen::cli
