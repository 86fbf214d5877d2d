#include "support/http_client.hpp"

#include <algorithm>

namespace seen::test {

namespace {

void read_headers(Reply& reply, const std::string& head) {
    std::size_t at = head.find("\r\n");
    while (at != std::string::npos && at + 2 < head.size()) {
        const auto end = head.find("\r\n", at + 2);
        const std::string line = head.substr(at + 2, end - at - 2);
        const auto colon = line.find(": ");
        if (colon != std::string::npos) {
            std::string name = line.substr(0, colon);
            std::ranges::transform(name, name.begin(), [](unsigned char c) {
                return static_cast<char>(std::tolower(c));
            });
            reply.headers[name] = line.substr(colon + 2);
        }
        at = end;
    }
}

}  // namespace

Reply read_reply(const Socket& socket, std::chrono::milliseconds within, bool head_only) {
    Reply reply;
    std::size_t whole = std::string::npos;
    while (reply.bytes.size() < whole) {
        const auto more = socket.receive(within);
        if (!more || more->empty()) return whole == std::string::npos ? Reply{} : reply;
        reply.bytes += *more;
        const auto end = reply.bytes.find("\r\n\r\n");
        if (whole != std::string::npos || end == std::string::npos) continue;
        reply.status = std::stoi(reply.bytes.substr(9, 3));
        read_headers(reply, reply.bytes.substr(0, end));
        const auto length = reply.headers.find("content-length");
        whole = end + 4;
        if (length != reply.headers.end() && !head_only) whole += std::stoul(length->second);
    }
    reply.body = reply.bytes.substr(reply.bytes.find("\r\n\r\n") + 4);
    return reply;
}

std::string request_text(const std::string& address, const std::string& method,
                         const std::string& path, const std::string& body, const Headers& headers) {
    std::string text = method + " " + path + " HTTP/1.1\r\nHost: " + address + "\r\n";
    for (const auto& [name, value] : headers)
        text.append(name).append(": ").append(value).append("\r\n");
    if (!body.empty() || method == "POST")
        text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text + "\r\n" + body;
}

Reply ask(const std::string& address, const std::string& method, const std::string& path,
          const std::string& body, const Headers& headers) {
    const Socket socket(address);
    socket.send(request_text(address, method, path, body, headers));
    return read_reply(socket, std::chrono::seconds(10), method == "HEAD");
}

Reply ask_raw(const std::string& address, const std::string& bytes,
              std::chrono::milliseconds within) {
    const Socket socket(address);
    socket.send(bytes);
    return read_reply(socket, within);
}

}  // namespace seen::test
