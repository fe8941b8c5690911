#!/usr/bin/env bash
# Opens what trialtab writes in the programs it is written for: bash tests/programs/run.sh TRIALTAB PROGRAMS [NAME…]
# One folder a program. NAME/run.sh is given trialtab, an empty folder to work in, and the folder that NAME/setup.sh
# filled; it runs from the root of the checkout, and fails if what the program shows is not what was extracted.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
tool=$(realpath "$1")
programs=$(realpath "$2")
shift 2
if (($# == 0)); then
  for test in "$here"/*/run.sh; do set -- "$@" "$(basename "$(dirname "$test")")"; done
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$here/../.."
for name; do
  start=$SECONDS
  mkdir "$work/$name"
  echo "--> $name"
  bash "$here/$name/run.sh" "$tool" "$work/$name" "$programs/$name"
  echo "--> $name passed in $((SECONDS - start)) s"
done
