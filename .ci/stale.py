"""Fails where a snapshot is looked at by no test.

usage: stale.py FOLDER LIST      LIST holds the paths that insta noted (INSTA_SNAPSHOT_REFERENCES_FILE)
"""
import pathlib
import sys

folder, noted = map(pathlib.Path, sys.argv[1:])
used = {pathlib.Path(line).resolve() for line in noted.read_text(encoding='utf-8').splitlines() if line}
there = {path.resolve() for path in folder.rglob('*') if path.is_file()}
stale = sorted(there - used)
for path in stale:
    print(f'{path.relative_to(folder.resolve())}: no test looks at it; remove it')
print(f'{len(there)} snapshots, {len(stale)} stale')
sys.exit(1 if stale or not there else 0)
