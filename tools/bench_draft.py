"""One draft with very many comments: how long its pages take, and a burst of comments of which each
receipt is checked afterwards. Used by bench.py; the burst is sent by processes of this file.

All comments are sent through the API, each by the act that everybody's is: row, ledger entry, leaf,
counts. None is written into the database from the side."""
import json
import multiprocessing
import re
import select
import socket
import time

import bench_http
import bench_live
import verify_ledger

SENDERS = 2  # processes
PLACES_MAX = 40  # clauses that are written about

# The body of each comment is its own: a number and one of many sentences.
FILL = '''
local places = {%s}
local words = {%s}
local at = %d
function request()
  at = at + 1
  local body = string.format('{"clause": "%%s", "body": "%%s (%%d)"}', places[at %% #places + 1],
                             words[at %% #words + 1], at)
  return wrk.format("POST", "%s", {["Content-Type"] = "application/json"}, body)
end
'''
WORDS = ['Ba mươi ngày là quá lâu, xin rút xuống còn mười ngày.',
         'Cần nói rõ ai chấm điểm và ai được xem kết quả.',
         'Tôi đồng ý với điều này, nhưng xin thêm quyền giải trình.',
         'Nên công khai cả cách tính, đừng chỉ công khai kết quả.',
         'Người làm ở bộ phận một cửa việc nhiều, chấm như vậy là thiệt.',
         'Xin bỏ đoạn này vì đã có trong nghị định.']


def open_draft(city):
    """The number of the sample's open draft with most clauses, and their keys."""
    listed = json.loads(city.get('/api/v1/consultations')[1])['items']
    drafts = []
    for each in listed:
        if each['stage'] == 'open':
            whole = json.loads(city.get(f'/api/v1/consultations/{each["id"]}')[1])
            drafts.append((each['id'], [c['key'] for c in whole['clauses']]))
    return max(drafts, key=lambda draft: len(draft[1]))


def count_of(city, number):
    return json.loads(city.get(f'/api/v1/consultations/{number}')[1])['comments']['all']


