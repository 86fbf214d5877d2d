#include "assets.hpp"
#include "serve.hpp"
#include "verify.hpp"

#include <CLI/CLI.hpp>

#include <exception>
#include <iostream>

namespace {

using seen::cli::ServeOptions;

/// HOST:PORT, as far as it can be told without asking anybody.
std::string host_and_port(const std::string& text) {
    const auto colon = text.rfind(':');
    const bool shaped = colon != std::string::npos && colon > 0 && colon + 1 < text.size();
    const auto port = shaped ? text.substr(colon + 1) : std::string();
    const bool digits =
        shaped && port.size() <= 5 && port.find_first_not_of("0123456789") == std::string::npos;
    if (digits && std::stoi(port) <= 65535) return {};
    return "\"" + text + "\" is not HOST:PORT";
}

std::string web_address(const std::string& text) {
    const bool http = text.starts_with("http://") || text.starts_with("https://");
    return http ? std::string()
                : "\"" + text + "\" is not an address that begins with https:// or http://";
}

/// What people type and what stands before every path: a host, perhaps a path, nothing after it.
std::string public_address(const std::string& text) {
    if (auto wrong = web_address(text); !wrong.empty()) return wrong;
    const auto rest = text.substr(text.find("://") + 3);
    const bool plain = rest.find_first_of("?#\\\"%<> \t") == std::string::npos;
    if (plain && !rest.empty() && rest.front() != '/' && rest.find("//") == std::string::npos &&
        rest.find("/.") == std::string::npos)
        return {};
    return "\"" + text +
           "\" is not an address like https://example.org or https://example.org/seen";
}

void add_encryption(CLI::App& serve, ServeOptions& options) {
    CLI::Option* cert = serve.add_option("--tls-cert", options.tls_cert,
                                         "A certificate for https (PEM); with --tls-key");
    CLI::Option* key =
        serve.add_option("--tls-key", options.tls_key, "The key of that certificate (PEM)");
    cert->type_name("FILE")->needs(key);
    key->type_name("FILE")->needs(cert);
    CLI::Option* lan = serve.add_flag(
        "--lan", options.lan, "For phones in this home network: https by a certificate of its own");
    lan->excludes(cert)->excludes(key)->excludes(serve.get_option("--public-url"));
    serve.add_flag("--behind-proxy", options.behind_proxy,
                   "Believe a proxy nearby about whom it speaks for (X-Forwarded-For)");
}

void add_serve(CLI::App& app, ServeOptions& options) {
    CLI::App* serve = app.add_subcommand("serve", "Run the server, with the web app inside");
    serve
        ->add_option("--listen", options.listen,
                     "Where to listen [127.0.0.1:7777]; port 0 takes any free one")
        ->type_name("HOST:PORT")
        ->check(CLI::Validator(host_and_port, ""));
    serve->add_option("--data", options.data, "The folder in which everything is kept")
        ->type_name("DIR")
        ->capture_default_str();
    serve->add_option("--public-url", options.public_url, "The address that people open")
        ->type_name("URL")
        ->check(CLI::Validator(public_address, ""));
    add_encryption(*serve, options);
    serve
        ->add_option("--admin", options.admin,
                     "Where /healthz and /metrics stand; off unless given")
        ->type_name("HOST:PORT")
        ->check(CLI::Validator(host_and_port, ""));
    serve
        ->add_option("--accounts-per-hour", options.accounts_per_hour,
                     "New accounts from one address in an hour")
        ->type_name("N")
        ->check(CLI::Range(std::size_t{1}, std::size_t{1'000'000}))
        ->capture_default_str();
    serve->add_flag("--demo", options.demo, "A demonstration: its clock can be moved");
    serve->add_flag("--verbose", options.verbose,
                    "Write one line for each request, without what is in it");
}

CLI::App* add_verify(CLI::App& app, seen::cli::VerifyOptions& options) {
    CLI::App* verify = app.add_subcommand(
        "verify", "Compare the app that a server sends with this one, or with a release's list");
    verify->add_option("url", options.url, "The address that people open")
        ->required()
        ->type_name("URL")
        ->check(CLI::Validator(web_address, ""));
    verify->add_option("--list", options.list, "A list of hashes, as `seen assets` prints it")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    verify->add_option("--authority", options.authority, "Trust this certificate authority (PEM)")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    return verify;
}

int run(int argc, char** argv) {
    CLI::App app{"Seen: a private place for two people, or one, to practise being known."};
    app.set_version_flag("--version", std::string("seen ") + SEEN_VERSION);
    app.require_subcommand(1);
    ServeOptions options;
    options.data = seen::cli::default_data_folder();
    add_serve(app, options);
    seen::cli::VerifyOptions verify_options;
    const CLI::App* verify = add_verify(app, verify_options);
    const CLI::App* assets = app.add_subcommand(
        "assets", "Print the hashes of the web app's files, as a release publishes them");
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& asked) {
        return app.exit(asked);  // --help, --version
    } catch (const CLI::ParseError& wrong) {
        std::cerr << "seen: " << wrong.what() << "\n";
        return 2;
    }
    if (verify->parsed()) return seen::cli::verify(verify_options);
    if (assets->parsed()) return seen::cli::print_assets();
    return seen::cli::serve(options);
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const std::exception& failure) {
        std::cerr << "seen: " << failure.what() << "\n";
        return 1;
    }
}
