"""Fails where a figure of the scoreboard is missing, below its floor, or above its ceiling.

usage: floors.py FLOORS.toml SCORES.json            compare
       floors.py FLOORS.toml SCORES.json --raise    print FLOORS.toml with each limit moved to the present figure where that is better

Limits stand in [floors] and [ceilings], each figure under the names that lead to it in SCORES.json.
"""
import json
import math
import sys
import tomllib


def limits(table, path=()):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from limits(value, (*path, key))
        else:
            yield (*path, key), value


def figure(scores, path):
    for key in path:
        if not isinstance(scores, dict) or key not in scores:
            return None
        scores = scores[key]
    return scores if isinstance(scores, (int, float)) and not isinstance(scores, bool) else None


def raised(floors_path, moved):
    kind = None
    for line in open(floors_path, encoding='utf-8'):
        name, equals, _ = line.partition(' = ')
        if line.startswith('['):
            kind = line.strip().strip('[]')
        at = kind, tuple(name.split('.'))
        yield f'{name} = {moved[at]}\n' if equals and at in moved else line


def main(floors_path, scores_path, *flags):
    with open(floors_path, 'rb') as file:
        asked = tomllib.load(file)
    with open(scores_path, encoding='utf-8') as file:
        scores = json.load(file)
    if set(asked) != {'floors', 'ceilings'}:
        sys.exit(f'{floors_path}: wants the tables floors and ceilings, and no others')
    good = bad = 0
    moved = {}
    for kind, better in (('floors', max), ('ceilings', min)):
        for path, limit in limits(asked[kind]):
            name, value = '.'.join(path), figure(scores, path)
            if value is None:
                print(f'MISSING {name}', file=sys.stderr)
                bad += 1
                continue
            if better(value, limit) != value:
                print(f'WORSE   {name}: {value:.4f}, was {limit}', file=sys.stderr)
                bad += 1
            else:
                good += 1
            rounded = value if isinstance(value, int) else math.floor(value * 1000) / 1000
            moved[kind, path] = better(rounded, limit)
    if '--raise' in flags:
        print(''.join(raised(floors_path, moved)), end='')
        return 0
    print(f'{good} figures hold, {bad} do not')
    return 1 if bad else 0


sys.exit(main(*sys.argv[1:]))
