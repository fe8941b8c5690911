#!/usr/bin/env bash
# Makes the pictures of README.md from the examples: bash docs/pictures/make.sh TRIALTAB PROGRAMS
# PROGRAMS is the folder that tests/programs/install.sh filled.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
tool=$(realpath "$1") programs=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/../.."

"$tool" plot examples/car-t.ris --outcome complete_remission --quiet -o "$here/forest.svg"
"$tool" extract examples/car-t.ris --quiet -o "$work/review.html"
cp "$here/shot.mjs" "$work"
ln -s "$programs/chromium/node_modules" "$work/node_modules"
node "$work/shot.mjs" "$work/review.html" "$here/review.png"
