"""The examples over and over under other ids, as JSON lines: python3 many.py COUNT"""
import itertools
import json
import re
import sys

records = [json.loads(line) for line in open("examples/abstracts.jsonl", encoding="utf-8")]
for block in open("examples/car-t.ris", encoding="utf-8").read().split("ER  -"):
    found = dict(re.findall(r"^(TI|AB)  - (.*)$", block, re.M))
    if "AB" in found:
        records.append({"title": found["TI"], "abstract": found["AB"]})
for number, record in zip(range(int(sys.argv[1])), itertools.cycle(records)):
    print(json.dumps(record | {"id": f"copy-{number}", "title": f"{record['title']} ({number})"}))
