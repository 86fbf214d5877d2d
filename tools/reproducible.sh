#!/usr/bin/env bash
# Builds again from the same sources in another folder, and compares.  tools/reproducible.sh [--binary]
# Without a word: the web app with its core, as `seen assets` lists it. With --binary: the whole program, and no cache.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
here="$PWD"
for part in words packages node build; do . "tools/prepare/$part.sh"; done
prepare_node
[ -f build/web.archive ] || stop "Please build first: ./run --build-only"

other="$(mktemp -d "${TMPDIR:-/tmp}/seen-built-again-in-a-folder-of-another-length.XXXXXX")"
trap 'rm -rf "$other"' EXIT
tar -c --exclude=./build --exclude=./data --exclude=./.git --exclude=node_modules --exclude=./web/dist \
  --exclude=./web/src/core/core.wasm . | tar -x -C "$other"
cp -a web/node_modules "$other/web/node_modules"

cd "$other"
mkdir -p build/log
export SEEN_CCACHE_DISABLED=1 CCACHE_DISABLE=1
configure wasm -DSEEN_TESTS=OFF
compile wasm core_wasm
cp build/wasm/core.wasm web/src/core/core.wasm
quietly build/log/web.log npm run --prefix web build
node tools/make_archive.mjs web/dist build/web.archive >build/log/archive.log

compare() {
  if cmp -s "$here/$1" "$other/$1"; then say "    $1 is the same, byte for byte: $(sha256sum <"$other/$1" | cut -c1-16)"; return; fi
  say "    $1 is another one when it is built in another folder:"
  cmp "$here/$1" "$other/$1" || true
  exit 1
}
compare build/wasm/core.wasm
compare build/web.archive
if [ "${1-}" = --binary ]; then
  configure release -DSEEN_ASSETS="$PWD/build/web.archive"
  compile release seen
  mkdir -p "$other/build/release"
  ln -f build/release/cli/seen build/release/seen 2>/dev/null || true
  compare build/release/seen
fi
