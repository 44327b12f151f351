# Sourced by bin/start and bin/test: puts a Node 24 first on PATH. What the
# machine has is used when it is a 24, else the npm package of Node is put into
# .tools/ (nothing outside this folder changes).
node24_version=24.21.0

say_fail() {
  printf '%s\n' "$@" >&2
  exit 1
}

command -v git >/dev/null 2>&1 ||
  say_fail 'git is missing. Install it (Debian: apt-get install git, macOS: xcode-select --install) and run this again.'
command -v node >/dev/null 2>&1 ||
  say_fail 'Node is missing. Install Node 20 or newer with npm (https://nodejs.org) and run this again.'

node_major=$(node -p 'process.versions.node.split(".")[0]')
if [ "$node_major" != 24 ]; then
  node24_bin="$root/.tools/node/node_modules/node/bin"
  if ! "$node24_bin/node" --version 2>/dev/null | grep -q '^v24\.'; then
    [ "$node_major" -ge 20 ] ||
      say_fail "Node $(node --version) is too old to begin with. Install Node 20 or newer and run this again."
    command -v npm >/dev/null 2>&1 ||
      say_fail 'npm is missing. It comes with Node: install Node 20 or newer from https://nodejs.org and run this again.'
    printf '  Node %s is here, Ghostlight runs on 24: fetching it into .tools/ ...\n' "$(node --version)"
    mkdir -p "$root/.tools/node"
    npm install --prefix "$root/.tools/node" --no-save --no-audit --no-fund --loglevel=error "node@$node24_version" >"$root/.tools/node.log" 2>&1 ||
      say_fail 'Fetching Node 24 with npm failed:' "$(tail -n 5 "$root/.tools/node.log")" 'Check the network and the npm registry setting, or install Node 24 yourself.'
    if [ ! -x "$node24_bin/node" ]; then
      # npm may be told not to run install scripts: then the package of this very machine carries the binary.
      arch=$(node -p 'process.platform + "-" + process.arch')
      npm install --prefix "$root/.tools/node" --no-save --no-audit --no-fund --loglevel=error "node-$arch@$node24_version" >"$root/.tools/node.log" 2>&1 ||
        say_fail "There is no Node 24 package for $arch. Install Node 24 yourself and run this again."
      mkdir -p "$node24_bin"
      cp "$root/.tools/node/node_modules/node-$arch/bin/node" "$node24_bin/node"
    fi
  fi
  PATH="$node24_bin:$PATH"
  export PATH
fi
