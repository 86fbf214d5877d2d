#include "assets/web_app.hpp"

#include "seen/server/content_policy.hpp"

namespace seen::server {

namespace {

Response plain_sentence(unsigned status, std::string sentence) {
    Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.body = std::move(sentence);
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

/// Whether If-None-Match names this tag. Tags here never hold a comma.
bool names_tag(std::string_view list, std::string_view tag) {
    if (list == "*") return true;
    while (!list.empty()) {
        auto one = list.substr(0, list.find(','));
        list.remove_prefix(std::min(list.size(), one.size() + 1));
        while (one.starts_with(' ')) one.remove_prefix(1);
        while (one.ends_with(' ')) one.remove_suffix(1);
        if (one.starts_with("W/")) one.remove_prefix(2);
        if (one == tag) return true;
    }
    return false;
}

Response asset_response(const Asset& asset, const Request& request) {
    Response response;
    response.type = asset.mime;
    response.headers.emplace_back("ETag", asset.etag);
    response.headers.emplace_back(
        "Cache-Control", asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    if (asset.gzip) response.headers.emplace_back("Vary", "Accept-Encoding");
    if (names_tag(request.if_none_match, asset.etag)) {
        response.status = 304;
        return response;
    }
    response.lasting_body = asset.plain;
    if (asset.gzip && request.takes_gzip) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.lasting_body = *asset.gzip;
    }
    return response;
}

}  // namespace

const Asset* WebApp::asset_for(std::string_view path) const {
    const bool is_demo = path == "/demo" || path == "/demo.html";
    if (is_demo) return demo_ ? archive_.find("/demo.html") : nullptr;
    return archive_.find(path == "/" ? "/index.html" : path);
}

Response WebApp::answer(const Request& request) const {
    Response response;
    const Asset* asset = asset_for(request.path);
    if (asset == nullptr) {
        response = plain_sentence(404, archive_.empty() && request.path == "/"
                                           ? "This server was built without the web app.\n"
                                           : "There is nothing at this address.\n");
    } else if (request.method != "GET" && request.method != "HEAD") {
        response = plain_sentence(405, "This address can only be read.\n");
        response.headers.emplace_back("Allow", "GET, HEAD");
    } else {
        response = asset_response(*asset, request);
    }
    add_headers(response);
    return response;
}

void WebApp::add_headers(Response& response) const {
    response.headers.emplace_back("Content-Security-Policy",
                                  std::string(demo_ ? demo_content_policy : content_policy));
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    response.headers.emplace_back(
        "Permissions-Policy",
        "accelerometer=(), autoplay=(), camera=(self), display-capture=(), encrypted-media=(), "
        "fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), "
        "payment=(), picture-in-picture=(), publickey-credentials-get=(), screen-wake-lock=(self), "
        "usb=(), xr-spatial-tracking=()");
}

}  // namespace seen::server
