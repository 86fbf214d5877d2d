# How the commands speak. Sourced by run, test and bench.

say() { printf '%s\n' "$*"; }
step() { printf '\n==> %s\n' "$*"; }
stop() { printf '%s\n' "$*" >&2; exit 1; }

have() { command -v "$1" >/dev/null 2>&1; }

# Runs a command quietly into a log and, when it fails, shows the end of it. The dots say that it is alive.
quietly() {
  local log="$1"; shift
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 &
  local job=$! waited=0
  while kill -0 "$job" 2>/dev/null; do
    sleep 1; waited=$((waited + 1))
    [ $((waited % 15)) -eq 0 ] && printf '    … %s s\n' "$waited"
  done
  if ! wait "$job"; then
    tail -n 40 "$log" >&2
    stop "That did not work. The whole log: $log"
  fi
}
