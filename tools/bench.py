#!/usr/bin/env python3
"""Measures on this machine; nothing here is a test of speed.

  bench.py http    the served program, beside its own empty reply, a raw fdatasync loop and a raw
                   SQLite loop of the same run
  bench.py micro   small things of the engines, by Google Benchmark
  bench.py engines the engines at scale, each run in a process of its own: seconds, peak memory, and
                   a plain loop of the same run
  bench.py live    viewers of one dialogue: memory for each, and how soon all hear what changed
  bench.py draft   one draft with very many comments: its pages, and a burst of comments of which each
                   receipt is checked; not part of `all`, because a million take minutes
  bench.py all     all others

  --cases N          of the sample city (2000)      --seconds S     for each line (4)
  --connections A,B  (64,256,1000)                  --db postgres   on a private PostgreSQL
  --binary PATH      instead of building            --write         puts the tables into docs/BENCH.md
  --viewers N        of the dialogue (50000)        --city FOLDER   made earlier, of --cases
  --nodes N          for viewers: one city on PostgreSQL, served by N programs (1)
  --comments N       of the draft (1000000)         --burst N       comments at once (20000)
  --small            does everything once, briefly, and counts what answered as it should

Needs wrk. Every number of a run is taken on the same machine, the load included, so compare lines
of one run with each other.
"""
import argparse
import contextlib
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time

import bench_draft
import bench_http
import bench_live
from bench_http import machine

ROOT = pathlib.Path(__file__).resolve().parent.parent


# ---- the engines ----

def bench_binary(options):
    binary = ROOT / 'build/release/langnghe_bench'
    if not options.small or not binary.exists():
        subprocess.run(['cmake', '--preset', 'release', '-DLN_BENCH=ON'], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(['cmake', '--build', 'build/release', '--target', 'langnghe_bench'],
                       cwd=ROOT, check=True, stdout=sys.stderr)
    return binary


def benchmarks(said):
    for each in json.loads(said)['benchmarks']:
        if 'error_occurred' in each:
            raise SystemExit(f'{each["name"]}: {each["error_message"]}')
        yield each


def measure_micro(options):
    binary = bench_binary(options)
    said = subprocess.run([binary, f'--benchmark_min_time={0.001 if options.small else 0.2}',
                           '--benchmark_filter=-^engines/', '--benchmark_format=json'], cwd=ROOT,
                          check=True, capture_output=True, text=True).stdout
    lines = []
    for each in benchmarks(said):
        lines.append((each['name'].split('/')[0], f'{each["cpu_time"]:,.1f} {each["time_unit"]}',
                      f'{each["bytes_per_second"] / 1e6:,.0f} MB/s' if 'bytes_per_second' in each
                      else f'{each["items_per_second"]:,.0f}/s' if 'items_per_second' in each else ''))
        print('{:<32}{:>16}{:>20}'.format(*lines[-1]))
    return lines


ENGINES = ['what', 'seconds', 'memory MB', 'a second', 'a plain loop, s', 'of which, s; shares']


def measure_engines(options):
    """Every benchmark whose name begins with engines/. Its counters that end in _s are seconds:
    reference_s of the plain loop, others of parts; those in _percent are what the engine reached."""
    binary, lines = bench_binary(options), []
    names = subprocess.run([binary, '--benchmark_list_tests', '--benchmark_filter=^engines/'],
                           check=True, capture_output=True, text=True).stdout.split()
    for name in names:
        run = subprocess.Popen([binary, f'--benchmark_filter=^{re.escape(name)}$',
                                '--benchmark_format=json'], cwd=ROOT, stdout=subprocess.PIPE,
                               text=True, env=os.environ | ({'LN_SMALL': '1'} if options.small else {}))
        said = run.stdout.read()
        _, status, used = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
        if run.returncode != 0:
            raise SystemExit(f'{name} ended with {run.returncode}')
        for each in benchmarks(said):
            unit = {'ns': 1e-9, 'us': 1e-6, 'ms': 1e-3, 's': 1}[each['time_unit']]
            parts = [f'{key[:-2]} {value:.3f}' for key, value in each.items()
                     if key.endswith('_s') and key != 'reference_s']
            parts += [f'{key[:-8].replace("_", " ")} {value:.1f} %' for key, value in each.items()
                      if key.endswith('_percent')]
            lines.append((name.split('/')[1], f'{each["real_time"] * unit:,.3f}',
                          f'{used.ru_maxrss / 1024:,.0f}', f'{each.get("items_per_second", 0):,.0f}',
                          f'{each.get("reference_s", 0):.3f}', ', '.join(parts)))
            print('{:<32}{:>10}{:>12}{:>18}{:>16}   {}'.format(*lines[-1]), flush=True)
    return lines


# ---- what is kept ----

def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '|' + ' --- |' * len(head)]
    return '\n'.join(lines + ['| ' + ' | '.join(row) + ' |' for row in rows])


