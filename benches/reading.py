#!/usr/bin/env python3
"""Compare reading RIS alone: trialtab, biblib 0.10 and rispy on one file, in turns; medians and ratios.

usage: reading.py [--records N] [--runs N]      needs cargo, and rispy for this Python (pip install rispy)
"""
import argparse, pathlib, statistics, subprocess, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--records', default='20000')
    parser.add_argument('--runs', type=int, default=5)
    args = parser.parse_args()
    import rispy
    with tempfile.TemporaryDirectory() as folder:
        path = f'{folder}/zotero.ris'
        subprocess.run(['python3', HERE / 'make_ris.py', path, '--records', args.records], check=True)
        build = ['cargo', 'build', '--release', '--manifest-path', HERE / 'reading/Cargo.toml', '--message-format=short']
        subprocess.run(build, check=True)
        clock, processor, records = {}, {}, {}
        for _ in range(args.runs):
            run = ['cargo', 'run', '-q', '--release', '--manifest-path', HERE / 'reading/Cargo.toml', '--', path, '1']
            lines = subprocess.run(run, check=True, capture_output=True, text=True).stdout.splitlines()
            start, busy = time.perf_counter(), time.process_time()
            with open(path, encoding='utf-8') as file:
                n = len(rispy.load(file))
            lines.append(f'rispy {n} {time.perf_counter() - start:.4f} {time.process_time() - busy:.4f}')
            for line in lines:
                name, n, on_clock, on_processor = line.split()
                clock.setdefault(name, []).append(float(on_clock))
                processor.setdefault(name, []).append(float(on_processor))
                records[name] = int(n)
    for what, seconds in (('clock', clock), ('processor', processor)):
        median = {name: statistics.median(values) for name, values in seconds.items()}
        for name, value in median.items():
            print(f'{what:9} {name:9} {records[name]} records  median {value:.3f} s  {records[name] / value:>9.0f} records/s'
                  f'  runs {" ".join(f"{s:.3f}" for s in seconds[name])}')
        for other in ('biblib', 'rispy'):
            print(f'{what:9} trialtab is {median[other] / median["trialtab"]:.2f} times as fast as {other}')


main()
