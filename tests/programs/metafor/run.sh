#!/usr/bin/env bash
# R's metafor pools what `--format metafor` writes, and comes to what it makes of the same numbers typed by hand.
set -euo pipefail
tool=$1 work=$2 programs=$3
here=$(dirname "$(realpath "$0")")
"$tool" extract "$here/trials.jsonl" --format metafor --quiet -o "$work/withheld"
"$tool" extract "$here/trials.jsonl" --format metafor --include-inconsistent --quiet -o "$work/included"
R_LIBS="$programs" Rscript --vanilla "$here/pooled.R" "$work"
