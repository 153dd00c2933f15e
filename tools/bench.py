#!/usr/bin/env python3
"""Measures on this machine; nothing here is a test of speed.

  bench.py http    the served program, beside its own empty reply, a raw fdatasync loop and a raw
                   SQLite loop of the same run
  bench.py micro   small things of the engines, by Google Benchmark
  bench.py engines the engines at scale, each run in a process of its own: seconds, peak memory, and
                   a plain loop of the same run
  bench.py live    viewers of one dialogue: memory for each, and how soon all hear what changed
  bench.py all     all of them

  --cases N          of the sample city (2000)      --seconds S     for each line (4)
  --connections A,B  (64,256,1000)                  --db postgres   on a private PostgreSQL
  --binary PATH      instead of building            --write         puts the tables into docs/BENCH.md
  --viewers N        of the dialogue (50000)
  --small            does everything once, briefly, and counts what answered as it should

Needs wrk. Every number of a run is taken on the same machine, the load included, so compare lines
of one run with each other.
"""
import argparse
import contextlib
import http.client
import http.cookies
import itertools
import json
import os
import pathlib
import platform
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.parse

import bench_live

ROOT = pathlib.Path(__file__).resolve().parent.parent
PASSWORD = 'nghe-dan-noi-2026'  # of every account of a sample city
BODY = {'about': 'place', 'topic': 'street-light',
        'body': 'Đèn đường ngõ 82 tắt ba tuần nay, tối đi lại rất nguy hiểm. ' * 4}
# What people look for; each request takes the next, so that no answer is found ready.
WORDS = ['đèn đường', 'giấy khai sinh', 'rác', 'ngập', 'vỉa hè', 'hộ khẩu', 'tiếng ồn', 'cây xanh',
         'nước yếu', 'trường học', 'chờ lâu', 'đất đai', 'kết hôn', 'cấp điện', 'xe buýt', 'ổ gà',
         'hỏng', 'nắp cống', 'thái độ', 'hồ sơ', 'chó thả rông', 'lấn chiếm', 'khói', 'mùi hôi']


def without_marks(text):
    import unicodedata
    plain = ''.join(c for c in unicodedata.normalize('NFD', text) if not unicodedata.combining(c))
    return plain.replace('đ', 'd').replace('Đ', 'D')


def percentile(sorted_values, share):
    return sorted_values[min(len(sorted_values) - 1, int(len(sorted_values) * share))]


# ---- the machine: what a loop without us reaches ----

def raw_sync(folder, seconds):
    """One write of 4 KiB and one fdatasync, again and again: (rate, p50 ms, p99 ms)."""
    file = os.open(folder / 'sync', os.O_CREAT | os.O_WRONLY)
    taken, end = [], time.perf_counter() + seconds
    os.posix_fallocate(file, 0, 4096)
    while time.perf_counter() < end:
        start = time.perf_counter()
        os.pwrite(file, b'x' * 4096, 0)
        os.fdatasync(file)
        taken.append(time.perf_counter() - start)
    os.close(file)
    taken.sort()
    return len(taken) / sum(taken), percentile(taken, .5) * 1e3, percentile(taken, .99) * 1e3


def raw_sqlite(folder, seconds, row_size, batch):
    """Rows of our size under a random key, in batches of ours, each made durable: rows a second."""
    base = sqlite3.connect(folder / 'raw.db', isolation_level=None)
    base.execute('PRAGMA journal_mode = WAL')
    base.execute('PRAGMA synchronous = FULL')
    base.execute('CREATE TABLE row (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, bytes BLOB)')
    count, start = 0, time.perf_counter()
    while time.perf_counter() < start + seconds:
        rows = [(os.urandom(5).hex(), os.urandom(row_size)) for _ in range(batch)]
        base.execute('BEGIN')
        base.executemany('INSERT INTO row (code, bytes) VALUES (?, ?)', rows)
        base.execute('COMMIT')
        count += batch
    base.close()
    return count / (time.perf_counter() - start)


# ---- the served city ----

