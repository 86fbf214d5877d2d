/// The first line of a request: method, path and query; and the text of ids and bytes. What a
/// pattern matches must be the path again when its pieces are put back, and of all spellings of
/// some bytes only one is read.
///     build/fuzz/server/fuzz/addresses_fuzz server/fuzz/corpus/addresses -max_total_time=60

#include "http/router.hpp"
#include "law.hpp"

#include <array>

namespace {

using namespace seen::server;
using fuzz::need;

constexpr std::array patterns{"/v1/about",          "/v1/accounts",
                              "/v1/spaces/{}",      "/v1/spaces/{}/records",
                              "/v1/spaces/{}/held", "/v1/spaces/{}/held/{}",
                              "/v1/invitations/{}", "/v1/invitations/{}/claim"};

Router routes() {
    Router router;
    for (const char* pattern : patterns)
        for (const char* method : {"GET", "POST"})
            router.add({method, pattern, Needs::Nothing, [](const Request&, const Answer&) {}});
    return router;
}

std::string put_back(std::string_view pattern, const std::vector<std::string>& parts) {
    std::string path(pattern);
    for (const std::string& part : parts) {
        const auto hole = path.find("{}");
        need(hole != std::string::npos, "no more pieces than holes");
        path.replace(hole, 2, part);
        // A piece may itself look like a hole; those are not filled.
        if (part.find("{}") != std::string::npos) return {};
    }
    need(path.find("{}") == std::string::npos, "every hole is filled");
    return path;
}

void route(std::string_view method, std::string_view path) {
    static const Router router = routes();
    const Match match = router.match(method, path);
    if (match.route == nullptr) return;
    need(match.allow.empty(), "what is answered is not also refused");
    for (const std::string& part : match.parts)
        need(part.find('/') == std::string::npos, "a piece has no further pieces");
    const std::string again = put_back(match.route->pattern, match.parts);
    need(again.empty() || again == path, "the pieces make the path");
}

void read_bytes(std::string_view text) {
    const auto bytes = from_base64url(text);
    if (bytes) need(base64url(View{*bytes}) == text, "one spelling only");
    if (const auto id = id_from<SpaceId>(text))
        need(text.size() == 22 && base64url(*id) == text, "an id is 22 characters");
    const View raw(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const auto back = from_base64url(base64url(raw));
    need(back && std::ranges::equal(*back, raw), "what is written is read");
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): the name that libFuzzer looks for.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto space = line.find(' ');
    const auto method = line.substr(0, space);
    const auto target = space == std::string_view::npos ? line : line.substr(space + 1);
    const auto mark = target.find('?');
    route(method, target.substr(0, mark));
    if (mark != std::string_view::npos) {
        const std::string query(target.substr(mark + 1));
        const auto after = number_in(query, "after", 7);
        if (after && query.find("after") == std::string::npos)
            need(*after == 7, "without a number it is the other one");
    }
    read_bytes(target);
    return 0;
}
