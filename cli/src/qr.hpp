#pragma once

/// A QR code for the terminal, two rows of squares in each line of text.

#include <optional>
#include <string>

namespace seen::cli {

/// `coloured` sets black and white for a terminal, so that it can be read on a dark and on a light
/// one; without it what is full stands for white, as on the usual dark one. Nothing when the text
/// is too long for a code.
[[nodiscard]] std::optional<std::string> qr_code(const std::string& text, bool coloured);

}  // namespace seen::cli
