#!/usr/bin/env bash
# Spark runs the filter in many processes: every row is that of one process, also where one of them is killed on the way.
set -euo pipefail
tool=$1 work=$2 python=$3/bin/python
here=$(dirname "$(realpath "$0")")
export JAVA_HOME=${JAVA_HOME:-/usr/lib/jvm/java-17-openjdk-amd64} SPARK_LOCAL_IP=127.0.0.1 PYSPARK_PYTHON=$python
"$python" "$here/abstracts.py" 20000 >"$work/abstracts.jsonl"
"$tool" filter <"$work/abstracts.jsonl" >"$work/records.jsonl"
"$python" "$here/spread.py" "$tool" "$work/abstracts.jsonl" "$work/records.jsonl"