def fill(city, folder, number, places, wanted, connections):
    """Sends comments until the draft has `wanted`: how many were sent, and how many a second."""
    path = f'/api/v1/consultations/{number}/comments'
    quoted = lambda texts: ', '.join(f'"{text}"' for text in texts)
    start, sent, refused, empty = time.perf_counter(), 0, 0, 0
    while (have := count_of(city, number)) < wanted:
        seconds = max(1, min(30, (wanted - have) // 12_000))
        line = bench_http.load(city, folder, FILL % (quoted(places), quoted(WORDS), have, path),
                               connections, seconds)
        sent, refused = sent + line['count'], refused + line['refused'] + line['broken']
        empty = 0 if line['count'] else empty + 1
        if empty == 5 or refused > sent / 10:
            raise SystemExit(f'comments are refused: {refused} of {sent}')
    return sent, sent / (time.perf_counter() - start)


def staff_cookie(city, number):
    """Of somebody who heads the office that drafts."""
    told = (city.folder / 'accounts.txt').read_text()
    for login in re.findall(r'^\s*((?:\S+\.)?lanhdao)\b', told, re.M):
        form = bench_live.Form(city)
        form.send('/staff/sign-in', '/staff/sign-in', login=login, password=bench_http.PASSWORD)
        if form.ask('GET', f'/staff/consultations/{number}')[0] == 200:
            return '; '.join(f'{k}={v}' for k, v in form.cookies.items())
    raise SystemExit('nobody may edit the draft')


def pages_of(number, articles, cookie):
    """What is opened, by the words of the table: (path, headers)."""
    base, staff = f'/consultations/{number}', f'/staff/consultations/{number}'
    clause = f'{base}/clauses/{articles[0]}'
    return {
        'the draft': (base, {}),
        'an article, newest': (clause, {}),
        'an article, most supported': (clause + '?order=support', {}),
        'an article, drawn': (clause + '?order=random&seed=7&until=999999999999', {}),
        'the same, tenth page': (clause + '?order=random&seed=7&until=999999999999&from=180', {}),
        'said of the whole': (f'{base}/clauses/all', {}),
        'all comments': (f'{base}/comments', {}),
        'comments, a common word': (f'{base}/comments?q=công+khai', {}),
        'the map': (f'{base}/map', {}),
        'answers': (f'{base}/answers', {}),
        'list of drafts': ('/consultations', {}),
        'list, as data': ('/api/v1/consultations', {}),
        'the draft, as data': (f'/api/v1/consultations/{number}', {}),
        'staff: list': ('/staff/consultations', {'Cookie': cookie}),
        'staff: desk': (staff, {'Cookie': cookie}),
        'staff: points': (f'{staff}/issues', {'Cookie': cookie}),
    }


def time_pages(city, number, places, cookie, times):
    """Each page `times` times, a comment before each so that no answer is found ready: name, median
    and longest milliseconds, bytes, and whether all answered 200."""
    articles = sorted({p.split('.')[0] for p in places if p.startswith('d')}) or ['all']
    lines = []
    for name, (path, headers) in pages_of(number, articles, cookie).items():
        path = path.replace('ô', '%C3%B4')
        took, sizes, good = [], [], True
        for n in range(times):
            city.ask('POST', f'/api/v1/consultations/{number}/comments',
                     json.dumps({'clause': places[0], 'body': f'Giữa hai lần đo: {n}.'}),
                     {'Content-Type': 'application/json'})
            start = time.perf_counter()
            status, body, _ = city.ask('GET', path, headers=headers)
            took.append((time.perf_counter() - start) * 1e3)
            sizes.append(len(body))
            good = good and status == 200
        took.sort()
        lines.append((name, took[len(took) // 2], took[-1], max(sizes), good))
        print(f'{name:<28}{lines[-1][1]:>10.1f}{lines[-1][2]:>10.1f}{lines[-1][3]:>10,}'
              f'{"" if good else "   NOT 200"}', flush=True)
    return lines


# ---- the burst ----

def answer_in(heard):
    """A whole answer at the beginning of what was heard: its status, its body and the rest."""
    end = heard.find(b'\r\n\r\n')
    if end < 0:
        return None
    length = int(re.search(rb'content-length: *(\d+)', heard[:end], re.I)[1])
    if len(heard) < end + 4 + length:
        return None
    return int(heard[9:12]), heard[end + 4:end + 4 + length], heard[end + 4 + length:]


def send_all(port, number, places, first, count, connections, said):
    """Sends `count` comments over `connections` that stay open, each as soon as the one before it
    was answered; tells what every answer was."""
    def request(n):
        body = json.dumps({'clause': places[n % len(places)],
                           'body': f'{WORDS[n % len(WORDS)]} (dồn dập {n})'},
                          ensure_ascii=False).encode()
        return (f'POST /api/v1/consultations/{number}/comments HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n'
                f'Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n').encode() + body

    poll, open_, heard, done = select.epoll(), {}, {}, []
    todo = iter(range(first, first + count))
    start = time.monotonic()
    for _ in range(min(connections, count)):
        line = socket.create_connection(('127.0.0.1', port))
        line.sendall(request(next(todo)))
        open_[line.fileno()], heard[line.fileno()] = line, b''
        poll.register(line, select.EPOLLIN)
    while open_:
        ready = poll.poll(60)
        if not ready:
            break  # What was not answered in a minute counts as not answered.
        for fd, _ in ready:
            bytes_ = open_[fd].recv(65536)
            heard[fd] += bytes_
            answer = answer_in(heard[fd])
            if answer:
                heard[fd] = answer[2]
                done.append(answer[:2])
                following = next(todo, None)
                if following is not None:
                    open_[fd].sendall(request(following))
                    continue
            elif bytes_:
                continue
            poll.unregister(fd)
            open_.pop(fd).close()
    said.send((time.monotonic() - start, done))


def in_processes(work, shares):
    """Runs `work(*share, pipe)` for each share in a process of its own; what each has sent."""
    fork = multiprocessing.get_context('fork')
    crowd = []
    for share in shares:
        ours, theirs = fork.Pipe()
        process = fork.Process(target=work, daemon=True, args=(*share, theirs))
        process.start()
        crowd.append((process, ours))
    said = [pipe.recv() for _, pipe in crowd]
    for process, _ in crowd:
        process.join()
    return said


def burst(city, number, places, count, connections):
    """What was answered 201, how many were not, and seconds."""
    each = count // SENDERS
    said = in_processes(send_all, [(city.port, number, places, n * each, each,
                                    max(connections // SENDERS, 1)) for n in range(SENDERS)])
    answers = [answer for _, done in said for answer in done]
    good = [json.loads(body) for status, body in answers if status == 201]
    return good, each * SENDERS - len(good), max(seconds for seconds, _ in said)


def check_receipt(city, sent, heads):
    """None, or what is wrong with the receipt of one comment that was accepted."""
    path = f'/consultations/comments/{sent["code"]}/receipt.tlog-proof'
    status, text, _ = city.ask('GET', path, headers={'X-Feedback-Secret': sent['secret'].replace('-', '')})
    if status != 200:
        return f'no receipt: {status}'
    try:
        receipt = verify_ledger.Receipt(text.decode())
        receipt.check(None)
    except (ValueError, verify_ledger.Wrong) as wrong:
        return str(wrong)
    heads[receipt.head.note] = receipt.head
    told = sent['receipt']
    if receipt.index != told['index'] or \
            verify_ledger.sha(b'\0' + receipt.leaf).hex() != told['leaf_hash'].replace(' ', ''):
        return 'the receipt is of another line than was told'
    return None


def check_some(city, sent, said):
    heads, wrong = {}, []
    for each in sent:
        fault = check_receipt(city, each, heads)
        if fault:
            wrong.append(fault)
    said.send((wrong, list(heads)))


def check_receipts(city, sent):
    """What is wrong with any of them, and under how many signed heads they stand."""
    half = (len(sent) + SENDERS - 1) // SENDERS
    said = in_processes(check_some, [(city, sent[n * half:(n + 1) * half]) for n in range(SENDERS)])
    policy = verify_ledger.Policy(city.get('/ledger/policy')[1].decode())
    notes = {note for _, heads in said for note in heads}
    wrong = [fault for faults, _ in said for fault in faults]
    for note in notes:
        try:
            policy.judge(verify_ledger.Head(note))
        except verify_ledger.Wrong as fault:
            wrong.append(str(fault))
    return wrong, len(notes)


HEAD = ['page', 'median ms', 'longest ms', 'bytes']


def measure(city, folder, options):
    """What stands above the table, the table's lines, and how many things went wrong."""
    number, keys = open_draft(city)
    places = [key for key in keys if key.startswith('d')][:PLACES_MAX] + ['all']
    connections = max(options.connections)
    sent, rate = fill(city, folder, number, places, options.comments, connections)
    cookie = staff_cookie(city, number)
    city.rest(600)
    have = count_of(city, number)
    above = [f'{bench_http.machine()}; one draft with {have:,} comments on {len(places)} places, '
             f'{sent:,} of them sent through the API at {rate:,.0f}/s with {connections} connections',
             f'the server held {city.memory():.0f} MB then']
    print('\n'.join(above), flush=True)
    lines = time_pages(city, number, places, cookie, 2 if options.small else 15)
    good, lost, seconds = burst(city, number, places, options.burst, connections)
    city.rest(600)
    wrong, heads = check_receipts(city, good)
    kept = count_of(city, number)
    above.append(f'a burst of {options.burst:,} comments: {len(good):,} answered 201 in {seconds:.1f} s '
                 f'({len(good) / seconds:,.0f}/s, the load on the same machine), {lost:,} not; every '
                 f'receipt of these fetched and checked afterwards against {heads:,} signed heads: '
                 f'{len(good) - len(wrong):,} hold, {len(wrong):,} do not; the draft counts {kept:,}')
    print(above[-1], *sorted(set(wrong))[:5], sep='\n')
    failed = sum(not line[4] for line in lines) + lost + len(wrong)
    return above, [(name, f'{p50:,.1f}', f'{most:,.1f}', f'{size:,}')
                   for name, p50, most, size, _ in lines], failed
