"""The served city under load, beside what a loop without us reaches on the same machine. Used by
bench.py."""
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
import time
import urllib.parse

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
    """A sample city, made now or earlier (`made`), and the program that serves it until the block
    ends."""

    def __init__(self, binary, folder, cases, url='', made=None):
        self.binary, self.folder, self.cases = binary, made or folder / 'city', cases
        self.db = ['--db', url] if url else []
        self.is_made = made is not None
        self.said = 'made earlier'

    def make(self):
        start = time.perf_counter()
        subprocess.run([self.binary, 'sample', 'hanoi', '--data', self.folder, '--cases',
                        str(self.cases), '--seed', '1', *self.db], check=True,
                       stdout=subprocess.DEVNULL)
        self.said = f'made in {time.perf_counter() - start:.1f} s'

    def __enter__(self):
        if not self.is_made:
            self.make()
        port_file = self.folder / 'port'
        port_file.unlink(missing_ok=True)  # Of an earlier life, it names a port nobody listens on.
        start = time.perf_counter()
        self.server = subprocess.Popen(
            [self.binary, 'serve', '--data', self.folder, '--listen', '127.0.0.1:0',
             '--rate-limit', 'off', *self.db], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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


def measure(options, binary, folder):
    """The lines of the table, and what stands above it."""
    with contextlib.ExitStack() as stack:
        url = stack.enter_context(private_postgres(folder)) if options.db else ''
        sync = raw_sync(folder, 1 if options.small else 3)
        city = stack.enter_context(City(binary, folder, options.cases, url, options.city))
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
        f'sample {city.said}',
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


def nodes(binary, folder, cases, options, stack):
    """A sample city as `--nodes` programs serve it; more than one need a PostgreSQL between them."""
    url = stack.enter_context(private_postgres(folder)) if options.db or options.nodes > 1 else ''
    served = [stack.enter_context(City(binary, folder, cases, url))]
    for n in range(1, options.nodes):
        own = folder / f'node-{n + 1}'
        own.mkdir()
        shutil.copy2(served[0].folder / 'ledger.key', own)
        served.append(stack.enter_context(City(binary, folder, cases, url, made=own)))
    return served


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
