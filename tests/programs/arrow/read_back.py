"""Compares what pyarrow reads of a Parquet and an Arrow file with the CSV of the same run."""
import csv
import json
import sys

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

TYPES = {"record": pa.string(), "line": pa.int64(), "estimate": pa.float64(), "adjusted": pa.bool_(), "year": pa.int64()}


def as_printed(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def main(csv_path, parquet_path, arrow_path):
    with open(csv_path, encoding="utf-8", newline="") as file:
        names, *expected = list(csv.reader(file))
    parquet = pq.read_table(parquet_path)
    with pa.ipc.open_file(arrow_path) as reader:
        arrow, footer = reader.read_all(), reader.metadata
    assert parquet.equals(arrow), "the two differ"
    assert parquet.column_names == names
    for name, kind in TYPES.items():
        assert parquet.schema.field(name).type == kind, (name, parquet.schema.field(name).type)
    for metadata in (pq.read_metadata(parquet_path).metadata, footer):
        run = json.loads(metadata[b"trialtab"])
        assert len(run["inputs"]) == 2 and all(len(i["sha256"]) == 64 for i in run["inputs"]), run
    rows = parquet.to_pylist()
    assert len(rows) == len(expected) > 100, len(rows)
    for line, (row, cells) in enumerate(zip(rows, expected), start=2):
        for name, cell in zip(names, cells):
            value = as_printed(row[name])
            # What a spreadsheet must not compute has an apostrophe before it in CSV alone.
            assert value in (cell, cell[1:] if cell[:1] == "'" else cell), (line, name, value, cell)
    print(f"{len(rows)} rows of {len(names)} columns, the same in CSV, Parquet and Arrow")


main(*sys.argv[1:])
