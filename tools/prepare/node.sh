# Node for building the web app: the system's when it is new enough for Vite, otherwise the npm package node@22, kept in build/. Sourced.

node_is_new_enough() {
  [ -z "${SEEN_HIDE_NODE:-}" ] && have node &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
             process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)' 2>/dev/null
}

prepare_node() {
  local home="$PWD/build/node"
  if node_is_new_enough; then return 0; fi
  if [ ! -x "$home/node_modules/.bin/node" ]; then
    step "Node is missing or too old for the web tools; taking node@22 from npm, into build/node"
    mkdir -p "$home"
    quietly build/log/node.log npm install --prefix "$home" --no-save --no-audit --no-fund node@22 npm@10
  fi
  export PATH="$home/node_modules/.bin:$PATH"
  hash -r
  node -e '' || stop "The fetched Node does not start."
}

prepare_web_packages() {
  local stamp=web/node_modules/.seen-lock
  if ! cmp -s web/package-lock.json "$stamp"; then
    step "Installing the web packages named in web/package-lock.json"
    quietly build/log/npm.log npm ci --prefix web --no-audit --no-fund
    cp web/package-lock.json "$stamp"
  fi
}
