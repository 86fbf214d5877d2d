#include "lan/first_page.hpp"

#include "lan/first_page_text.hpp"

namespace seen::server {

namespace {

void fill(std::string& text, std::string_view place, const std::string& with) {
    for (auto at = text.find(place); at != std::string::npos; at = text.find(place, at))
        text.replace(at, place.size(), with);
}

Response page_response(std::string type, std::string body) {
    Response response;
    response.type = std::move(type);
    response.body = std::move(body);
    return response;
}

}  // namespace

FirstPage::FirstPage(const std::string& app, std::string authority, const std::string& fingerprint)
    : page_(first_page_html), authority_(std::move(authority)) {
    fill(page_, "{app}", app);
    fill(page_, "{fingerprint}", fingerprint);
}

Response FirstPage::answer(const Request& request) const {
    Response response = page_response("text/plain; charset=utf-8", "There is nothing here.\n");
    response.status = 404;
    if (request.path == "/") response = page_response("text/html; charset=utf-8", page_);
    if (request.path == "/first.css")
        response = page_response("text/css; charset=utf-8", std::string(first_page_css));
    if (request.path == "/seen-authority.crt")
        response = page_response("application/x-x509-ca-cert", authority_);
    if (request.method != "GET" && request.method != "HEAD") {
        response = page_response("text/plain; charset=utf-8", "This can only be read.\n");
        response.status = 405;
        response.headers.emplace_back("Allow", "GET, HEAD");
    }
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("Content-Security-Policy",
                                  "default-src 'none'; style-src 'self'; base-uri 'none'; "
                                  "form-action 'none'; frame-ancestors 'none'");
    response.headers.emplace_back("Referrer-Policy", "no-referrer");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    return response;
}

}  // namespace seen::server
