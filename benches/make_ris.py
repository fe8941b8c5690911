#!/usr/bin/env python3
"""Write a RIS file as Zotero exports it, by repeating invented records: about 27 lines each, eight authors.

usage: make_ris.py FILE (--records N | --bytes N)      N may end in k, M or G
Every record has its own title, DOI and date; abstracts are taken in turn from examples/.
"""
import argparse, pathlib, re

ROOT = pathlib.Path(__file__).resolve().parent.parent
NAMES = ['Miller, Ann', 'Okoye, Ben', 'Lefèvre, Chloé', 'Sato, Daichi', 'Ibáñez, Elena', 'Novak, Filip', 'Gupta, Gita',
         'Hansen, Hugo', 'Ivanova, Irina', 'Jansen, Joris', 'Kim, Jiwoo', 'Larsen, Lea']
WORDS = ['Relapse', 'Chemotherapy', 'Adult', 'Cell Therapy', 'Randomized Controlled Trial', 'Quality of Life']


def abstracts():
    text = ''.join(path.read_text(encoding='utf-8') for path in sorted((ROOT / 'examples').glob('*.ris')))
    found = re.findall(r'^AB  - (.{200,})$', text, flags=re.M)
    assert found, 'examples/ holds abstracts on one line'
    return found


def record(n, abstract):
    authors = '\n'.join(f'AU  - {NAMES[(n + k) % len(NAMES)]}' for k in range(8))
    keywords = '\n'.join(f'KW  - {WORDS[(n + k) % len(WORDS)]}' for k in range(3))
    year, month, day = 2000 + n % 25, 1 + n % 12, 1 + n % 28
    return f"""TY  - JOUR
TI  - An invented trial of treatment {n} in adults with relapse
{authors}
T2  - Journal of Invented Trials
AB  - {abstract}
DA  - {year}/{month:02}/{day:02}/
PY  - {year}
DO  - 10.5555/invented.{n}
DP  - Zotero
VL  - {1 + n % 90}
IS  - {1 + n % 12}
SP  - {n % 900}
EP  - {n % 900 + 9}
LA  - en
SN  - 1234-5678
UR  - https://example.org/articles/{n}
Y2  - 2024/01/02/10:11:12
{keywords}
ER  - 

"""


def number(text):
    return int(float(text.rstrip('kMG')) * {'k': 10**3, 'M': 10**6, 'G': 10**9}.get(text[-1], 1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('file')
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument('--records', type=number)
    size.add_argument('--bytes', type=number)
    args = parser.parse_args()
    texts, n, written = abstracts(), 0, 0
    with open(args.file, 'w', encoding='utf-8') as out:
        while n < args.records if args.records else written < args.bytes:
            text = record(n, texts[n % len(texts)])
            out.write(text)
            written += len(text.encode())
            n += 1
    print(f'{n} records, {written} bytes')


main()
