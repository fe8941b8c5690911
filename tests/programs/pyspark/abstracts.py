"""Invented abstracts as JSON lines, no two alike, some lines blank of words or broken: abstracts.py COUNT"""
import json
import sys

for k in range(int(sys.argv[1])):
    n, m = 40 + k % 60, 38 + k % 53
    x, y = k % n, k % m
    if k % 1000 == 7:
        print('{"id": "broken-%d", "abstract": ' % k)
        continue
    text = (f'We randomised {n + m} adults to exercise (n = {n}) or usual care (n = {m}). Relapse was seen in {x} of {n} '
            f'({100 * x / n:.0f}%) with exercise and {y} of {m} ({100 * y / m:.1f}%) with usual care (P = .0{1 + k % 8}).')
    print(json.dumps({'id': f'r{k}', 'title': f'Invented trial {k}', 'abstract': '' if k % 500 == 3 else text}))
