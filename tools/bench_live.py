"""How many people can follow one dialogue: connections that stay open, each told when something
changes. Used by bench.py; the load is made by processes of this file."""
import multiprocessing
import re
import resource
import select
import socket
import time
import urllib.parse

EACH = 9_000  # streams of one process; also what one address of loopback has ports for
OPENING = 200  # connections that a process opens at a time


def viewers_possible(wanted, nodes):
    """A node holds one file for each of its viewers."""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1] - 600
    return min(wanted, most * nodes)


def follow(number, port, path, count, said):
    """Opens `count` streams and then tells, for each message `(word)` it is sent, when every stream
    had it: seconds of the monotonic clock."""
    source, request = f'127.0.0.{2 + number}', (
        f'GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/event-stream\r\n\r\n').encode()
    poll, streams, heard = select.epoll(), {}, {}
    for n in range(count):
        stream = socket.socket()
        stream.bind((source, 0))
        stream.connect(('127.0.0.1', port))
        stream.sendall(request)
        stream.setblocking(False)
        streams[stream.fileno()] = stream
        heard[stream.fileno()] = b''
        poll.register(stream, select.EPOLLIN)
        if n % OPENING == OPENING - 1:
            read_all(poll, streams, heard, 0)

    def until(word):
        """All have heard it; None when one was closed or two minutes were not enough."""
        end = time.monotonic() + 120
        missing = {fd for fd in streams if word not in heard[fd]}
        while missing:
            if time.monotonic() > end:
                return None
            for fd in read_all(poll, streams, heard, 1):
                if fd not in streams:
                    return None
                if word in heard[fd]:
                    missing.discard(fd)
        return time.monotonic()

    said.send(until(b'text/event-stream'))
    while True:
        word = said.recv()
        if word is None:
            return
        said.send(until(word))


def read_all(poll, streams, heard, seconds):
    """The streams that said something, with what they said last kept in `heard`."""
    spoke = []
    for fd, _ in poll.poll(seconds, 4096):
        try:
            bytes_ = streams[fd].recv(4096)
        except BlockingIOError:
            continue
        if not bytes_:
            poll.unregister(fd)
            streams.pop(fd).close()
        heard[fd] = (heard[fd] + bytes_)[-2048:]
        spoke.append(fd)
    return spoke


class Form:
    """A visitor with cookies who fills the forms of pages, without JavaScript."""

    def __init__(self, city):
        self.city, self.cookies = city, {}

    def ask(self, method, path, body=None):
        headers = {'Cookie': '; '.join(f'{k}={v}' for k, v in self.cookies.items())}
        if body is not None:
            headers['Content-Type'] = 'application/x-www-form-urlencoded'
        status, page, answer = self.city.ask(method, path, body, headers)
        for line in answer.get_all('Set-Cookie') or []:
            name, _, value = line.split(';')[0].partition('=')
            self.cookies[name] = value
        return status, page.decode(), answer

    def send(self, page_path, path, **fields):
        """Fills the form of `page_path` that posts to `path`; gives where it leads to."""
        _, page, _ = self.ask('GET', page_path)
        form = next((f for f in re.findall(r'<form\b.*?</form>', page, re.S)
                     if f'action="{path}"' in f), '')
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        # Of a list the first choice is taken, as a browser does.
        hidden.update(re.findall(r'<select\b[^>]*\bname="([^"]+)".*?<option value="([^"]*)"', form, re.S))
        status, answer, headers = self.ask('POST', path, urllib.parse.urlencode({**hidden, **fields}))
        if status not in (200, 201, 303):
            raise SystemExit(f'{path} answered {status}: ' + ' '.join(
                re.findall(r'class="govuk-error-message"[^>]*>(.*?)</', answer, re.S)))
        return headers.get('Location', '')


