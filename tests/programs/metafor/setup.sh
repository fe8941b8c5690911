#!/usr/bin/env bash
# metafor with conv.wald, which the one of Debian 12 has not: built from the source package of Debian 13, in a library of
# its own.
set -euo pipefail
source=r-cran-metafor_4.8-0.orig.tar.gz
sum=2b710674b15fe3e79474b5c3e779038a614eba9e61b2249532c86dc155f00644
[[ ! -d $1/metafor ]] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
curl --fail --silent --show-error --retry 3 -o "$work/$source" "http://deb.debian.org/debian/pool/main/r/r-cran-metafor/$source"
echo "$sum  $work/$source" | sha256sum --check --quiet
mkdir -p "$1"
R CMD INSTALL --no-docs --no-test-load -l "$1" "$work/$source"
