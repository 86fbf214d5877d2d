# What the machine must have, asked of the compiler first and of apt only for what is missing. Sourced.
# Nothing that the person has is ever removed (--no-remove).

# new enough: <expected> and C++23 come with g++ 12
compiles() { printf '%s\n' "$1" | g++ -std=c++23 -fsyntax-only -x c++ - >/dev/null 2>&1; }
header() { compiles "#include <utility>
#include <$1>"; }

wasm_clang_stands() {
  [ -x "/usr/bin/clang-$1" ] && [ -x "/usr/bin/wasm-ld-$1" ] && [ -e /usr/include/wasm32-wasi/stdio.h ] &&
    [ -d "/usr/lib/llvm-$1/include/wasm32-wasi/c++" ]
}

any_wasm_clang_stands() {
  local version
  for version in $wasm_clangs; do wasm_clang_stands "$version" && return 0; done
  return 1
}

wasm_clangs="22 21 20 19 18 17 16"   # newest first

missing=()
need() { missing+=("$@"); }

# Asking the compiler takes seconds; once a binary has been built here, the answers are known.
known="build/packages.known"

look_for_build_packages() {
  if [ -f build/release/seen ] && [ "$known" -nt tools/prepare/packages.sh ]; then return 0; fi
  compiles '#include <expected>
int main() { return std::expected<int, int>{0}.value(); }' || need g++
  have cmake || need cmake
  have ninja || need ninja-build
  have pkg-config || need pkg-config
  header boost/beast/version.hpp || need libboost-dev
  header sodium.h || need libsodium-dev
  header sqlite3.h || need libsqlite3-dev
  header spdlog/spdlog.h || need libspdlog-dev
  header fmt/core.h || need libfmt-dev
  header nlohmann/json.hpp || need nlohmann-json3-dev
  header CLI/CLI.hpp || need libcli11-dev
  header curl/curl.h || need libcurl4-openssl-dev
  header openssl/ssl.h || need libssl-dev
  header qrencode.h || need libqrencode-dev
  have npm || need npm
  [ -e /etc/ssl/certs/ca-certificates.crt ] || need ca-certificates
  any_wasm_clang_stands || need clang-for-wasm   # which one: asked when apt's list is fresh
}

look_for_test_packages() {
  header gmock/gmock.h || need libgmock-dev
  header gtest/gtest.h || need libgtest-dev
  [ -e /usr/src/googletest/googletest/src/gtest-all.cc ] || need googletest
  have chromium || need chromium
  have openssl || need openssl
  have certutil || need libnss3-tools
  have ip || need iproute2
  # One version of the two formatters, so that everyone's files look alike.
  have clang-format-22 || need clang-format-22
  have clang-tidy-22 || need clang-tidy-22
  have clang-22 && [ -e /usr/lib/llvm-22/lib/clang/22/lib/linux/libclang_rt.fuzzer-x86_64.a ] || need clang-22 libclang-rt-22-dev
}

# The benchmark speaks to the server through the clients of the tests, and opens the app in a browser.
look_for_bench_packages() {
  header gtest/gtest.h || need libgtest-dev
  header gmock/gmock.h || need libgmock-dev
  have chromium || need chromium
}

# apt's own answer, whether it offers a package at all
offered() { apt-cache show "$1" >/dev/null 2>&1; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; elif have sudo; then sudo "$@"; else stop "Please run as root, or install sudo: $*"; fi; }

install_missing() {
  mkdir -p build
  if [ ${#missing[@]} -eq 0 ]; then touch "$known"; return 0; fi
  if ! have apt-get; then
    say "These are needed, by the names that Debian gives them. Please install them your way, then run this again:"
    printf '  %s\n' "${missing[@]}"
    exit 1
  fi
  step "Installing what is missing, with apt (nothing is removed)"
  quietly build/log/apt-update.log as_root apt-get update
  choose_wasm_clang
  local wanted=() name
  for name in "${missing[@]}"; do
    if offered "$name"; then wanted+=("$name"); else say "    $name is not offered here; what needs it says so later"; fi
  done
  printf '    %s\n' "${wanted[@]}"
  quietly build/log/apt-install.log as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-remove --no-install-recommends "${wanted[@]}"
  missing=()
  touch "$known"
}

choose_wasm_clang() {
  local kept=() name version
  for name in "${missing[@]}"; do [ "$name" = clang-for-wasm ] || kept+=("$name"); done
  [ ${#kept[@]} -eq ${#missing[@]} ] && return 0
  for version in $wasm_clangs; do
    if offered "libc++-$version-dev-wasm32" && offered "libclang-rt-$version-dev-wasm32"; then
      missing=(${kept[@]+"${kept[@]}"} "clang-$version" "lld-$version" wasi-libc "libc++-$version-dev-wasm32"
        "libc++abi-$version-dev-wasm32" "libclang-rt-$version-dev-wasm32")
      return 0
    fi
  done
  stop "This system offers no clang from 16 to 22 with its wasm packages."
}