def write(name, text):
    """Puts `text` between the marks of docs/BENCH.md that bear this name."""
    file = ROOT / 'docs/BENCH.md'
    begin, end = f'<!-- {name} -->\n', f'\n<!-- end {name} -->'
    old = file.read_text()
    before, rest = old.split(begin)
    file.write_text(before + begin + text + end + rest.split(end)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('what', nargs='?', default='http', choices=['http', 'micro', 'engines', 'live', 'draft', 'all'])
    parser.add_argument('--cases', type=int)
    parser.add_argument('--seconds', type=int, default=4)
    parser.add_argument('--connections', type=lambda text: [int(n) for n in text.split(',')])
    parser.add_argument('--db', choices=['postgres'])
    parser.add_argument('--binary', type=pathlib.Path)
    parser.add_argument('--viewers', type=int)
    parser.add_argument('--nodes', type=int, default=1)
    parser.add_argument('--comments', type=int)
    parser.add_argument('--burst', type=int)
    parser.add_argument('--city', type=pathlib.Path)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--small', action='store_true')
    options = parser.parse_args()
    options.cases = options.cases or (200 if options.small else 2000)
    options.connections = options.connections or ([8] if options.small else [64, 256, 1000])
    if options.small:
        options.seconds = 1
    binary, passed, failed = options.binary, 0, 0
    options.viewers = options.viewers or (50 if options.small else 50_000)
    options.comments = options.comments or (400 if options.small else 1_000_000)
    options.burst = options.burst or (100 if options.small else 20_000)
    if options.what in ('http', 'live', 'draft', 'all') and binary is None:
        subprocess.run(['cmake', '--preset', 'release'], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(['cmake', '--build', 'build/release', '--target', 'langnghe'], cwd=ROOT,
                       check=True, stdout=sys.stderr)
        binary = ROOT / 'build/release/langnghe'
    if options.what in ('http', 'all'):
        with tempfile.TemporaryDirectory() as folder:
            above, lines = bench_http.measure(options, binary.resolve(), pathlib.Path(folder))
        good = [line for line in lines if line['count'] and not line['refused'] + line['broken']]
        passed, failed = len(good), len(lines) - len(good)
        if options.write:
            day = time.strftime('%Y-%m-%d')
            write('http postgres' if options.db else 'http', '\n'.join(
                [f'Taken on {day}.', ''] + [f'- {line}' for line in above] +
                ['', table(bench_http.HEAD, map(bench_http.cells, lines))]))
    if options.what in ('micro', 'all'):
        lines = measure_micro(options)
        passed += len(lines)
        if options.write:
            write('micro', table(['what', 'time', 'rate'], lines))
    if options.what in ('engines', 'all'):
        lines = measure_engines(options)
        passed += len(lines)
        if options.write:
            write('engines', table(ENGINES, lines))
    if options.what in ('live', 'all'):
        with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
            nodes = bench_http.nodes(binary.resolve(), pathlib.Path(folder), 200, options, stack)
            said = bench_live.measure(nodes, bench_http.PASSWORD, options.viewers)
        lines = [machine(), *bench_live.told(said, options.viewers)]
        print('\n'.join(lines))
        passed, failed = passed + (not said['failed']), failed + said['failed']
        if options.write:
            write('live nodes' if options.nodes > 1 else 'live', '\n'.join(f'- {line}' for line in lines))
    if options.what == 'draft' or options.what == 'all' and options.small:
        with tempfile.TemporaryDirectory() as folder:
            place = pathlib.Path(folder)
            with bench_http.City(binary.resolve(), place, options.cases, made=options.city) as city:
                above, lines, wrong = bench_draft.measure(city, place, options)
        passed, failed = passed + len(lines), failed + wrong
        if options.write:
            write('draft', '\n'.join([f'Taken on {time.strftime("%Y-%m-%d")}.', ''] +
                                     [f'- {line}' for line in above] +
                                     ['', table(bench_draft.HEAD, lines)]))
    if options.small:
        print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
