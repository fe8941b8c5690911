"""Compares what Spark makes with the filter with what one process made: spread.py TRIALTAB ABSTRACTS RECORDS

Three jobs over the same lines: mapInArrow around the program, rdd.pipe, and mapInArrow again with one process killed in
the middle of its work, which Spark must notice and make good.
"""
import json
import os
import signal
import subprocess
import sys
import threading

import pyarrow as pa
from pyspark.sql import SparkSession

tool, abstracts, records = sys.argv[1:]


def extract(batches):
    """One process a partition: lines go in by a thread, answers come out batch by batch."""
    process = subprocess.Popen([tool, 'filter', '--threads', '1'], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.DEVNULL)
    mark = os.environ.get('KILL_ONE')
    for batch in batches:
        lines = batch.column('value').to_pylist()
        if mark and os.path.exists(mark) and len(lines) > 10:
            try:
                os.remove(mark)
            except FileNotFoundError:
                pass
            else:
                # The first to find the mark loses its process.
                process.send_signal(signal.SIGKILL)

        def feed(lines=lines):
            try:
                process.stdin.write(''.join(line + '\n' for line in lines).encode())
                process.stdin.flush()
            except BrokenPipeError:
                pass

        feeder = threading.Thread(target=feed)
        feeder.start()
        answers = [process.stdout.readline().decode().rstrip('\n') for _ in lines]
        feeder.join()
        if not all(answers):
            raise RuntimeError(f'trialtab ended early, exit code {process.wait()}')
        yield pa.RecordBatch.from_arrays([batch.column('line'), pa.array(answers)], names=['line', 'record'])
    process.stdin.close()
    if process.wait() != 0:
        raise RuntimeError(f'trialtab failed, exit code {process.returncode}')


def told(record):
    """A record without its place, which hangs on how the lines were shared out; unnamed ones are named by it."""
    record = json.loads(record)
    del record['source']
    for diagnostic in record.get('diagnostics', []):
        diagnostic.pop('line', None)
    return json.dumps(record, sort_keys=True)


with open(abstracts, encoding='utf-8') as file:
    lines = file.read().splitlines()
with open(records, encoding='utf-8') as file:
    wanted = [told(line) for line in file]
assert len(wanted) == len(lines), (len(wanted), len(lines))

mark = os.path.join(os.path.dirname(records), 'kill-one')
os.environ['KILL_ONE'] = mark
spark = (SparkSession.builder.master('local[2,4]').appName('trialtab').config('spark.ui.enabled', 'false')
         .config('spark.executorEnv.KILL_ONE', mark)
         .config('spark.sql.execution.arrow.maxRecordsPerBatch', '500').getOrCreate())
spark.sparkContext.setLogLevel('OFF')
frame = spark.createDataFrame(list(enumerate(lines)), 'line long, value string').repartitionByRange(8, 'line')


def compare(name, found):
    different = [k for k, (a, b) in enumerate(zip(found, wanted)) if told(a) != b]
    if len(found) != len(wanted) or different:
        sys.exit(f'{name}: {len(found)} rows of {len(wanted)}, {len(different)} differ, first at {different[:3]}')
    print(f'{name}: {len(found)} rows, all as from one process')


def in_arrow():
    rows = frame.mapInArrow(extract, 'line long, record string').orderBy('line').collect()
    return [row.record for row in rows]


compare('mapInArrow', in_arrow())
piped = spark.sparkContext.parallelize(lines, 8).pipe(f'{tool} filter --threads 1', checkCode=True)
compare('rdd.pipe', piped.collect())
open(mark, 'w').close()
compare('mapInArrow, one process killed', in_arrow())
assert not os.path.exists(mark), 'no process was killed'
