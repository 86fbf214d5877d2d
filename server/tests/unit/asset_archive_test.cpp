#include "assets/web_app.hpp"

#include <gtest/gtest.h>

#include <random>

namespace seen::server::test {

namespace {

std::vector<unsigned char> packed(const std::string& index, const std::string& bytes) {
    std::string all = "SEENARC1";
    for (const unsigned shift : {24U, 16U, 8U, 0U})
        all += static_cast<char>(index.size() >> shift & 0xFFU);
    all += index + bytes;
    return {all.begin(), all.end()};
}

const std::vector<unsigned char> small = packed(
    R"([{"path":"/index.html","mime":"text/html","etag":"aa","offset":0,"size":4,"gzip_offset":4,"gzip_size":2,"immutable":false},)"
    R"({"path":"/demo.html","mime":"text/html","etag":"bb","offset":0,"size":4,"immutable":false},)"
    R"({"path":"/assets/a.js","mime":"text/javascript","etag":"cc","offset":1,"size":2,"immutable":true}])",
    "page12");

Request get(const std::string& path) {
    Request request;
    request.method = "GET";
    request.path = path;
    return request;
}

std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers)
        if (key == name) return value;
    return "";
}

std::string lasting(const Response& response) {
    return {response.lasting_body.begin(), response.lasting_body.end()};
}

}  // namespace

TEST(WebApp, the_root_is_the_index_and_is_asked_for_anew_each_time) {
    const WebApp app(*AssetArchive::open(small), false);
    const Response response = app.answer(get("/"));
    EXPECT_EQ(response.status, 200U);
    EXPECT_EQ(lasting(response), "page");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
    EXPECT_EQ(header(app.answer(get("/assets/a.js")), "Cache-Control"),
              "public, max-age=31536000, immutable");
}

TEST(WebApp, what_the_browser_has_already_is_not_sent_again) {
    const WebApp app(*AssetArchive::open(small), false);
    Request request = get("/index.html");
    for (const char* tags : {"\"aa\"", "W/\"aa\"", "\"xx\", \"aa\"", "*"}) {
        request.if_none_match = tags;
        const Response response = app.answer(request);
        EXPECT_EQ(response.status, 304U) << tags;
        EXPECT_TRUE(response.lasting_body.empty());
        EXPECT_EQ(header(response, "ETag"), "\"aa\"");
    }
    request.if_none_match = "\"xx\"";
    EXPECT_EQ(app.answer(request).status, 200U);
}

TEST(WebApp, gzip_is_sent_to_those_who_take_it) {
    const WebApp app(*AssetArchive::open(small), false);
    Request request = get("/");
    request.takes_gzip = true;
    EXPECT_EQ(lasting(app.answer(request)), "12");
    EXPECT_EQ(header(app.answer(request), "Content-Encoding"), "gzip");
    request.path = "/assets/a.js";
    EXPECT_EQ(lasting(app.answer(request)), "ag") << "there is no smaller form of it";
}

TEST(WebApp, the_demonstration_stands_only_where_it_was_asked_for) {
    const WebApp plain(*AssetArchive::open(small), false);
    EXPECT_EQ(plain.answer(get("/demo")).status, 404U);
    EXPECT_EQ(plain.answer(get("/demo.html")).status, 404U);
    EXPECT_NE(
        header(plain.answer(get("/")), "Content-Security-Policy").find("frame-ancestors 'none'"),
        std::string::npos);
    const WebApp demo(*AssetArchive::open(small), true);
    EXPECT_EQ(demo.answer(get("/demo")).status, 200U);
    const auto policy = header(demo.answer(get("/")), "Content-Security-Policy");
    EXPECT_NE(policy.find("frame-src 'self'; frame-ancestors 'self'"), std::string::npos);
}

TEST(WebApp, without_an_archive_the_root_says_so_plainly) {
    const WebApp app(*AssetArchive::open({}), false);
    EXPECT_EQ(app.answer(get("/")).status, 404U);
    EXPECT_EQ(app.answer(get("/")).body, "This server was built without the web app.\n");
}

TEST(AssetArchive, damaged_ones_are_refused_and_never_read_past_their_end) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 random(seed);
    for (std::size_t length = 1; length < small.size(); ++length) {
        const std::vector<unsigned char> cut(small.begin(),
                                             small.begin() + static_cast<std::ptrdiff_t>(length));
        EXPECT_FALSE(AssetArchive::open(cut)) << length;
    }
    for (int i = 0; i < 3000; ++i) {
        auto bytes = small;
        bytes[random() % bytes.size()] = static_cast<unsigned char>(random());
        static_cast<void>(AssetArchive::open(bytes));
    }
}

}  // namespace seen::server::test
