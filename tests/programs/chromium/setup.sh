#!/usr/bin/env bash
# Puts playwright-core, which drives the browser, into the folder $1.
set -euo pipefail
command -v npm >/dev/null || { echo "npm (Node.js 20 or newer) is needed" >&2; exit 1; }
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"
cp "$here/package.json" "$here/package-lock.json" "$1"
npm --prefix "$1" ci --no-audit --no-fund --ignore-scripts
