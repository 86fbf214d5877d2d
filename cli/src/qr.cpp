#include "qr.hpp"

#include <memory>
#include <qrencode.h>

namespace seen::cli {

namespace {

/// The quiet edge that a reader wants around the code, in squares.
constexpr int edge = 2;

bool is_white(const QRcode& code, int x, int y) {
    const bool outside = x < 0 || y < 0 || x >= code.width || y >= code.width;
    return outside || (code.data[y * code.width + x] & 1U) == 0;
}

const char* both(bool upper, bool lower) {
    if (upper) return lower ? "█" : "▀";
    return lower ? "▄" : " ";
}

}  // namespace

std::optional<std::string> qr_code(const std::string& text, bool coloured) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
        QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_L, QR_MODE_8, 1), &QRcode_free);
    if (!code) return std::nullopt;
    std::string drawn;
    for (int y = -edge; y < code->width + edge; y += 2) {
        if (coloured) drawn += "\x1b[97;40m";
        for (int x = -edge; x < code->width + edge; ++x) {
            const bool lower = y + 1 < code->width + edge && is_white(*code, x, y + 1);
            drawn += both(is_white(*code, x, y), lower);
        }
        drawn += coloured ? "\x1b[0m\n" : "\n";
    }
    return drawn;
}

}  // namespace seen::cli
