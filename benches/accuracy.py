#!/usr/bin/env python3
"""How well numbers are read and bound, as the tables of docs/accuracy.md.

usage: accuracy.py TRIALTAB [--eval DIR] [--check]      --check writes nothing and fails where the tables are not true

Runs TRIALTAB over the annotated sets of DIR (default ../shared/eval beside the checkout), scores each stratum and label, and
writes the tables between the two marks of docs/accuracy.md. What is said around them is written by hand.
"""
import json, os, pathlib, subprocess, sys, tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / 'docs' / 'accuracy.md'
BEGIN, END = '<!-- tables: benches/accuracy.py -->', '<!-- end of tables -->'
STRATA = {'cart': 'CAR-T', 'haem': 'haematology', 'onco': 'solid tumours', 'rct': 'other trials'}
SLOTS = ('outcome', 'measure', 'events', 'total', 'interval', 'time', 'grade', 'group_n', 'role', 'p')


def scored(sets, scorer, gold, predicted, *flags):
    run = subprocess.run([sys.executable, sets / scorer, gold, predicted, '--json', *flags], capture_output=True, text=True, check=True)
    return json.loads(run.stdout)


def extracted(tool, source, into):
    with open(into, 'w', encoding='utf-8') as out:
        subprocess.run([tool, 'extract', source, '--format', 'jsonl', '--quiet'], stdout=out, check=True)
    return into


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '| ' + ' | '.join('---' if k == 0 else '---:' for k in range(len(head))) + ' |']
    return '\n'.join(lines + ['| ' + ' | '.join(row) + ' |' for row in rows])


def per_mille(value):
    return '' if value is None else f'{value:.3f}'


def tables(tool, sets):
    with tempfile.TemporaryDirectory() as folder:
        facts = extracted(tool, sets / 'facts' / 'dev.jsonl', f'{folder}/facts')
        pico = extracted(tool, sets / 'pico' / 'dev.jsonl', f'{folder}/pico')
        gold = sets / 'facts' / 'dev.gold.jsonl'
        whole = scored(sets, 'score_facts.py', gold, facts)
        parts = {name: scored(sets, 'score_facts.py', gold, facts, '--only', key) for key, name in STRATA.items()}
        labels = scored(sets, 'score_pico.py', sets / 'pico' / 'dev.gold.jsonl', pico)
    rows = [[name, str(s['records']), str(s['facts'])]
            + [per_mille(s[what][how]) for what in ('found', 'fact') for how in ('precision', 'recall', 'f1')]
            + [per_mille(s['participants']['f1'])] for name, s in [*parts.items(), ('all', whole)]]
    slots = [[slot] + [per_mille(s['slots'][slot]) for s in [*parts.values(), whole]] for slot in SLOTS]
    spans = [[label] + [per_mille(v[how]) for how in ('precision', 'recall', 'f1')] + [str(v['gold'])]
             for label, v in labels.items() if isinstance(v, dict) and v['gold'] > 2]
    return '\n\n'.join([
        '### Facts, by stratum',
        table(['stratum', 'abstracts', 'facts', 'found P', 'R', 'F1', 'all right P', 'R', 'F1', 'people F1'], rows),
        '### Slots of the facts that are found, by stratum',
        table(['slot', *parts, 'all'], slots),
        '### Numbers of breast-cancer trials, by label',
        table(['label', 'P', 'R', 'F1', 'annotated'], spans)])


def main():
    arguments = sys.argv[1:]
    check = '--check' in arguments and not arguments.remove('--check')
    sets = ROOT.parent / 'shared' / 'eval'
    if '--eval' in arguments:
        at = arguments.index('--eval')
        sets = pathlib.Path(arguments[at + 1])
        del arguments[at:at + 2]
    if len(arguments) != 1:
        sys.exit(__doc__)
    page = PAGE.read_text(encoding='utf-8')
    head, rest = page.split(BEGIN)
    tail = rest.split(END)[1]
    true = f'{head}{BEGIN}\n\n{tables(os.path.abspath(arguments[0]), sets)}\n\n{END}{tail}'
    if check and true != page:
        sys.exit('docs/accuracy.md is not true; run benches/accuracy.py')
    if not check:
        PAGE.write_text(true, encoding='utf-8')


if __name__ == '__main__':
    main()
