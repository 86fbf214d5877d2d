#pragma once

/// Compares what a running server sends with the published app: every file of the list is fetched
/// and hashed, and the page's own rules (its Content-Security-Policy) must be ours, for a looser
/// one could let in code from elsewhere.
///
/// What it shows and what it does not: the server sent the published app to this address, now. It
/// could send something else to somebody else, or tomorrow; so it is run from where the app is
/// used, and the installed app asks before it takes a newer version.
///
/// Exit code: 0 the same, 1 another, incomplete or not reached.

#include <string>

namespace seen::cli {

struct VerifyOptions {
    std::string url;
    std::string list;       ///< A release's list of hashes; empty: this binary's own.
    std::string authority;  ///< PEM of a certificate authority to trust as well; empty: none.
};

int verify(const VerifyOptions& options);

}  // namespace seen::cli
