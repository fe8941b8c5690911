#!/usr/bin/env bash
# A reviewer's day in Chromium: filters, marks, decisions, reload, export, import, hostile text, 2,000 references.
set -euo pipefail
tool=$1 work=$2 programs=$3
here=$(dirname "$(realpath "$0")")

"$tool" extract examples/car-t.ris examples/abstracts.jsonl --quiet -o "$work/review.html"
"$tool" extract "$here/hostile.jsonl" --quiet -o "$work/hostile.html"
python3 "$here/many.py" 2000 >"$work/many.jsonl"
"$tool" extract "$work/many.jsonl" --quiet -o "$work/many.html"

# Twice the same bytes.
"$tool" extract examples/car-t.ris examples/abstracts.jsonl --quiet --threads 1 -o "$work/again.html"
cmp "$work/review.html" "$work/again.html"

cp "$here"/*.mjs "$work"
ln -s "$programs/node_modules" "$work/node_modules"
node "$work/test.mjs" "$work"

# What the page exported holds for every output.
"$tool" extract examples/car-t.ris examples/abstracts.jsonl --decisions "$work/decisions.jsonl" -o "$work/reviewed.csv" 2>"$work/account"
grep -qx '4 decisions applied (1 accepted, 1 corrected, 1 rejected, 1 added), 0 not applied' "$work/account" || { cat "$work/account"; exit 1; }
grep -q 'corrected,R. Tester,' "$work/reviewed.csv"
grep -q 'added,R. Tester,' "$work/reviewed.csv"