def live_dialogue(city, password):
    """Announces and starts a session; its number."""
    head = Form(city)
    told = (city.folder / 'accounts.txt').read_text()
    login = re.search(r'^\s*(\S+\.lanhdao)\b', told, re.M)[1]
    head.send('/staff/sign-in', '/staff/sign-in', login=login, password=password)
    moment = lambda hours: time.strftime('%Y-%m-%dT%H:%M', time.gmtime(time.time() + (hours + 7) * 3600))
    place = head.send('/staff/dialogues/new', '/staff/dialogues/new', topic_vi='Nghe trực tiếp',
                      topic_en='Live', summary='Bao nhiêu người cùng theo dõi một buổi đối thoại.',
                      leader='Chủ tịch phường', place='Nhà văn hóa', starts=moment(48),
                      closes=moment(24))
    number = re.search(r'/dialogues/(\d+)', place)[1]
    head.send(f'/staff/dialogues/{number}', f'/staff/dialogues/{number}/start')
    return number


def shared_out(count, nodes):
    """(node, streams) of each process of the crowd: every node has its part of them."""
    parts = [count // nodes + (n < count % nodes) for n in range(nodes)]
    return [(node, min(EACH, part - at)) for node, part in enumerate(parts)
            for at in range(0, part, EACH)]


def measure(nodes, password, wanted):
    """One line: what was reached with as many viewers as this machine lets `nodes` hold, which serve
    one city. All is asked of the first; the others hear of it through the database."""
    city, count = nodes[0], viewers_possible(wanted, len(nodes))
    number = live_dialogue(city, password)
    memory_of_all = lambda: sum(node.memory() for node in nodes)
    rest = lambda: [node.rest() for node in nodes]
    rest()
    before = memory_of_all()
    fork = multiprocessing.get_context('fork')
    crowd = []
    start = time.monotonic()
    for n, (node, share) in enumerate(shared_out(count, len(nodes))):
        ours, theirs = fork.Pipe()
        process = fork.Process(target=follow, daemon=True, args=(
            n, nodes[node].port, f'/live/dialogues/{number}', share, theirs))
        process.start()
        crowd.append((process, ours))
    said = {'viewers': count, 'nodes': len(nodes), 'failed': True}
    try:
        opened = [pipe.recv() for _, pipe in crowd]
        if None in opened:
            return said
        opening = max(opened) - start
        rest()
        memory = memory_of_all()
        took = []
        for n in range(3):
            words = f'Câu hỏi thứ {n + 1} của buổi đo, ai cũng nghe?'
            Form(city).send(f'/dialogues/{number}/ask', f'/dialogues/{number}/ask', body=words)
            asked = time.monotonic()
            # The queue's line counts what waits: "…": 1, 2, 3.
            for _, pipe in crowd:
                pipe.send(waiting_mark(n + 1))
            heard = [pipe.recv() for _, pipe in crowd]
            if None in heard:
                return said
            took.append(max(heard) - asked)
        return said | {'failed': False, 'opening': opening, 'memory': memory,
                       'each': (memory - before) * 1024 / count, 'took': sorted(took)}
    finally:
        for process, pipe in crowd:
            try:
                pipe.send(None)
            except OSError:
                pass
            process.join(10)
            if process.is_alive():
                process.terminate()


def waiting_mark(count):
    """What stands in the event once so many questions wait."""
    return f'còn chờ {count}"'.encode()


def told(said, wanted):
    """What measure() found, in lines for people."""
    viewers = f'{said["viewers"]:,} viewers of one dialogue'
    if said['nodes'] > 1:
        viewers += f' on {said["nodes"]} nodes of one PostgreSQL, all on this machine'
    if said['viewers'] < wanted:
        viewers += f' ({wanted:,} were asked for: a process of this machine may open no more files)'
    if said['failed']:
        return [viewers, 'FAILED: a stream was closed or did not hear what changed']
    return [viewers,
            f'all connected in {said["opening"]:.1f} s; {said["memory"]:.0f} MB were held, '
            f'{said["each"]:.1f} KiB for each viewer (without what the kernel keeps for sockets)',
            'a question was asked three times: the last viewer heard of it after '
            + ', '.join(f'{each:.2f}' for each in said['took']) + ' s']
