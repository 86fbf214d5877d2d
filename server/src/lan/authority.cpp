#include "lan/authority.hpp"

#include "http/peer.hpp"
#include "lan/certificate.hpp"

#include <filesystem>
#include <fstream>
#include <openssl/obj_mac.h>
#include <sys/stat.h>

namespace seen::server {

namespace {

using Clock = std::chrono::system_clock;
using std::chrono::days;
using std::chrono::hours;

/// Phones whose clocks are a little behind must find it valid already.
constexpr hours begun_before{24};
constexpr days authority_lasts{3652};
constexpr days certificate_lasts{395};
constexpr days renewed_before{30};

constexpr const char* homes_only =
    "permitted;IP:10.0.0.0/255.0.0.0,permitted;IP:172.16.0.0/255.240.0.0,"
    "permitted;IP:192.168.0.0/255.255.0.0,permitted;IP:169.254.0.0/255.255.0.0,"
    "permitted;IP:127.0.0.0/255.0.0.0,permitted;IP:fc00::/fe00::,permitted;IP:fe80::/ffc0::,"
    "permitted;IP:::1/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff,permitted;DNS:local";

std::string day_of(Clock::time_point moment) {
    const std::chrono::year_month_day day{std::chrono::floor<days>(moment)};
    const auto two = [](unsigned number) {
        return (number < 10 ? "0" : "") + std::to_string(number);
    };
    return std::to_string(static_cast<int>(day.year())) + "-" +
           two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day()));
}

/// Where the machine itself stands elsewhere, that one address as well.
std::string permitted_with(const asio::ip::address& address) {
    std::string permitted = std::string("critical,") + homes_only;
    if (is_nearby(address)) return permitted;
    const char* whole =
        address.is_v4() ? "/255.255.255.255" : "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
    return permitted + ",permitted;IP:" + address.to_string() + whole;
}

std::optional<Certificate> make_authority(const asio::ip::address& address, Clock::time_point now) {
    return make_certificate({"Seen at home, " + day_of(now),
                             Clock::to_time_t(now - begun_before),
                             Clock::to_time_t(now + authority_lasts),
                             {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                              {NID_key_usage, "critical,keyCertSign"},
                              {NID_ext_key_usage, "serverAuth"},
                              {NID_name_constraints, permitted_with(address)},
                              {NID_subject_key_identifier, "hash"}}},
                            nullptr);
}

std::optional<Certificate> make_server(const Certificate& authority, const std::string& address,
                                       Clock::time_point now) {
    return make_certificate({"Seen at " + address,
                             Clock::to_time_t(now - begun_before),
                             Clock::to_time_t(now + certificate_lasts),
                             {{NID_basic_constraints, "critical,CA:FALSE"},
                              {NID_key_usage, "critical,digitalSignature"},
                              {NID_ext_key_usage, "serverAuth"},
                              {NID_subject_alt_name, "IP:" + address},
                              {NID_subject_key_identifier, "hash"},
                              {NID_authority_key_identifier, "keyid:always"}}},
                            &authority);
}

bool has_long(const Certificate& certificate, Clock::time_point now) {
    return certificate.certificate &&
           certificate.lasts(Clock::to_time_t(now), Clock::to_time_t(now + renewed_before));
}

bool may_sign_for(const Certificate& authority, const std::string& address, Clock::time_point now) {
    const auto tried = make_server(authority, address, now);
    return tried && authority.permits(*tried);
}

std::expected<void, std::string> keep(std::optional<Certificate> made, const std::string& file,
                                      Certificate& in) {
    if (!made) return std::unexpected("the library for https cannot make a certificate");
    in = std::move(*made);
    return write_certificate(in, file);
}

std::expected<void, std::string> make_folder(const std::string& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed || ::chmod(folder.c_str(), 0700) != 0)
        return std::unexpected("cannot make the folder " + folder);
    return {};
}

}  // namespace

std::expected<HomeIdentity, std::string> home_identity(const std::string& folder,
                                                       const asio::ip::address& address,
                                                       Clock::time_point now) {
    const std::string text = address.to_string();
    if (auto made = make_folder(folder); !made) return std::unexpected(made.error());
    const std::string authority_file = folder + "/authority.pem";
    const std::string server_file = folder + "/server.pem";
    auto authority = read_certificate(authority_file);
    if (!authority) return std::unexpected(authority.error());
    const bool is_new = !has_long(*authority, now) || !may_sign_for(*authority, text, now);
    if (is_new) {
        auto kept = keep(make_authority(address, now), authority_file, *authority);
        if (!kept) return std::unexpected(kept.error());
    }
    if (!std::filesystem::exists(folder + "/seen-authority.crt") || is_new)
        std::ofstream(folder + "/seen-authority.crt") << authority->pem();
    auto server = read_certificate(server_file);
    // It is only ever a copy of what the authority says, so a damaged one is made again.
    const bool stays =
        server && has_long(*server, now) && server->names(text) && server->is_signed_by(*authority);
    if (!stays) {
        Certificate fresh;
        auto kept = keep(make_server(*authority, text, now), server_file, fresh);
        if (!kept) return std::unexpected(kept.error());
    }
    return HomeIdentity{
        {server_file, server_file}, authority->der(), authority->fingerprint(), is_new};
}

}  // namespace seen::server
