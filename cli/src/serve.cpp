#include "serve.hpp"

#include "archive.hpp"
#include "home_greeting.hpp"
#include "seen/server/server.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <sys/resource.h>
#include <unistd.h>

namespace seen::cli {

namespace {

std::string value_of(const char* variable) {
    const char* value = std::getenv(variable);
    return value == nullptr ? std::string() : std::string(value);
}

/// Every follower is an open file; the soft limit is often 1,024.
void allow_many_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        spdlog::warn("the limit of open files stays as it is");
}

std::optional<server::Certified> certified(const ServeOptions& options) {
    if (options.tls_cert.empty()) return std::nullopt;
    return server::Certified{options.tls_cert, options.tls_key};
}

void set_up_logging(bool verbose) {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("seen"));
    spdlog::set_pattern("%Y-%m-%d %H:%M:%S %l %v");
    spdlog::set_level(verbose ? spdlog::level::debug : spdlog::level::info);
}

void greet(const server::Server& server, const ServeOptions& options) {
    const std::string local = (server.encrypted() ? "https://" : "http://") + server.address();
    std::cout << "Seen is at "
              << (options.public_url ? *options.public_url + ", listening on " + local : local)
              << "\n"
              << "It keeps everything in " << options.data << "\n"
              << "Ctrl-C stops it.\n";
    if (const auto admin = server.admin_address())
        std::cout << "Counts for the operator are at http://" << *admin << "/metrics\n";
    if (const auto& home = server.home_network())
        std::cout << home_greeting(*home, ::isatty(STDOUT_FILENO) == 1);
    std::cout << std::flush;
}

}  // namespace

std::string default_data_folder() {
    if (const auto shared = value_of("XDG_DATA_HOME"); !shared.empty()) return shared + "/seen";
    if (const auto home = value_of("HOME"); !home.empty()) return home + "/.local/share/seen";
    return "data";
}

int serve(const ServeOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    set_up_logging(options.verbose);
    allow_many_open_files();
    const server::Config config{
        .listen = options.listen,
        .data = std::filesystem::absolute(options.data).string(),
        .public_url = options.public_url,
        .tls = certified(options),
        .home_network = options.lan,
        .behind_proxy = options.behind_proxy,
        .admin = options.admin,
        .accounts_per_hour = options.accounts_per_hour,
        .demo = options.demo,
        .version = SEEN_VERSION,
        .archive = embedded_archive(),
    };
    auto started = server::Server::start(config);
    if (!started) {
        std::cerr << "seen: " << started.error() << "\n";
        return 1;
    }
    ServeOptions shown = options;
    shown.data = config.data;
    greet(**started, shown);
    (*started)->run();
    return 0;
}

}  // namespace seen::cli
