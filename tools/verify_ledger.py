#!/usr/bin/env python3
"""Checks a ledger of Lắng Nghe from outside: Python 3 alone, and not a line shared with the program.

  verify_ledger.py log URL [--policy FILE] [--since OLD] [--save FILE]   every leaf, tile and the head
  verify_ledger.py receipt FILE [--policy FILE] [--text FILE]            offline
  verify_ledger.py growth OLD NEW --log URL [--policy FILE]              that NEW continues OLD
  verify_ledger.py promise FILE --log URL [--policy FILE]                a promise: was it kept?
  verify_ledger.py promise FILE --receipt FILE --policy FILE             the same, offline
  verify_ledger.py counted FILE [--policy FILE]                          that a case is in a sum; offline
  verify_ledger.py counted RECEIPT --log URL [--policy FILE]             in which sum it must be

Exit status: 0 what was asked is so; 1 it is not so; 2 it could not be checked.
Formats: docs/formats/ledger.md, RFC 6962, RFC 8032, C2SP tlog-tiles, -checkpoint, -proof, -policy.
Sentences are Vietnamese where LANG says vi, else English.
"""
import argparse, base64, datetime, hashlib, hmac, http.client, json, os, re, sys, time, urllib.parse

VIETNAMESE = (os.environ.get("LC_ALL") or os.environ.get("LANG") or "").startswith("vi")


def say(vi, en):
    print(vi if VIETNAMESE else en)


class Wrong(Exception):      # It was checked and is not so.
    def __init__(self, vi, en):
        super().__init__(vi if VIETNAMESE else en)


class Unchecked(Wrong):      # It could not be checked.
    pass


# --- Ed25519 (RFC 8032 §5.1.7), slow and simple -------------------------------------------------

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def point_add(a, b):         # Extended coordinates X, Y, Z, T.
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def point_times(factor, point):
    out = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            out = point_add(out, point)
        point, factor = point_add(point, point), factor >> 1
    return out


