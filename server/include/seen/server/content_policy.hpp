#pragma once

/// What a page of the app may load and run: its own files and nothing else. `seen verify` expects a
/// server to send exactly this, for a looser one could let in code from elsewhere. A demonstration
/// shows two phones in frames of its own address, and sends another.
/// Source: W3C Content Security Policy Level 3; 'wasm-unsafe-eval' compiles the core.

#include <string_view>

namespace seen::server {

inline constexpr std::string_view content_policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

inline constexpr std::string_view demo_content_policy =
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-src 'self'; frame-ancestors 'self'";

}  // namespace seen::server
