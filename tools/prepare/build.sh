# Core to wasm, wasm into the web app, web app into one archive, archive into one binary. Sourced.
# Each stage runs only when something that it reads is newer than what it wrote.

jobs() { nproc 2>/dev/null || echo 2; }

configure() { [ -f "build/$1/build.ninja" ] || quietly "build/log/configure-$1.log" cmake --preset "$@"; }

# A preset's targets, with ninja's own counter on a terminal and only a log elsewhere.
compile() {
  local preset="$1"; shift
  if [ -t 1 ]; then cmake --build "build/$preset" -j "$(jobs)" --target "$@" || stop "The build of $preset failed."
  else quietly "build/log/build-$preset.log" cmake --build "build/$preset" -j "$(jobs)" --target "$@"; fi
}

build_core_wasm() {
  configure wasm -DSEEN_TESTS=OFF   # ./test turns them on, once GoogleTest is there
  compile wasm core_wasm
  cmp -s build/wasm/core.wasm web/src/core/core.wasm || cp build/wasm/core.wasm web/src/core/core.wasm
}

web_is_current() {
  [ -f build/web.archive ] &&
    [ -z "$(find web content spec/vectors tools/make_archive.mjs -path web/node_modules -prune -o -path web/dist -prune -o \
            -type f -newer build/web.archive -print -quit)" ]
}

build_web() {
  web_is_current && return 0
  step "Building the web app"
  quietly build/log/web.log npm run --prefix web build
  node tools/make_archive.mjs web/dist build/web.archive >build/log/archive.log || stop "$(cat build/log/archive.log)"
}

build_binary() {
  configure release -DSEEN_ASSETS="$PWD/build/web.archive"
  compile release seen
  [ build/release/seen -ef build/release/cli/seen ] || ln -f build/release/cli/seen build/release/seen 2>/dev/null ||
    cp build/release/cli/seen build/release/seen
}

build_all() {
  [ -f build/release/seen ] || step "Building Seen; the first time takes some minutes"
  build_core_wasm
  prepare_web_packages
  build_web
  build_binary
}
