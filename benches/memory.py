#!/usr/bin/env python3
"""Peak memory of `trialtab extract` on a large RIS, and when its first line of output came.

usage: memory.py TRIALTAB [--bytes N] [FLAGS for trialtab]      N may end in k, M or G; default 1G
"""
import os, pathlib, resource, subprocess, sys, tempfile, time

HERE = pathlib.Path(__file__).resolve().parent


def main():
    tool, *flags = sys.argv[1:]
    size = '1G'
    if flags[:1] == ['--bytes']:
        size, flags = flags[1], flags[2:]
    with tempfile.TemporaryDirectory() as folder:
        path = f'{folder}/large.ris'
        subprocess.run(['python3', HERE / 'make_ris.py', path, '--bytes', size], check=True)
        total, start = os.path.getsize(path), time.perf_counter()
        run = subprocess.Popen([tool, 'extract', path, '--format', 'jsonl', '--quiet', *flags], stdout=subprocess.PIPE)
        lines, first, read = 0, None, None
        for line in run.stdout:
            if first is None:
                first = time.perf_counter() - start
                # How far the input had been read when the first line came.
                with open(f'/proc/{run.pid}/io') as io:
                    read = int(io.readline().split()[1])
            lines += 1
        status = run.wait()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f'{" ".join(flags) or "plain"}: exit {status}, {lines} lines, peak {peak:.0f} MB, {time.perf_counter() - start:.0f} s, '
          f'first line after {first:.2f} s, when {read / total:.1%} of the input had been read')


main()
