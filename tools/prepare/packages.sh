# What the machine must have, asked of the compiler first and of apt only for what is missing. Sourced.
# Nothing that the person has is ever removed (--no-remove).

# new enough: <expected> and C++23 come with g++ 12
compiles() { printf '%s\n' "$1" | g++ -std=c++23 -fsyntax-only -x c++ - >/dev/null 2>&1; }
header() { compiles "#include <utility>
#include <$1>"; }

newest_wasm_clang() {
  local version
  for version in 22 21 20 19 18 17 16; do
    if [ -x "/usr/bin/clang-$version" ] && [ -x "/usr/bin/wasm-ld-$version" ] &&
       [ -d "/usr/lib/llvm-$version/include/wasm32-wasi/c++" ]; then
      printf '%s' "$version"; return 0
    fi
  done
  for version in 22 21 20 19 18 17 16; do
    if apt-cache show "libc++-$version-dev-wasm32" >/dev/null 2>&1 &&
       apt-cache show "libclang-rt-$version-dev-wasm32" >/dev/null 2>&1; then
      printf '%s' "$version"; return 0
    fi
  done
  return 1
}

wasm_clang_missing() {
  local v="$1"
  ! { [ -x "/usr/bin/clang-$v" ] && [ -x "/usr/bin/wasm-ld-$v" ] &&
      [ -d "/usr/lib/llvm-$v/include/wasm32-wasi/c++" ] && [ -e /usr/include/wasm32-wasi/stdio.h ]; }
}

missing=()
need() { missing+=("$@"); }

look_for_build_packages() {
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
  have npm || need npm
  [ -e /etc/ssl/certs/ca-certificates.crt ] || need ca-certificates
  local v
  if v="$(newest_wasm_clang)"; then
    if wasm_clang_missing "$v"; then
      need "clang-$v" "lld-$v" wasi-libc "libc++-$v-dev-wasm32" "libc++abi-$v-dev-wasm32" "libclang-rt-$v-dev-wasm32"
    fi
  else
    need clang-wasm   # resolved after apt's list is fresh
  fi
}

look_for_test_packages() {
  header gmock/gmock.h || need libgmock-dev
  header gtest/gtest.h || need libgtest-dev
  [ -e /usr/src/googletest/googletest/src/gtest-all.cc ] || need googletest
  have chromium || need chromium
  have openssl || need openssl
  # One version of the two formatters, so that everyone's files look alike.
  have clang-format-22 || need clang-format-22
  have clang-tidy-22 || need clang-tidy-22
  have clang-22 && [ -e /usr/lib/llvm-22/lib/clang/22/lib/linux/libclang_rt.fuzzer-x86_64.a ] || need clang-22 libclang-rt-22-dev
}

look_for_bench_packages() {
  header benchmark/benchmark.h || need libbenchmark-dev
}

# apt's own answer, whether it offers a package at all
offered() { apt-cache show "$1" >/dev/null 2>&1; }

as_root() { if [ "$(id -u)" -eq 0 ]; then "$@"; elif have sudo; then sudo "$@"; else stop "Please run as root, or install sudo: $*"; fi; }

install_missing() {
  [ ${#missing[@]} -eq 0 ] && return 0
  if ! have apt-get; then
    say "These are needed, by the names that Debian gives them. Please install them your way, then run this again:"
    printf '  %s\n' "${missing[@]}"
    exit 1
  fi
  step "Installing what is missing, with apt (nothing is removed)"
  quietly build/log/apt-update.log as_root apt-get update
  resolve_wasm_clang
  local wanted=() name
  for name in "${missing[@]}"; do
    if offered "$name"; then wanted+=("$name"); else say "    $name is not offered here; what needs it says so later"; fi
  done
  printf '    %s\n' "${wanted[@]}"
  quietly build/log/apt-install.log as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y --no-remove --no-install-recommends "${wanted[@]}"
  missing=()
}

resolve_wasm_clang() {
  local kept=() name v
  for name in "${missing[@]}"; do [ "$name" = clang-wasm ] || kept+=("$name"); done
  if [ ${#kept[@]} -ne ${#missing[@]} ]; then
    v="$(newest_wasm_clang)" || stop "This system offers no clang from 16 to 22 with its wasm packages."
    kept+=("clang-$v" "lld-$v" wasi-libc "libc++-$v-dev-wasm32" "libc++abi-$v-dev-wasm32" "libclang-rt-$v-dev-wasm32")
  fi
  missing=("${kept[@]}")
}
