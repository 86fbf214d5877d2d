# Fuzzing: every folder under */fuzz/corpus is named like its target and holds what it begins with. Sourced.
# An input that breaks a law is left in build/result/fuzz/<target>; once mended it goes into the corpus
# under a name that tells its story.

fuzz_parts() { find core server vault -path '*/fuzz/corpus/*' -prune -type d 2>/dev/null | sort; }
fuzz_name() { basename "$1"; }

build_fuzz() {
  [ -f build/fuzz/build.ninja ] || cmake -S . -B build/fuzz -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
    -DCMAKE_CXX_COMPILER=clang++-22 -DSEEN_FUZZ=ON -DSEEN_TESTS=OFF || return 1
  fuzz_parts | while read -r corpus; do echo "$(fuzz_name "$corpus")_fuzz"; done |
    xargs cmake --build build/fuzz -j "$(jobs)" --target
}

# First every file of the corpus as a plain test, then new inputs for so many seconds; what is new stays in build.
# A short run begins at the same place each time, a long one anywhere (the seed is in the log).
fuzz_one() {
  local corpus="$1" seconds="$2" seed=1 name program found
  [ "$seconds" -le 60 ] || seed=0
  name=$(fuzz_name "$corpus") program="build/fuzz/${corpus%/corpus/*}/$(fuzz_name "$corpus")_fuzz"
  found="build/result/fuzz/$name"
  mkdir -p "$found/new"
  "$program" -runs=0 -rss_limit_mb=1024 "$corpus" &&
    "$program" -seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -print_final_stats=1 -verbosity=0 \
      -artifact_prefix="$found/" "$found/new" "$corpus"
}

# All of them, two at a time, in the background; each leaves what it said and how it ended.
start_fuzzing() {
  rm -f build/log/fuzz-*.ended
  export -f fuzz_one fuzz_name
  fuzz_parts | xargs -P 2 -I{} bash -c \
    'log=build/log/fuzz-$(fuzz_name {}); fuzz_one {} '"$1"' >"$log.log" 2>&1; echo $? >"$log.ended"' &
}

# Waits for one of them, no longer than all may take.
fuzzed() {
  local log="build/log/fuzz-$1" left="$2"
  until [ -s "$log.ended" ]; do
    left=$((left - 1)); [ "$left" -gt 0 ] || { echo "it did not end"; return 1; }
    sleep 1
  done
  cat "$log.log"
  return "$(cat "$log.ended")"
}
