#!/usr/bin/env bash
# Installs what the tests of this folder need: bash tests/programs/install.sh PROGRAMS
# Debian packages are named in */packages, one a line; what is not of Debian, */setup.sh puts into PROGRAMS/NAME.
set -euo pipefail
here=$(dirname "$(realpath "$0")")
mkdir -p "$1"
programs=$(realpath "$1")

missing=()
while read -r package; do
  dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
done < <(cat "$here"/*/packages)
if ((${#missing[@]})); then
  as_root=()
  if (($(id -u) != 0)); then as_root=(sudo); fi
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -o DPkg::Lock::Timeout=600 -y -q --no-install-recommends "${missing[@]}"
fi
for setup in "$here"/*/setup.sh; do
  [[ -e $setup ]] || continue
  bash "$setup" "$programs/$(basename "$(dirname "$setup")")"
done
