#!/usr/bin/env bash
# pyspark, in a folder of its own.
set -euo pipefail
[[ -x $1/bin/python ]] || python3 -m venv "$1"
"$1/bin/pip" install --quiet pyspark==4.3.0 pyarrow==26.0.1 pandas
