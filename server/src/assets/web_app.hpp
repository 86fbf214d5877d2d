#pragma once

/// Serves the web app out of the archive: ETag and 304, gzip where it is taken, and the headers of
/// spec/protocol.md §6.
/// `/` is index.html; `/demo` is demo.html, only in a demonstration. Everything else is in
/// fragments of the address.

#include "http/message.hpp"
#include "seen/server/asset_archive.hpp"

namespace seen::server {

class WebApp {
  public:
    WebApp(AssetArchive archive, bool demo) : archive_(std::move(archive)), demo_(demo) {}
    [[nodiscard]] Response answer(const Request& request) const;

  private:
    [[nodiscard]] const Asset* asset_for(std::string_view path) const;
    void add_headers(Response& response) const;

    AssetArchive archive_;
    bool demo_;
};

}  // namespace seen::server
