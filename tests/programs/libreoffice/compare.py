"""Compares a CSV of trialtab with what Calc shows of it: compare.py WRITTEN SHOWN. Numbers are compared as numbers."""
import csv
import sys


def same(written, shown):
    if written == shown or (written in ("true", "false") and written.upper() == shown):
        return True
    if written[:1] == "'" and written[1:] == shown:  # a guard that only CSV needs
        return True
    try:
        return float(written) == float(shown)
    except ValueError:
        return False


def main(written, shown):
    with open(written, encoding="utf-8-sig", newline="") as file:
        expected = list(csv.reader(file))
    with open(shown, encoding="utf-8", newline="") as file:
        found = list(csv.reader(file))
    wrong = 0 if len(expected) == len(found) else 1
    if wrong:
        print(f"{shown}: {len(found)} rows, written were {len(expected)}")
    for line, (a, b) in enumerate(zip(expected, found), start=1):
        for column, (x, y) in enumerate(zip(a, b, strict=True)):
            if not same(x, y):
                wrong += 1
                print(f"{shown}:{line}: {expected[0][column]}: {x!r} is shown as {y!r}")
    print(f"{shown}: {len(found)} rows, {wrong} differences")
    sys.exit(1 if wrong or len(found) < 2 else 0)


main(*sys.argv[1:])