class City:
    """A sample city and the program that serves it, until the block ends."""

    def __init__(self, binary, folder, cases, url):
        self.binary, self.folder, self.cases = binary, folder / 'city', cases
        self.db = ['--db', url] if url else []

    def __enter__(self):
        start = time.perf_counter()
        subprocess.run([self.binary, 'sample', 'hanoi', '--data', self.folder, '--cases',
                        str(self.cases), '--seed', '1', *self.db], check=True,
                       stdout=subprocess.DEVNULL)
        self.sample_seconds = time.perf_counter() - start
        start = time.perf_counter()
        self.server = subprocess.Popen(
            [self.binary, 'serve', '--data', self.folder, '--listen', '127.0.0.1:0',
             '--rate-limit', 'off', *self.db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = self.folder / 'port'
        while not (port_file.exists() and port_file.read_text().strip()):
            if self.server.poll() is not None:
                raise SystemExit('the server does not start')
            time.sleep(.002)
        self.port = int(port_file.read_text())
        while self.get('/healthz')[0] != 200:
            pass
        self.start_seconds = time.perf_counter() - start
        time.sleep(1)  # The first turn of the jobs.
        self.idle_memory = self.memory()
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()

    def memory(self):
        """Resident, in MB."""
        status = pathlib.Path(f'/proc/{self.server.pid}/status').read_text()
        return int(re.search(r'VmRSS:\s+(\d+)', status)[1]) / 1024

    def ask(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=30)
        connection.request(method, path, body, headers or {})
        answer = connection.getresponse()
        bytes_ = answer.read()
        connection.close()
        return answer.status, bytes_, answer.headers

    def get(self, path):
        return self.ask('GET', path)

    def processor_seconds(self):
        fields = pathlib.Path(f'/proc/{self.server.pid}/stat').read_text().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')

    def rest(self, seconds_max=60):
        """Waits until what the load has left behind is worked off, so that it costs its own line."""
        end = time.perf_counter() + seconds_max
        while time.perf_counter() < end:
            before = self.processor_seconds()
            time.sleep(.2)
            if self.processor_seconds() - before < .04:
                return

    def public_case(self):
        found = json.loads(self.get('/api/v1/feedback?limit=1')[1])
        lists = [v for v in found.values() if isinstance(v, list)] if isinstance(found, dict) else [found]
        return '/feedback/' + lists[0][0]['code']

    def held_cases(self, count=100):
        """(code, secret) of cases that were sent now, and of those that the sample tells."""
        told = (self.folder / 'accounts.txt').read_text()
        held = [(code.replace('-', '')[2:], secret.replace('-', '')) for code, secret in
                re.findall(r'(HN(?:-[0-9A-Z]{4}){2})\s+((?:[0-9A-Z]{4}-){4}[0-9A-Z]{4})', told)]
        for _ in range(count):
            sent = json.loads(self.ask('POST', '/api/v1/feedback', json.dumps(BODY),
                                       {'Content-Type': 'application/json'})[1])
            held.append((sent['code'], sent['secret'].replace('-', '')))
        return held

    def staff_cookie(self):
        """Signs the triage officer in, as a browser would."""
        _, page, headers = self.get('/staff/sign-in')
        jar = http.cookies.SimpleCookie()

        def keep(more):
            for each in more.get_all('Set-Cookie') or []:
                jar.load(each)

        keep(headers)
        fields = dict(re.findall(rb'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
        fields = {k.decode(): v.decode() for k, v in fields.items()}
        fields.update(login='dieuphoi', password=PASSWORD)
        cookie = '; '.join(f'{m.key}={m.value}' for m in jar.values())
        status, _, headers = self.ask('POST', '/staff/sign-in', urllib.parse.urlencode(fields), {
            'Content-Type': 'application/x-www-form-urlencoded', 'Cookie': cookie})
        if status != 303:
            raise SystemExit(f'cannot sign in: {status}')
        keep(headers)
        return '; '.join(f'{m.key}={m.value}' for m in jar.values())

    def rows_and_batch(self):
        """Cases sent since the sample, leaves and signed heads: what a batch of ours is."""
        if self.db:
            return None
        with contextlib.closing(sqlite3.connect(f'file:{self.folder}/langnghe.db?mode=ro',
                                                uri=True)) as base:
            one = lambda sql: base.execute(sql).fetchone()[0]
            return one('SELECT max(id) FROM ledger_leaf'), one('SELECT count(*) FROM ledger_head')


def log_bytes(folder):
    """What the log takes for each event: as it is served, and as it is stored. None without dbstat."""
    with contextlib.closing(sqlite3.connect(f'file:{folder}/langnghe.db?mode=ro', uri=True)) as base:
        count, leaves = base.execute(
            'SELECT count(*), coalesce(sum(length(leaf)), 0) FROM ledger_leaf').fetchone()
        heads = base.execute('SELECT count(*) FROM ledger_head').fetchone()[0]
        try:
            pages = dict(base.execute('SELECT name, sum(pgsize) FROM dbstat GROUP BY name'))
        except sqlite3.OperationalError:
            return None
    if not count:
        return None
    hashes, level = 0, count
    while level:
        hashes, level = hashes + level, level // 256
    stored = {what: sum(size for name, size in pages.items() if f'ledger_{what}' in name) / count
              for what in ('leaf', 'crown', 'head')}
    return (f'log: {(2 * count + leaves + 32 * hashes) / count:.1f} bytes an event as served '
            f'(bundles {(2 * count + leaves) / count:.1f}, tiles {32 * hashes / count:.1f}); stored '
            f'{sum(stored.values()):.1f} (leaves {stored["leaf"]:.1f}, crowns {stored["crown"]:.1f}, '
            f'heads {stored["head"]:.1f} with {count / heads:,.0f} events to a head)')


def lua(paths, headers=None, body=None):
    lines = [f'wrk.headers[{json.dumps(k)}] = {json.dumps(v)}' for k, v in (headers or {}).items()]
    if body is not None:
        lines += ['wrk.method = "POST"', f'wrk.body = [==[{body}]==]']
    lines.append('local paths = {' + ', '.join(f'[==[{p}]==]' for p in paths) + '}')
    lines.append('local at = 0')
    lines.append('function request() at = at % #paths + 1; return wrk.format(nil, paths[at]) end')
    return '\n'.join(lines)


def lua_of_proofs(held):
    """The receipt of the next case, with its secret in a header."""
    cases = ', '.join(f'{{"/feedback/{code}/receipt.tlog-proof", "{secret}"}}' for code, secret in held)
    return '\n'.join([f'local cases = {{{cases}}}', 'local at = 0', 'function request()',
                      'at = at % #cases + 1',
                      'return wrk.format(nil, cases[at][1], {["X-Feedback-Secret"] = cases[at][2]})',
                      'end'])


def in_ms(text):
    """What wrk prints; nothing sensible when nothing was answered."""
    found = re.fullmatch(r'([\d.]+)(us|ms|s|m)', text)
    return float(found[1]) * {'us': .001, 'ms': 1, 's': 1000, 'm': 60_000}[found[2]] if found else 0


def in_bytes(text):
    number, unit = re.fullmatch(r'([\d.]+)([KMGT]?)B', text).groups()
    return float(number) * 1024 ** ' KMGT'.index(unit or ' ')


def load(city, folder, script, connections, seconds):
    """One run of wrk: rate, p50, p99, bytes a reply, memory of the server, what was refused."""
    file = folder / 'load.lua'
    file.write_text(script)
    said = subprocess.run(['wrk', '-t1', f'-c{connections}', f'-d{seconds}s', '--timeout', '10s',
                           '--latency', '-s', file, f'http://127.0.0.1:{city.port}'],
                          capture_output=True, text=True, check=True).stdout
    count, read = re.search(r'(\d+) requests in [^,]*, (\S+) read', said).groups()
    refused = re.search(r'Non-2xx or 3xx responses: (\d+)', said)
    broken = re.search(r'Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)', said)
    return {'rate': float(re.search(r'Requests/sec:\s+([\d.]+)', said)[1]),
            'p50': in_ms(re.search(r'50%\s+(\S+)', said)[1]),
            'p99': in_ms(re.search(r'99%\s+(\S+)', said)[1]),
            'bytes': in_bytes(read) / max(int(count), 1), 'memory': city.memory(),
            'refused': int(refused[1]) if refused else 0,
            'broken': sum(map(int, broken.groups())) if broken else 0, 'count': int(count)}


def kinds(city):
    """What is asked, by the words of the table."""
    search = lambda words: ['/register?q=' + urllib.parse.quote_plus(w) for w in words]
    return {
        'empty reply': lua(['/healthz']),
        'send a case (durable)': lua(['/api/v1/feedback'], {'Content-Type': 'application/json'},
                                     json.dumps(BODY, ensure_ascii=False)),
        'one public case': lua([city.public_case()]),
        'proof of a receipt': lua_of_proofs(city.held_cases()),
        'search, with marks': lua(search(WORDS)),
        'search, without marks': lua(search(map(without_marks, WORDS))),
        'list': lua(['/register']),
        'queue of staff': lua(['/staff'], {'Cookie': city.staff_cookie()}),
        'home': lua(['/']),
    }


def measure_http(options, binary, folder):
    """The lines of the table, and what stands above it."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(private_postgres(folder)) if options.db else ''
        sync = raw_sync(folder, 1 if options.small else 3)
        city = stack.enter_context(City(binary, folder, options.cases, url))
        lines, batch = [], 1
        scripts = kinds(city)
        # Sends come last: they make the city larger than the one that is named above the table.
        order = sorted(scripts.items(), key=lambda item: item[0].startswith('send'))
        for sends in (False, True):
            for connections, (name, script) in itertools.product(options.connections, order):
                if name.startswith('send') != sends:
                    continue
                city.rest()
                before = city.rows_and_batch()
                line = load(city, folder, script, connections, options.seconds)
                lines.append({'what': name, 'connections': connections, **line})
                show(lines[-1])
                after = city.rows_and_batch()
                if name.startswith('send') and before and after[1] > before[1]:
                    batch = max(batch, round((after[0] - before[0]) / (after[1] - before[1])))
        log = None if options.db else log_bytes(city.folder)
        row_size = 1000  # A case with its event, entry, leaf and secret, without indexes.
        sqlite = raw_sqlite(folder, 1 if options.small else 3, row_size, batch)
    above = [
        f'{machine()}; {"PostgreSQL" if options.db else "SQLite"}, {options.cases:,} cases',
        f'raw fdatasync of 4 KiB: {sync[0]:,.0f}/s, p50 {sync[1]:.2f} ms, p99 {sync[2]:.2f} ms',
        f'raw SQLite, rows of {row_size:,} bytes in durable batches of {batch}: {sqlite:,.0f} rows/s',
        f'start {city.start_seconds:.2f} s, idle memory {city.idle_memory:.0f} MB; '
        f'sample made in {city.sample_seconds:.1f} s',
        *([log] if log else []),
    ]
    print('\n'.join(above))
    return above, lines


HEAD = ['what', 'connections', 'per second', 'p50 ms', 'p99 ms', 'memory MB', 'bytes a reply',
        'refused']


def cells(line):
    return [line['what'], f'{line["connections"]:,}', f'{line["rate"]:,.0f}', f'{line["p50"]:.1f}',
            f'{line["p99"]:.1f}', f'{line["memory"]:.0f}', f'{line["bytes"]:,.0f}',
            f'{line["refused"] + line["broken"]:,}']


def show(line):
    print('{:<24}{:>12}{:>12}{:>10}{:>10}{:>12}{:>15}{:>9}'.format(*cells(line)), flush=True)


def machine():
    name = re.search(r'model name\s*:\s*(.*)', pathlib.Path('/proc/cpuinfo').read_text())
    return f'{name[1] if name else platform.machine()}, {os.cpu_count()} cores, Linux {platform.release()}'


@contextlib.contextmanager
def private_postgres(folder):
    """A server of our own on a free port of loopback; it refuses to run as root, so not as root."""
    bin_ = max(pathlib.Path('/usr/lib/postgresql').glob('*/bin'))
    data = folder / 'postgres'
    data.mkdir()
    who = []
    if os.geteuid() == 0:
        folder.chmod(0o755)
        shutil.chown(data, 'postgres', 'postgres')
        who = ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups']
    quiet = {'check': True, 'stdout': subprocess.DEVNULL, 'stderr': subprocess.DEVNULL}
    subprocess.run([*who, bin_ / 'initdb', '-D', data, '-A', 'trust', '-U', 'postgres',
                    '--no-locale', '-E', 'UTF8'], **quiet)
    with socket.socket() as free:
        free.bind(('127.0.0.1', 0))
        port = free.getsockname()[1]
    server = subprocess.Popen([*who, bin_ / 'postgres', '-D', data, '-p', str(port), '-h',
                               '127.0.0.1', '-k', data], stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL)
    try:
        while subprocess.run([bin_ / 'pg_isready', '-h', '127.0.0.1', '-p', str(port)],
                             stdout=subprocess.DEVNULL).returncode != 0:
            if server.poll() is not None:
                raise SystemExit('PostgreSQL does not start')
            time.sleep(.05)
        yield f'postgresql://postgres@127.0.0.1:{port}/postgres'
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


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


ENGINES = ['what', 'seconds', 'memory MB', 'a second', 'a plain loop, s', 'of which, s']


def measure_engines(options):
    """Every benchmark whose name begins with engines/. Its counters that end in _s are seconds:
    reference_s of the plain loop, others of parts."""
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
    parser.add_argument('what', nargs='?', default='http', choices=['http', 'micro', 'engines', 'live', 'all'])
    parser.add_argument('--cases', type=int)
    parser.add_argument('--seconds', type=int, default=4)
    parser.add_argument('--connections', type=lambda text: [int(n) for n in text.split(',')])
    parser.add_argument('--db', choices=['postgres'])
    parser.add_argument('--binary', type=pathlib.Path)
    parser.add_argument('--viewers', type=int)
    parser.add_argument('--write', action='store_true')
    parser.add_argument('--small', action='store_true')
    options = parser.parse_args()
    options.cases = options.cases or (200 if options.small else 2000)
    options.connections = options.connections or ([8] if options.small else [64, 256, 1000])
    if options.small:
        options.seconds = 1
    binary, passed, failed = options.binary, 0, 0
    options.viewers = options.viewers or (50 if options.small else 50_000)
    if options.what in ('http', 'live', 'all') and binary is None:
        subprocess.run(['cmake', '--preset', 'release'], cwd=ROOT, check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(['cmake', '--build', 'build/release', '--target', 'langnghe'], cwd=ROOT,
                       check=True, stdout=sys.stderr)
        binary = ROOT / 'build/release/langnghe'
    if options.what in ('http', 'all'):
        with tempfile.TemporaryDirectory() as folder:
            above, lines = measure_http(options, binary.resolve(), pathlib.Path(folder))
        good = [line for line in lines if line['count'] and not line['refused'] + line['broken']]
        passed, failed = len(good), len(lines) - len(good)
        if options.write:
            day = time.strftime('%Y-%m-%d')
            write('http postgres' if options.db else 'http', '\n'.join(
                [f'Taken on {day}.', ''] + [f'- {line}' for line in above] +
                ['', table(HEAD, map(cells, lines))]))
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
        with tempfile.TemporaryDirectory() as folder:
            with City(binary.resolve(), pathlib.Path(folder), 200, '') as city:
                said = bench_live.measure(city, PASSWORD, options.viewers)
        lines = [machine(), *bench_live.told(said, options.viewers)]
        print('\n'.join(lines))
        passed, failed = passed + (not said['failed']), failed + said['failed']
        if options.write:
            write('live', '\n'.join(f'- {line}' for line in lines))
    if options.small:
        print(f'{passed} passed, {failed} failed')
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
