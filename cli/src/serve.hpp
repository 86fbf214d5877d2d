#pragma once

/// `seen serve`: checks what was asked, starts the server and stays until it is told to stop.
/// Exit codes: 0 stopped as asked, 1 could not do it, 2 asked wrongly; in the last two cases one
/// plain line on stderr.

#include <cstddef>
#include <optional>
#include <string>

namespace seen::cli {

struct ServeOptions {
    std::optional<std::string> listen;
    std::string data;
    std::optional<std::string> public_url;
    std::string tls_cert;  ///< Both files or none.
    std::string tls_key;
    bool lan = false;
    bool behind_proxy = false;
    std::optional<std::string> admin;
    std::size_t accounts_per_hour = 30;
    bool demo = false;
    bool verbose = false;
};

/// `$XDG_DATA_HOME/seen`, otherwise `~/.local/share/seen`, otherwise `./data`.
[[nodiscard]] std::string default_data_folder();
[[nodiscard]] int serve(const ServeOptions& options);

}  // namespace seen::cli