def point_of(data):          # None unless `data` is the one spelling of a point.
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if x * x % P != square or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return (x, y, 1, x * y % P)


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, message, signature):
    a, s = point_of(key), int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or a is None or point_of(signature[:32]) is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    left, right = point_times(s, BASE), point_add(point_of(signature[:32]), point_times(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and \
           (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- tree (RFC 6962 §2.1, RFC 9162 §2.1.3 and §2.1.4) --------------------------------------------

def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\1" + left + right)


def is_included(index, size, leaf, proof, root):
    if index >= size or any(len(h) != 32 for h in (leaf, root, *proof)):
        return False
    fn, sn, r = index, size - 1, leaf
    for p in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            r = node(p, r)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            r = node(r, p)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and r == root


def is_consistent(old, new, old_root, new_root, proof):
    if any(len(h) != 32 for h in (old_root, new_root, *proof)):
        return False
    if old == new:
        return not proof and old_root == new_root
    if old > new or old == 0:
        return False
    path = ([old_root] if old & (old - 1) == 0 else []) + proof
    if not path:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            fr, sr = node(c, fr), node(c, sr)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            sr = node(sr, c)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and fr == old_root and sr == new_root


class Edge:                  # Roots of the complete subtrees of a growing tree, the largest first.
    def __init__(self):
        self.size, self.parts = 0, []

    def add(self, hash_):
        self.size += 1
        width = self.size
        while not width & 1:
            hash_, width = node(self.parts.pop(), hash_), width >> 1
        self.parts.append(hash_)

    def root(self):
        if not self.parts:
            return sha(b"")
        out = self.parts[-1]
        for part in reversed(self.parts[:-1]):
            out = node(part, out)
        return out


# --- notes, heads, policies, receipts ------------------------------------------------------------

def unbase64(text):
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical")
    return data


def canonical(value):        # RFC 8785, for what payloads hold: texts, whole numbers, lists.
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def number(text):
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text) or int(text) >= 2**63:
        raise ValueError("not a number")
    return int(text)


class Key:                   # name+id+base64(kind || key); kind 1 is a log's, 4 a witness's
    def __init__(self, text, kind):
        self.name, id_, data = text.split("+", 2)
        data = unbase64(data)
        self.kind, self.key, self.id = data[0], data[1:], bytes.fromhex(id_)
        if len(self.key) != 32 or self.kind != kind or not self.name or \
                sha(self.name.encode() + b"\n" + data)[:4] != self.id or id_ != self.id.hex():
            raise ValueError("not a key")


class Note:
    def __init__(self, note):
        end = note.rindex("\n\n")
        self.note, self.text = note, note[:end + 1]
        self.lines = note[end + 2:].split("\n")
        if len(note) > 1_000_000 or self.lines.pop() != "" or not 0 < len(self.lines) <= 100 or \
                any(ord(c) < 32 and c != "\n" or ord(c) == 127 for c in note):
            raise ValueError("not a note")
        self.signatures = []
        for line in self.lines:
            dash, name, blob = line.split(" ")
            blob = unbase64(blob)
            if dash != "—" or not name or len(blob) < 5:
                raise ValueError("not a signature")
            self.signatures.append((name, blob[:4], blob[4:]))

    def signed_by(self, key):        # None: not signed; else the time, 0 for a log's own signature.
        times = []                   # One forged signature of a known key spoils the whole note.
        for name, id_, blob in self.signatures:
            if (name, id_) != (key.name, key.id):
                continue
            time_, text = 0, self.text
            if key.kind == 4:
                time_ = int.from_bytes(blob[:8], "big")
                text, blob = f"cosignature/v1\ntime {time_}\n{text}", blob[8:]
            if not is_signed(key.key, text.encode(), blob):
                raise Wrong(f"Chữ ký mang tên {name} là giả.", f"The signature of {name} is forged.")
            times.append(time_)
        return times[0] if times else None


class Head(Note):
    def __init__(self, note):
        super().__init__(note)
        self.origin, size, root, rest = self.text.split("\n")
        self.size, self.root = number(size), unbase64(root)
        if rest or len(self.root) != 32 or not self.origin:
            raise ValueError("not a checkpoint")


class Promise(Note):                 # The file that a citizen kept, or the note in it alone.
    def __init__(self, text):
        self.opening = b""
        if text.startswith("langnghe/promise@v1\n"):
            above, _, text = text.partition("\n\n")
            for line in above.split("\n")[1:]:
                if not line.startswith("extra ") or self.opening:
                    raise ValueError("not a promise")
                self.opening = unbase64(line[6:])
        super().__init__(text)
        word, self.origin, leaf, before, rest = self.text.split("\n")
        self.leaf = unbase64(leaf)
        if word != "langnghe/promise/v1" or len(self.leaf) != 32 or rest or not self.origin or \
                not re.fullmatch(r"before [0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:00:00Z", before):
            raise ValueError("not a promise")
        self.before = int(datetime.datetime.fromisoformat(before[7:-1] + "+00:00").timestamp())

    def check(self, policy):
        if all(k.name != self.origin or self.signed_by(k) is None for k in policy.logs):
            raise Wrong("Sổ mà bạn tin không ký lời hứa này.",
                        "The log you trust has not signed this promise.")
        if self.opening and sha(b"\0" + Opening(self.opening).leaf) != self.leaf:
            raise Wrong("Phần mở kèm theo KHÔNG cho ra dòng đã hứa.",
                        "The opening beside it does NOT give the promised line.")


class Policy:
    def __init__(self, text):
        self.logs, self.witnesses, self.groups, self.quorum = [], {}, {}, ""
        self.grouped = set()         # A member stands in one group at most.
        for line in text.split("\n"):
            words = line.split()
            if words and not words[0].startswith("#"):
                self.take(line, words[0], words[1:])
        if not self.quorum or not self.logs:
            raise ValueError("no quorum, or no log")
        keys = [k.key for k in (*self.logs, *self.witnesses.values())]
        if len(set(keys)) != len(keys):   # It would count twice, or the log would watch itself.
            raise ValueError("one key under two names")

    def take(self, line, kind, rest):
        known = {"none", *self.groups, *self.witnesses}
        if kind == "log" and len(rest) in (1, 2):
            self.logs.append(Key(rest[0], 1))
        elif kind == "witness" and len(rest) in (2, 3) and rest[0] not in known:
            self.witnesses[rest[0]] = Key(rest[1], 4)
        elif kind == "group" and len(rest) > 2 and rest[0] not in known:
            name, how, members = rest[0], rest[1], rest[2:]
            needed = {"all": len(members), "any": 1}.get(how) or number(how)
            if not 1 <= needed <= len(members) or len(set(members)) != len(members) or \
                    not set(members) <= known - {"none"} or set(members) & self.grouped:
                raise ValueError(line)
            self.grouped |= set(members)
            self.groups[name] = (needed, members)
        elif kind == "quorum" and len(rest) == 1 and not self.quorum and rest[0] in known:
            self.quorum = rest[0]
        else:
            raise ValueError(line)

    def is_met(self, name, seen):
        if name == "none":
            return True
        if name in self.witnesses:
            return name in seen
        needed, members = self.groups[name]
        return sum(self.is_met(m, seen) for m in members) >= needed

    def judge(self, head):           # {witness: time}; raises unless log and quorum signed.
        if all(k.name != head.origin or head.signed_by(k) is None for k in self.logs):
            raise Wrong("Sổ mà bạn tin không ký đỉnh cây này.",
                        "The log you trust has not signed this head.")
        seen = {n: t for n, k in self.witnesses.items() if (t := head.signed_by(k)) is not None}
        if not self.is_met(self.quorum, seen):
            raise Wrong("Không đủ nhân chứng đã ký đỉnh cây này.",
                        "Not enough witnesses have signed this head.")
        return seen


class Opening:
    def __init__(self, extra):
        if extra[:1] != b"\1" or len(extra) < 2 + extra[1] + 128:
            raise ValueError("no opening")
        at = 2 + extra[1]
        self.code, self.key = extra[2:at].decode(), extra[at:at + 32]
        self.salt, self.body_salt = extra[at + 32:at + 96], extra[at + 96:at + 128]
        self.payload = extra[at + 128:]
        self.event = json.loads(self.payload, parse_float=lambda _: None)
        if not isinstance(self.event, dict) or canonical(self.event) != self.payload:
            raise ValueError("not canonical")  # Two readers could see two things in it.
        self.seq = self.event.get("seq")
        if type(self.seq) is not int or not 0 <= self.seq < 1 << 32:
            raise ValueError("no place in its case")
        tag = hmac.new(self.key, b"langnghe/tag/v1\n" + self.seq.to_bytes(4, "big"), "sha256")
        commit = sha(b"langnghe/commit/v1\n" + self.salt + self.payload)
        self.leaf = b"\1" + tag.digest() + commit


class Receipt(Opening):
    def __init__(self, text):
        above, _, note = text.partition("\n\n")
        lines = above.split("\n")
        if lines.pop(0) != "c2sp.org/tlog-proof@v1":
            raise ValueError("not a receipt")
        extra = unbase64(lines.pop(0)[6:]) if lines[0].startswith("extra ") else b""
        if not lines[0].startswith("index "):
            raise ValueError("no index")
        self.index = number(lines.pop(0)[6:])
        self.proof = [unbase64(line) for line in lines]
        if len(self.proof) > 63 or any(len(h) != 32 for h in self.proof):
            raise ValueError("not a proof")
        self.head = Head(note)
        super().__init__(extra)

    def check(self, policy):         # {witness: time} when a policy is given.
        if not is_included(self.index, self.head.size, sha(b"\0" + self.leaf), self.proof,
                           self.head.root):
            raise Wrong("Biên nhận KHÔNG đúng: dòng này không nằm trong cây đã ký.",
                        "The receipt does NOT hold: its line is not in the signed tree.")
        return policy.judge(self.head) if policy else None


def read(path, what=lambda text: text, limit=1_000_000):
    try:
        with open(path, "rb") as file:
            data = file.read(limit + 1)
        if len(data) > limit:
            raise ValueError("too large")
        return what(data.decode("utf-8"))
    except (OSError, ValueError, KeyError, IndexError, TypeError, RecursionError) as why:
        raise Unchecked(f"Không đọc được {path}: {why}", f"{path} cannot be read: {why}") from None


# --- public facts: 0x02 and one object in the canonical form of RFC 8785 ---------------------------

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
FIGURES = ["received", "answered", "late", "overdue", "reopened", "solved"]
FACT_NAMES = {"consultation": {"closes", "comments", "consultation", "k", "t", "text", "v", "version", "what"},
              "disclosure": {"authority", "k", "outcome", "t", "v"},
              "grassroots": {"count", "hash", "k", "number", "room", "t", "unit", "until", "v", "what"},
              "open_data": {"day", "k", "manifest", "t", "v"},
              "settings": {"code", "from", "k", "list", "t", "v", "value"},
              "supervision": {"count", "hash", "k", "number", "programme", "t", "unit", "until", "v", "what"},
              "survey": {"count", "hash", "k", "survey", "t", "unit", "until", "v", "what"},
              "daily": {"counts", "day", "k", "lines", "part", "parts", "t", "v"},
              "calendar": {"days", "k", "part", "parts", "t", "v"},
              "deadlines": {"k", "part", "parts", "t", "topics", "v"},
              "keys": {"k", "log", "t", "v", "witnesses"},
              "monthly": {"k", "month", "part", "parts", "sums", "t", "v"},
              "origin": {"k", "kept", "old", "t", "v"}}


def is_code(text):
    return isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9._-]{1,64}", text) is not None


def is_count(value, least=0):
    return type(value) is int and least <= value < 2**53


def is_hash(text):
    return isinstance(text, str) and re.fullmatch(r"[0-9a-f]{64}", text) is not None


def day_in(text):
    if not isinstance(text, str) or not DAY.fullmatch(text):
        raise ValueError("not a day")
    return datetime.date.fromisoformat(text)


def next_month(month):
    year, number_ = int(month[:4]), int(month[5:])
    return f"{year + number_ // 12:04}-{number_ % 12 + 1:02}"


def sum_rows(rows):          # Of a month, in their order: {(unit, figure): (sum, root)}.
    out, before = {}, ("", -1)
    for unit, figure, count, root in rows:
        row = (unit, FIGURES.index(figure))
        if not (unit == "*" or is_code(unit)) or row <= before or not is_hash(root) or \
                not is_count(count, 10 if unit == "*" else 5):
            raise ValueError("not a row of sums")
        out[row], before = (count, bytes.fromhex(root)), row
    return out


class Facts:
    """Takes the public facts of a log in their order; raises ValueError for what cannot be one, or
    cannot follow the ones before: a day twice or left out, a count below the floor, stretches of
    days that overlap or leave a gap."""

    def __init__(self, root=None):   # of the leaves before the one that is taken
        self.root, self.before = root, []
        self.day = self.first = self.waiting = None
        self.counted = 0             # so many lines the next day must count at least
        self.days, self.erased, self.told, self.next, self.kinds = 0, {}, {}, {}, {}
        self.stretches = []          # (unit and figure, day it was told, lines counted)
        self.began = None            # the first month
        self.ended, self.month, self.sums, self.month_part = {}, None, {}, None

    def take(self, index, leaf):
        text = leaf[1:].decode("utf-8")
        fact = json.loads(text, parse_float=lambda _: float("nan"))
        if not isinstance(fact, dict) or json.dumps(fact, sort_keys=True, ensure_ascii=False,
                                                    separators=(",", ":")) != text:
            raise ValueError("not canonical")
        kind = fact.get("k")
        names = set(fact) - {"erased" if fact.get("part") == 1 else "", "policy"}
        if FACT_NAMES.get(kind) != names or fact["v"] != 1 or len(leaf) > 16_384:
            raise ValueError("not a known fact")
        datetime.datetime.strptime(fact["t"], "%Y-%m-%dT%H:%M:%SZ")
        if "part" in fact and not (is_count(fact["part"], 1) and is_count(fact["parts"], 1) and
                                   fact["part"] <= fact["parts"]):
            raise ValueError("not a part")
        getattr(self, "take_" + kind)(index, fact)
        self.kinds[kind] = self.kinds.get(kind, 0) + 1

    def take_keys(self, _, fact):
        if not all(map(is_hash, [fact["log"], fact.get("policy", fact["log"]), *fact["witnesses"]])):
            raise ValueError("not a key")

    def take_origin(self, index, fact):   # This log begins after another, of which `kept` stay.
        old = fact["old"]
        key, last = Key(old["key"], 1), Head(old["note"])
        if set(old) != {"key", "note", "origin", "root", "size"} or fact["kept"] != index or \
                (last.origin, last.size, last.root) != (old["origin"], old["size"], unbase64(old["root"])):
            raise ValueError("it says another thing than the old head")
        if last.origin != key.name or len(last.signatures) != 1 or last.signed_by(key) is None:
            raise ValueError("the old log has not signed its last head")
        if last.size == index and self.root and last.root != self.root():
            raise ValueError("the old log's last head is not of the leaves before it")
        self.before.append((old["origin"], index, last.size))

    def take_consultation(self, _, fact):
        day_in(fact["closes"])
        if not (is_hash(fact["text"]) and is_code(fact["what"]) and
                all(map(is_count, [fact["comments"], fact["consultation"], fact["version"]]))):
            raise ValueError("not a draft")

    def take_disclosure(self, _, fact):
        if not is_code(fact["authority"]) or not is_code(fact["outcome"]):
            raise ValueError("not a disclosure")

    def take_open_data(self, _, fact):
        day_in(fact["day"])
        if not is_hash(fact["manifest"]):
            raise ValueError("not a manifest")

    def take_settings(self, _, fact):
        day_in(fact["from"])
        if not is_code(fact["code"]) or not is_code(fact["list"]) or not is_hash(fact["value"]):
            raise ValueError("not a setting")

    def take_supervision(self, _, fact):   # tools/redraw.py draws again what it says.
        datetime.datetime.strptime(fact["until"], "%Y-%m-%dT%H:%M:%SZ")
        if not (is_hash(fact["hash"]) and is_code(fact["unit"]) and is_code(fact["what"]) and
                all(map(is_count, [fact["count"], fact["number"], fact["programme"]]))):
            raise ValueError("not an event of a programme")

    def take_survey(self, _, fact):
        datetime.datetime.strptime(fact["until"], "%Y-%m-%dT%H:%M:%SZ")
        if not (is_hash(fact["hash"]) and is_code(fact["unit"]) and is_code(fact["what"]) and
                all(map(is_count, [fact["count"], fact["survey"]]))):
            raise ValueError("not an event of a survey")

    def take_grassroots(self, _, fact):   # tools/recount.py counts a ballot again.
        datetime.datetime.strptime(fact["until"], "%Y-%m-%dT%H:%M:%SZ")
        if not (is_hash(fact["hash"]) and all(map(is_code, [fact["room"], fact["unit"], fact["what"]])) and
                all(map(is_count, [fact["count"], fact["number"]]))):
            raise ValueError("not an event of grassroots democracy")

    def take_calendar(self, _, fact):
        for day, kind, words in fact["days"]:
            day_in(day)
            if kind not in ("holiday", "swap_off", "comp_off", "makeup_work", "plain") or \
                    not is_hash(words):
                raise ValueError("not a day of a calendar")

    def take_deadlines(self, _, fact):
        codes = [code for code, measure, count in fact["topics"]
                 if is_code(code) and measure in ("working_hours", "working_days", "calendar_days")
                 and is_count(count, 1)]
        if len(codes) != len(fact["topics"]) or sorted(set(codes)) != codes:
            raise ValueError("not a table of deadlines")

    def take_daily(self, index, fact):
        day = day_in(fact["day"])
        place = (fact["part"], fact["parts"], day, fact["t"], fact["lines"])
        if place != self.waiting and (self.waiting or fact["part"] != 1):
            raise ValueError("a part of a day is missing")
        if fact["part"] == 1:
            if self.day and day != self.day + datetime.timedelta(1):
                raise ValueError(f"{day} follows {self.day}")
            if not is_count(fact["lines"]) or not self.counted <= fact["lines"] <= index:
                raise ValueError("it does not count the lines before it")
            self.day, self.days = day, self.days + 1
            self.began = self.began or str(day)[:7]
            for reason, count in fact["erased"].items():
                if not re.fullmatch(r"[a-z_]{1,64}", reason) or not is_count(count, 1):
                    raise ValueError("not a count of erasures")
                self.erased[reason] = self.erased.get(reason, 0) + count
        self.counted = index + 1
        self.waiting = (fact["part"] + 1, *place[1:]) if fact["part"] < fact["parts"] else None
        before = ("", -1)
        for unit, figure, since, count in fact["counts"]:
            row, begun = (unit, FIGURES.index(figure)), day_in(since)
            if not (unit == "*" or is_code(unit)) or row <= before:
                raise ValueError("not a row of counts")
            if not is_count(count, 10 if unit == "*" else 5):
                raise ValueError(f"{unit} {figure}: a count below the floor")
            due = self.next.get(row) or self.first or begun
            if begun != due or begun > day:
                raise ValueError(f"{unit} {figure}: days from {begun} that should begin on {due}")
            self.first, self.next[row], before = self.first or begun, day + datetime.timedelta(1), row
            self.told[figure] = self.told.get(figure, 0) + count
            sums = self.ended.setdefault(str(day)[:7], {})
            sums[row] = sums.get(row, 0) + count
            self.stretches.append((row, day, fact["lines"]))

    def take_monthly(self, index, fact):  # The sums of the stretches that ended in one month.
        month, place = fact["month"], (fact["month"], fact["part"], fact["parts"], fact["t"])
        if place != self.month_part and (self.month_part or fact["part"] != 1):
            raise ValueError("a part of a month is missing")
        if fact["part"] == 1:
            due = self.month or self.began
            if month != due:
                raise ValueError(f"the sums of {month} that should be those of {due}")
            after = next_month(month)
            if self.waiting or self.day + datetime.timedelta(1) < day_in(f"{after}-01"):
                raise ValueError(f"{month} is not over")
            self.sums[month], self.month = {}, after
        self.sums[month].update({row: (*sum_, index) for row, sum_ in sum_rows(fact["sums"]).items()})
        self.month_part = None
        if fact["part"] < fact["parts"]:
            self.month_part = (month, fact["part"] + 1, *place[2:])
        elif {row: sum_[0] for row, sum_ in self.sums[month].items()} != self.ended.get(month, {}):
            raise ValueError(f"the sums of {month} are not those of its stretches")

    def tell(self):
        for name, kept, size in self.before:
            lost = max(size - kept, 0)
            say(f"  {kept} dòng đầu là của sổ {name}; dấu niêm phong cuối của nó có {size} dòng: mất {lost}.",
                f"  The first {kept} lines come from the log {name}; its last head is of {size}: {lost} lost.")
        if not self.kinds:
            return
        total = ", ".join(f"{word} {self.erased[word]}" for word in sorted(self.erased)) or "0"
        counts = ", ".join(f"{word} {self.told[word]}" for word in FIGURES if word in self.told) or "0"
        if self.sums:
            say(f"  Cây tổng: {len(self.sums)} tháng, mỗi tổng đúng bằng các số đã nói trong tháng.",
                f"  Sum trees: {len(self.sums)} months, each sum that of the numbers told in it.")
        say(f"  Số liệu công khai: {self.days} ngày liền nhau; đã xóa: {total}; đã đếm: {counts}.",
            f"  Public figures: {self.days} days without a gap; erased: {total}; counted: {counts}.")


# --- a log over HTTP -----------------------------------------------------------------------------

class Site:
    def __init__(self, url):
        self.url = urllib.parse.urlsplit(url.rstrip("/"))
        self.connection = None

    def get(self, path, limit=70_000):
        for attempt in range(6):
            try:
                if self.connection is None:
                    kind = http.client.HTTPSConnection if self.url.scheme == "https" else \
                        http.client.HTTPConnection
                    self.connection = kind(self.url.netloc, timeout=30)
                self.connection.request("GET", f"{self.url.path}/{path}")
                answer = self.connection.getresponse()
                data = answer.read(limit + 1)
                if answer.status == 429:     # We ask more than this server likes: wait as it says.
                    self.connection.close()
                    self.connection = None
                    time.sleep(min(60, int(answer.headers.get("Retry-After") or 5)))
                    continue
                if answer.status != 200 or len(data) > limit:
                    raise Wrong(f"Máy chủ không đưa ra {path} ({answer.status}).",
                                f"The server does not show {path} ({answer.status}).")
                return data
            except (OSError, http.client.HTTPException) as failure:
                self.connection, why = None, failure
                time.sleep(attempt)
        raise Unchecked(f"Không tới được máy chủ ({path}).", f"The server cannot be reached ({path}).")


def tile_path(level, n, width):
    digits = f"{n:03}" if n < 1000 else ""
    if not digits:
        groups = []
        while n or not groups:
            groups.insert(0, f"{n % 1000:03}")
            n //= 1000
        digits = "/".join([f"x{g}" for g in groups[:-1]] + groups[-1:])
    return f"tile/{level}/{digits}" + (f".p/{width}" if width < 256 else "")


def check_leaf(facts, index, entry):
    if entry[:1] == b"\1" and len(entry) == 65:
        return
    try:                             # Nothing else has a place in this log.
        if entry[:1] != b"\2":
            raise ValueError("no known form")
        facts.take(index, entry)
    except (Wrong, ValueError, KeyError, TypeError, AttributeError, RecursionError) as why:
        raise Wrong(f"Lá {index} không phải là lá của một sự việc: {why}.",
                    f"Leaf {index} is not a leaf of an event: {why}.") from None


def audit(site, head, old, show, wanted=None):
    """Each leaf ↔ its tile ↔ the tiles above ↔ the root. Holds one tile of each level, no more.
    Gives what is said in clear, and the number of the leaf whose hash is `wanted`; None when there
    is none."""
    edge, above, found = Edge(), [[] for _ in range(8)], None
    facts = Facts(edge.root)
    bad = lambda path: Wrong(f"{path} không khớp với sổ đã ký.", f"{path} is not what was signed.")

    def close(level, n):             # The tile `n` of `level` is complete as far as the tree goes.
        hashes = above[level]
        path = tile_path(level, n, len(hashes))
        if site.get(path) != b"".join(hashes):
            raise bad(path)
        if len(hashes) == 256:
            inner = Edge()
            for each in hashes:
                inner.add(each)
            above[level + 1].append(inner.root())
            if len(above[level + 1]) == 256:
                close(level + 1, n >> 8)
        above[level] = []

    for first in range(0, head.size, 256):
        width = min(256, head.size - first)
        path = tile_path("entries", first >> 8, width)
        bundle, at = site.get(path, 256 * 65_537), 0
        for _ in range(width):
            size = int.from_bytes(bundle[at:at + 2], "big")
            entry = bundle[at + 2:at + 2 + size]
            if at + 2 + size > len(bundle):
                raise bad(path)
            check_leaf(facts, edge.size, entry)
            at += 2 + size
            above[0].append(sha(b"\0" + entry))
            if above[0][-1] == wanted and found is None:
                found = edge.size
            edge.add(above[0][-1])
            if old and edge.size == old.size and edge.root() != old.root:
                raise Wrong("Lịch sử đã bị VIẾT LẠI: sổ này không tiếp nối đỉnh cây cũ.",
                            "History was REWRITTEN: this log does not continue the old head.")
        if at != len(bundle):
            raise bad(path)
        close(0, first >> 8)
        show(first + width, head.size)
    for level in range(1, 8):        # What is left is partial; full tiles were closed on the way.
        if above[level]:
            close(level, head.size >> 8 * (level + 1))
    if edge.root() != head.root:
        raise Wrong("Các dòng không cho ra đỉnh cây đã ký.", "The leaves do not give the signed root.")
    if facts.waiting or facts.month_part:
        raise Wrong("Thiếu một phần của một dòng công khai.", "A part of a public fact is missing.")
    return facts, found


def stored(site, size):              # (level of a complete subtree, its number) → hash, by tiles
    kept = {}

    def hash_of(level, n):
        if level % 8:
            return node(hash_of(level - 1, 2 * n), hash_of(level - 1, 2 * n + 1))
        tile, all_ = (level // 8, n >> 8), size >> level
        width = min(256, all_ - (tile[1] << 8))
        if tile not in kept:
            kept[tile] = site.get(tile_path(*tile, width))
            if len(kept[tile]) != 32 * width:
                raise Wrong("Một ô có độ dài sai.", "A tile has the wrong length.")
        return kept[tile][32 * (n & 255):32 * (n & 255) + 32]

    def span(first, end):            # RFC 6962: the root of leaves first…end, which starts aligned.
        count = end - first
        if count & (count - 1) == 0:
            return hash_of(count.bit_length() - 1, first // count)
        k = 1 << (count - 1).bit_length() - 1
        return node(span(first, first + k), span(first + k, end))
    return span


def consistency(old, new, span):
    def walk(m, first, end, whole):
        if m == end - first:
            return [] if whole else [span(first, end)]
        k = 1 << (end - first - 1).bit_length() - 1
        if m <= k:
            return walk(m, first, first + k, whole) + [span(first + k, end)]
        return walk(m - k, first + k, end, False) + [span(first, first + k)]
    return walk(old, 0, new, True) if 0 < old < new else []


# --- commands ------------------------------------------------------------------------------------

def progress(done, all_):
    if sys.stderr.isatty():
        print(f"\r{done}/{all_} ({100 * done // all_} %)", end="\n" if done == all_ else "",
              file=sys.stderr)


def trust(given, site=None):
    if given.policy:
        return read(given.policy, Policy)
    if site is None:
        return None
    say("Chưa có tệp tin cậy của riêng bạn: dùng tệp do máy chủ tự đưa ra.",
        "You brought no policy of your own: using the one this server shows.")
    try:
        return Policy(site.get("policy").decode())
    except (ValueError, IndexError):
        raise Wrong("Tệp tin cậy sai.", "The policy is malformed.") from None


def log(given):
    site = Site(given.url)
    policy, old = trust(given, site), given.since and read(given.since, Head)
    try:
        head = Head(site.get("checkpoint").decode())
    except (ValueError, IndexError):
        raise Wrong("Đỉnh cây sai khuôn dạng.", "The head is malformed.") from None
    seen = policy.judge(head)
    if old:
        policy.judge(old)
        if old.size > head.size:
            raise Wrong("Sổ đã LÙI lại: nay ngắn hơn đỉnh cây cũ.",
                        "The log was ROLLED BACK: it is shorter than the old head.")
        if old.size == head.size and old.root != head.root:
            raise Wrong("Hai lịch sử khác nhau cùng được ký.", "Two different histories were signed.")
    facts, _ = audit(site, head, old, progress)
    if given.save:
        with open(given.save, "w", encoding="utf-8") as file:
            file.write(head.note)
    tell_witnesses(seen)
    facts.tell()
    say(f"ĐÚNG: cả {head.size} dòng khớp với đỉnh cây đã ký.",
        f"HOLDS: all {head.size} lines fit the signed head.")


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def tell_witnesses(seen):
    for name, at in sorted((seen or {}).items()):
        say(f"  Nhân chứng {name} đã thấy lúc {moment(at)}.", f"  Witness {name} saw it at {moment(at)}.")
    if not seen:
        say("  Chưa có nhân chứng nào ký: chỉ có lời của thành phố.",
            "  No witness has signed: this is the city's word alone.")


def receipt(given):
    text = given.text and read(given.text)
    for one in read(given.file, receipts):
        seen = one.check(trust(given))
        event = one.event
        say(f"ĐÚNG: dòng {one.index}: {event['k']} lúc {event['t']}.",
            f"HOLDS: line {one.index}: {event['k']} at {event['t']}.")
        say(f"  Chỉ ghi kèm, không được chứng minh: mã {one.code}, chữ ký của người gửi"
            + (", muối của nguyên văn." if text is None else "."),
            f"  Only stated, not proved here: the code {one.code}, the sender's signature"
            + (", the salt of the text." if text is None else "."))
        if "due" in event:
            say(f"  Hạn trả lời: {event['due']}.", f"  To be answered by {event['due']}.")
        if given.policy:
            tell_witnesses(seen)
        else:
            say("  Không có tệp tin cậy: chưa kiểm chữ ký.", "  No policy given: signatures not checked.")
        if text is not None and sha(one.body_salt + text.rstrip("\n").encode()).hex() != event.get("body"):
            raise Wrong("Nội dung KHÔNG phải là nội dung đã ghi sổ.",
                        "The text is NOT the one that was recorded.")


def receipts(text):
    parts = text.split("\n--\n")
    if len(parts) == 1:
        return [Receipt(text)]
    if parts.pop() != "" or len(parts) > 1000:
        raise ValueError("not a list of receipts")
    out = [Receipt(part + "\n") for part in parts]
    before = ""
    for place, one in enumerate(out):
        if one.seq != place or one.event["prev"] != before or one.key != out[0].key:
            raise ValueError("an event of the case is missing or was slipped in")
        before = sha(b"\0" + one.leaf).hex()
    return out


def growth(given):
    old, new, site = read(given.old, Head), read(given.new, Head), Site(given.log)
    policy = trust(given, site)
    policy.judge(old), policy.judge(new)
    if old.size > new.size:
        raise Unchecked(f"Bản trước có {old.size} dòng, nhiều hơn bản sau ({new.size}): hai tệp đổi chỗ, "
                        "hoặc sổ đã bị lùi về trạng thái cũ. Hãy đổi chỗ hai tệp rồi kiểm lại.",
                        f"The first has {old.size} lines, more than the second ({new.size}): the files "
                        "are swapped, or the ledger was taken back. Swap them and check again.")
    proof = consistency(old.size, new.size, stored(site, new.size)) if old.size else []
    if old.size and not is_consistent(old.size, new.size, old.root, new.root, proof):
        raise Wrong("Lịch sử đã bị VIẾT LẠI giữa hai đỉnh cây này.",
                    "History was REWRITTEN between these two heads.")
    say(f"ĐÚNG: {new.size} dòng tiếp nối nguyên vẹn {old.size} dòng cũ.",
        f"HOLDS: the {new.size} lines continue the {old.size} unchanged.")


def promise(given):
    one = read(given.file, Promise)
    site = given.log and Site(given.log)
    policy = trust(given, site)
    if policy is None:
        raise Unchecked("Cần --policy, hoặc --log.", "This needs --policy, or --log.")
    one.check(policy)
    say(f"Sổ {one.origin} đã hứa: dòng này vào sổ trước {moment(one.before)}.",
        f"The log {one.origin} promised this line before {moment(one.before)}.")
    seen, line = None, None
    if given.receipt:
        shown = read(given.receipt, receipts)[0]
        if sha(b"\0" + shown.leaf) != one.leaf or shown.head.origin != one.origin:
            raise Unchecked("Biên nhận là của dòng khác.", "The receipt is of another line.")
        seen, line = shown.check(policy), shown.index
    elif site:
        try:
            head = Head(site.get("checkpoint").decode())
        except (ValueError, IndexError):
            raise Wrong("Đỉnh cây sai khuôn dạng.", "The head is malformed.") from None
        seen = policy.judge(head)
        _, line = audit(site, head, None, progress, one.leaf)
    else:
        raise Unchecked("Cần --receipt, hoặc --log.", "This needs --receipt, or --log.")
    rule(one, policy, seen, line, bool(given.receipt))


def rule(one, policy, seen, line, by_receipt):
    tell_witnesses(seen)
    if line is None:
        if time.time() < one.before:
            return say("CHƯA ĐẾN: dòng chưa có trong sổ, và chưa đến giờ.",
                       "NOT YET: the line is not there, and the hour has not come.")
        raise Wrong("THẤT HỨA: đã quá giờ mà dòng không có trong sổ.",
                    "BROKEN: the hour has passed, and the line is not in the log.")
    in_time = {name for name, at in seen.items() if at <= one.before}
    if policy.quorum != "none" and policy.is_met(policy.quorum, in_time):
        return say(f"GIỮ LỜI: dòng {line} đã vào sổ đúng hạn.", f"KEPT: it is line {line}, in time.")
    if by_receipt and policy.quorum != "none":
        raise Wrong(f"TRỄ: dòng {line}, nhưng không đủ nhân chứng thấy đúng hạn.",
                    f"LATE: it is line {line}, but not enough witnesses saw it in time.")
    say(f"CÓ TRONG SỔ: dòng {line}. Vào lúc nào thì biên nhận có nhân chứng mới cho thấy.",
        f"IN THE LOG: it is line {line}. When it came is shown by a receipt with witnesses.")


ANSWERS = ("answered", "promised", "declined", "redirected")
COUNTED_AS = {"received": ("received",), "overdue": ("received",), "answered": ANSWERS,
              "late": ANSWERS, "reopened": ("reopened",), "solved": ("closed",)}


def sum_label(key, seq, figure):
    return hmac.new(key, b"langnghe/sum/v1\n" + seq.to_bytes(4, "big") + figure.encode(), "sha256").digest()


def public_code(code):
    return code if is_code(code) else "x-" + sha(code.encode()).hex()[:16]


class Counted:               # The file of a holder whose case is a leaf of a tree of sums.
    def __init__(self, text):
        above, _, rest = text.partition("\n\n")
        lines = above.split("\n")
        if lines.pop(0) != "langnghe/counted@v1":
            raise ValueError("not a proof of counting")
        unit, figure = lines.pop(0), lines.pop(0)
        self.unit, self.figure = unit.removeprefix("unit "), figure.removeprefix("figure ")
        if f"unit {self.unit}" != unit or f"figure {self.figure}" != figure or \
                not (self.unit == "*" or is_code(self.unit)) or self.figure not in FIGURES:
            raise ValueError("no unit and figure")
        self.steps = []
        for line in lines:
            side, sum_, hash_ = line.split(" ")
            sum_, hash_ = number(sum_), unbase64(hash_)
            if side not in ("left", "right") or not 0 < sum_ < 2**53 or len(hash_) != 32:
                raise ValueError("not a step")
            self.steps.append((side, sum_, hash_))
        fact, event, end = rest.split("\n--\n")
        if end or len(self.steps) > 53:
            raise ValueError("not two receipts")
        self.fact, self.event = PublicReceipt(fact + "\n"), Receipt(event + "\n")
        if self.fact.fact.get("k") != "monthly":
            raise ValueError("no sums of a month")

    def check(self, policy):
        self.fact.check(policy)
        seen = self.event.check(policy)
        event, place = self.event.event, (self.unit, FIGURES.index(self.figure))
        if event["k"] not in COUNTED_AS[self.figure] or (self.figure == "solved" and "sig" not in event):
            raise Wrong("Sự việc này không thể được đếm ở mục đó.", "This event cannot be counted so.")
        if self.figure == "received" and self.unit not in ("*", public_code(event.get("unit", ""))):
            raise Wrong("Bị đếm cho một đơn vị khác.", "It is counted for another unit.")
        if self.fact.head.origin != self.event.head.origin:
            raise Wrong("Hai biên nhận của hai sổ.", "The receipts are of two logs.")
        told = sum_rows(self.fact.fact["sums"]).get(place)
        label = sum_label(self.event.key, self.event.seq, self.figure)
        one = (1).to_bytes(8, "big")
        total, hash_ = 1, sha(b"langnghe/sum-leaf/v1\n" + label + one)
        for side, sum_, other in self.steps:      # Both sums are hashed, each beside its child.
            pair = [(hash_, total), (other, sum_)]
            left, right = pair if side == "right" else pair[::-1]
            hash_ = sha(b"langnghe/sum-node/v1\n" + left[0] + left[1].to_bytes(8, "big") +
                        right[0] + right[1].to_bytes(8, "big"))
            total += sum_
            if total >= 2**53:
                raise Wrong("Tổng quá lớn.", "The sum is too large.")
        if told != (total, hash_):
            raise Wrong("KHÔNG được đếm: lá không dẫn tới gốc cây và tổng số đã công bố.",
                        "NOT counted: the leaf does not lead to the root and the sum that were told.")
        return total, seen


class PublicReceipt:         # That a public fact stands in the log; its extra is the leaf itself.
    def __init__(self, text):
        above, _, note = text.partition("\n\n")
        word, extra, index, *proof = above.split("\n")
        if word != "c2sp.org/tlog-proof@v1" or extra[:6] != "extra " or index[:6] != "index ":
            raise ValueError("not a receipt")
        self.leaf, self.index = unbase64(extra[6:]), number(index[6:])
        self.proof, self.head = [unbase64(line) for line in proof], Head(note)
        if self.leaf[:1] != b"\2" or len(self.proof) > 63:
            raise ValueError("not a public fact")
        self.fact = json.loads(self.leaf[1:])
        if not isinstance(self.fact, dict) or canonical(self.fact) != self.leaf[1:]:
            raise ValueError("not canonical")

    def check(self, policy):
        if not is_included(self.index, self.head.size, sha(b"\0" + self.leaf), self.proof, self.head.root):
            raise Wrong("Dòng công khai KHÔNG nằm trong cây đã ký.",
                        "The public fact is NOT in the signed tree.")
        if policy:
            policy.judge(self.head)


def counted(given):
    text = read(given.file)
    if given.log:
        return must_be_counted(given, read(given.file, receipts)[0])
    if not text.startswith("langnghe/counted@v1"):
        raise Unchecked("Một biên nhận thì cần --log.", "A receipt needs --log.")
    one, policy = read(given.file, Counted), trust(given)
    total, seen = one.check(policy)
    say(f"ĐÃ ĐẾM: {one.figure}, {one.unit}, tháng {one.fact.fact['month']}: một trong {total}.",
        f"COUNTED: {one.figure}, {one.unit}, {one.fact.fact['month']}: one of {total}.")
    if policy:
        tell_witnesses(seen)
    else:
        say("  Không có tệp tin cậy: chưa kiểm chữ ký.", "  No policy given: signatures not checked.")


def must_be_counted(given, one):     # In which sum a sending must be, by the log alone.
    site = Site(given.log)
    policy = trust(given, site)
    one.check(policy)
    if one.event["k"] != "received":
        raise Unchecked("Cần biên nhận của lúc gửi.", "This needs the receipt of the sending.")
    try:
        head = Head(site.get("checkpoint").decode())
    except (ValueError, IndexError):
        raise Wrong("Đỉnh cây sai khuôn dạng.", "The head is malformed.") from None
    policy.judge(head)
    facts, _ = audit(site, head, None, progress)
    at = datetime.datetime.fromisoformat(one.event["t"][:-1] + "+00:00")
    day = (at + datetime.timedelta(hours=7)).date()
    unit = public_code(one.event.get("unit", ""))
    for row, told, lines in facts.stretches:
        if row == (unit, 0) and told >= day and lines > one.index:
            month = str(told)[:7]
            if month not in facts.sums:
                return say(f"Nằm trong số của {unit} ngày {told}; cây tổng {month} chưa lập.",
                           f"It is in the number of {unit} told for {told}; the tree of {month} is to come.")
            total, root, line = facts.sums[month][row]
            return say(f"Phải là một trong {total} của {unit}, tháng {month} (dòng {line}, gốc {root.hex()}),"
                       " trừ khi là phản ánh về cán bộ, cần bảo vệ hoặc do cán bộ nhập giúp.",
                       f"It must be one of the {total} of {unit}, {month} (line {line}, root {root.hex()}), unless"
                       " it is about conduct, protected, or was typed by a clerk.")
    say(f"CHƯA: chưa có số nào của {unit} tính đến nó.", f"NOT YET: no number of {unit} counts it so far.")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for run, plain, options in ((log, ["url"], ["policy", "since", "save"]),
                                (receipt, ["file"], ["policy", "text"]),
                                (growth, ["old", "new"], ["log!", "policy"]),
                                (promise, ["file"], ["log", "policy", "receipt"]),
                                (counted, ["file"], ["log", "policy"])):
        command = commands.add_parser(run.__name__)
        command.set_defaults(run=run)
        for word in plain:
            command.add_argument(word)
        for option in options:
            command.add_argument("--" + option.rstrip("!"), required=option.endswith("!"))
    given = parser.parse_args()
    try:
        return given.run(given) or 0
    except Wrong as wrong:
        print(wrong, file=sys.stderr)
        return 2 if isinstance(wrong, Unchecked) else 1


if __name__ == "__main__":
    sys.exit(main())
