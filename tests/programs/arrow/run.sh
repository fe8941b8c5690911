#!/usr/bin/env bash
# pyarrow reads the Parquet and the Arrow file: the same rows as the CSV has, with types.
set -euo pipefail
tool=$1 work=$2 python=$3/bin/python
here=$(dirname "$(realpath "$0")")
for format in csv parquet arrow; do
  "$tool" extract examples/abstracts.jsonl examples/car-t.ris --quiet -o "$work/findings.$format"
done
"$python" "$here/read_back.py" "$work/findings.csv" "$work/findings.parquet" "$work/findings.arrow"
