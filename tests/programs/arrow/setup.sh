#!/usr/bin/env bash
# pyarrow, in a folder of its own.
set -euo pipefail
[[ -x $1/bin/python ]] || python3 -m venv "$1"
"$1/bin/pip" install --quiet pyarrow==26.0.1
