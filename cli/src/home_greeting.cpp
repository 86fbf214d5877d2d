#include "home_greeting.hpp"

#include "qr.hpp"

namespace seen::cli {

std::string home_greeting(const server::HomeNetwork& home, bool coloured) {
    const std::string page = "http://" + home.first_page;
    std::string text =
        "\nA new phone begins at " + page + "\nIt has to be in the same network.\n\n";
    text += qr_code(page, coloured).value_or("");
    text += R"(
iPhone
  1. Open that page in Safari. Touch "Download the certificate", then "Allow".
  2. Settings: "Profile Downloaded", then "Install".
  3. Settings, General, About, Certificate Trust Settings: turn on "Seen at home".
Android
  1. Open that page. Touch "Download the certificate".
  2. Settings: search for "CA certificate". Touch it, then "Install anyway".
  3. Choose seen-authority.crt.
Then touch "Open Seen" on that page.

)";
    if (home.is_new)
        text +=
            "The certificate is new: every phone has to trust it once, also one that trusted an "
            "earlier one.\n";
    return text + "Its fingerprint, which the phone shows as well:\n  " + home.fingerprint + "\n";
}

}  // namespace seen::cli
