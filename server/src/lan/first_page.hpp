#pragma once

/// What stands on plain http in a home network: no app, one page that says why not, the authority's
/// certificate, how a phone comes to trust it, and the way to the app.
///
/// `/` is the page, `/first.css` its look, `/seen-authority.crt` the certificate (DER, as both
/// kinds of phones take it). Nothing else, and nothing that is sent here is read.

#include "http/message.hpp"

namespace seen::server {

class FirstPage {
  public:
    /// `app` is the address of the app, with its scheme.
    FirstPage(const std::string& app, std::string authority, const std::string& fingerprint);
    [[nodiscard]] Response answer(const Request& request) const;

  private:
    std::string page_;
    std::string authority_;
};

}  // namespace seen::server
