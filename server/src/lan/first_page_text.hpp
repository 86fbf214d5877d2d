#pragma once

/// The words and the look of the first page. `{app}` and `{fingerprint}` are filled in at the
/// start.

#include <string_view>

namespace seen::server {

inline constexpr std::string_view first_page_html = R"text(<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
    <meta name="robots" content="noindex">
    <title>Seen, before it opens</title>
    <link rel="stylesheet" href="/first.css">
  </head>
  <body>
    <main>
      <svg viewBox="0 0 64 104" width="64" height="104" aria-hidden="true">
        <defs><clipPath id="upper"><circle cx="32" cy="33" r="30"/></clipPath></defs>
        <circle class="theirs" cx="32" cy="33" r="30"/>
        <circle class="mine" cx="32" cy="70" r="30"/>
        <circle class="light" cx="32" cy="70" r="30" clip-path="url(#upper)"/>
      </svg>
      <h1>First, this phone learns whom to trust</h1>
      <p>This page came over plain http. Seen does not open that way: on a home network, plain http
        lacks what it needs.</p>
      <ul>
        <li>The browser withholds its own cryptography, so the keys on this phone could not be
          guarded.</li>
        <li>Nothing would open without a connection.</li>
        <li>The screen could not stay awake while one of you speaks.</li>
        <li>Anyone on this network could change the page on its way to you.</li>
      </ul>
      <p>So this phone is told, once, to trust the computer that runs Seen. It takes a few minutes.</p>

      <h2>The certificate</h2>
      <p><a class="button" href="/seen-authority.crt">Download the certificate</a></p>
      <p class="small">It can speak for this computer and other addresses at home, never for a website. The
        computer shows this fingerprint too, and so does the phone. Where they differ, stop.</p>
      <p class="small"><code>{fingerprint}</code></p>

      <h2>On an iPhone</h2>
      <ol>
        <li>Open this page in Safari, touch <b>Download the certificate</b>, then <b>Allow</b>.</li>
        <li>Open Settings. Touch <b>Profile Downloaded</b> near the top, then <b>Install</b>.</li>
        <li>In Settings, go to General, About, <b>Certificate Trust Settings</b>. Turn on
          <b>Seen at home</b>.</li>
      </ol>

      <h2>On Android</h2>
      <ol>
        <li>Touch <b>Download the certificate</b>. Keep the file.</li>
        <li>Open Settings and search for <b>CA certificate</b>. It stands under Security, More,
          Encryption and credentials, Install a certificate.</li>
        <li>Touch <b>CA certificate</b>, <b>Install anyway</b>, and choose
          <b>seen-authority.crt</b>.</li>
      </ol>

      <h2>Then</h2>
      <p><a class="button filled" href="{app}/">Open Seen</a></p>
      <p class="small">From now on it is at <span class="address">{app}</span>. This page is no
        longer needed.</p>

      <h2>To take it back one day</h2>
      <p class="small">iPhone: Settings, General, VPN and Device Management, then remove the profile.
        Android: Settings, Encryption and credentials, Trusted credentials, User, then remove
        <b>Seen at home</b>.</p>
    </main>
  </body>
</html>
)text";

/// The colours of web/src/ui/tokens.css, paper and night.
inline constexpr std::string_view first_page_css = R"text(:root {
  color-scheme: light dark;
  --paper: #f4ecdd; --sheet: #fbf6eb; --line: #d9cab2; --rule: #8a7660;
  --ink: #2b211a; --quiet: #65564a; --ember: #b9502b; --tide: #2f6672; --tide-ink: #245863;
  --light: #fff8e4; --button: #2b211a; --on-button: #fbf6eb;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #181210; --sheet: #231a16; --line: #3a2e27; --rule: #8f7c6a;
    --ink: #f1e6d4; --quiet: #b9a893; --ember: #a84a27; --tide: #2d626d; --tide-ink: #8fc4cc;
    --light: #fff1cc; --button: #f1e6d4; --on-button: #1d1613;
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); text-size-adjust: 100%;
  -webkit-text-size-adjust: 100%; }
body { margin: 0; overflow-wrap: break-word;
  font: 400 1.0625rem/1.48 'Atkinson Hyperlegible Next', 'Atkinson Hyperlegible', Verdana,
  sans-serif; }
main { max-width: 32.25rem; margin: 0 auto;
  padding: 2.75rem 1.75rem max(4.25rem, env(safe-area-inset-bottom)); }
svg { display: block; margin: 0 0 1.75rem; }
.theirs { fill: var(--tide); } .mine { fill: var(--ember); } .light { fill: var(--light); }
h1, h2 { font-family: Literata, Georgia, serif; font-weight: 400; letter-spacing: -0.014em;
  text-wrap: balance; }
h1 { font-size: 2.25rem; line-height: 1.14; margin: 0 0 1.125rem; }
h2 { font-size: 1.5rem; line-height: 1.2; margin: 2.75rem 0 0.75rem; padding-top: 1.125rem;
  border-top: 1px solid var(--line); }
p { margin: 0 0 0.75rem; text-wrap: pretty; }
ul, ol { margin: 0 0 1.125rem; padding-left: 1.375rem; }
li { margin: 0 0 0.5rem; padding-left: 0.25rem; }
li::marker { color: var(--quiet); }
b { font-weight: 600; }
.small { font-size: 0.9375rem; line-height: 1.45; color: var(--quiet); }
code { display: block; padding: 0.75rem 1.125rem; border-radius: 0.875rem;
  background: var(--sheet); color: var(--ink); font: 0.875rem/1.6 ui-monospace, monospace;
  overflow-wrap: anywhere; }
.address { color: var(--ink); }
.button { display: inline-flex; align-items: center; min-height: 3.375rem; padding: 0 1.75rem;
  border: 0.09375rem solid var(--rule); border-radius: 2rem; color: var(--ink);
  font-weight: 500; text-decoration: none; }
.filled { border-color: var(--button); background: var(--button); color: var(--on-button); }
:focus-visible { outline: 0.15625rem solid var(--tide-ink); outline-offset: 0.1875rem; }
)text";

}  // namespace seen::server
