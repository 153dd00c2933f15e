#!/usr/bin/env python3
"""Tests of verify_ledger.py against test/vectors and against a log that this file serves."""
import base64, json, os, sys
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import verify_ledger as v

VECTORS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "test", "vectors")
counts = {True: 0, False: 0}


def check(what, good):
    counts[bool(good)] += 1
    if not good:
        print("failed:", what)


def fails(act):
    try:
        act()
    except (v.Wrong, ValueError, IndexError):
        return True
    return False


def vector(name):
    with open(os.path.join(VECTORS, name), encoding="utf-8") as file:
        return file.read()


def un64(text):
    return b"" if text == "-" else base64.b64decode(text)


for line in vector("merkle_probes.txt").splitlines():
    if not line or line.startswith("#"):
        continue
    kind, verdict, name, a, b, x, y, *proof = line.split(" ")
    proof = [un64(p) for p in " ".join(proof).replace(",", " ").split()]
    one, two = (v.is_included if kind == "inclusion" else v.is_consistent), [un64(x), un64(y)]
    if kind == "consistency" and verdict == "accept":    # One of these names roots that are no hashes.
        two = [r if len(r) == 32 else v.sha(r) for r in two]
    got = one(int(a), int(b), two[0], proof, two[1]) if kind == "inclusion" else \
        one(int(a), int(b), two[0], two[1], proof)
    # Growth from the empty tree shows nothing; here as in the program it is refused.
    check(f"{kind} {name}", got == (verdict == "accept") or (kind != "inclusion" and int(a) == 0))

keys = {w[1]: w[2] for w in (l.split(" ") for l in vector("tlog.txt").splitlines()) if w[0] == "key"}
policy = v.Policy(f"log {keys['logVkey']}\nwitness mttq {keys['witnessVkey']}\nquorum mttq\n")
note = vector("checkpoint.txt")
check("signed and witnessed", policy.judge(v.Head(note)) == {"mttq": int(keys["witnessTime"])})
lines = note.split("\n")
check("another size", fails(lambda: policy.judge(v.Head(note.replace("\n257\n", "\n258\n")))))
check("without the witness", fails(lambda: policy.judge(v.Head("\n".join(lines[:5] + [""])))))
check("without the log", fails(lambda: policy.judge(v.Head("\n".join(lines[:4] + lines[5:])))))
blob = bytearray(un64(lines[5].split(" ")[2]))
blob[11] ^= 1     # The time at which the witness says it saw the head.
lines[5] = lines[5].rsplit(" ", 1)[0] + " " + base64.b64encode(blob).decode()
check("another time", fails(lambda: policy.judge(v.Head("\n".join(lines)))))


def opened(payload):     # A receipt that opens to `payload`; whether it is in the tree is not asked.
    extra = b"\1\2AB" + bytes(128) + payload
    return v.Receipt("c2sp.org/tlog-proof@v1\nextra " + base64.b64encode(extra).decode() +
                     "\nindex 0\n\n" + note)


plain = '{"k":"received","prev":"","seq":0,"unit":"Đ\\n\\u001f","v":1}'.encode()
check("a canonical payload", not fails(lambda: opened(plain)))
for name, other in {"spaces": plain.replace(b":", b": "), "a line after": plain + b"\n",
                    "order": b'{"seq":0,"k":"received"}', "escapes": plain.replace(b"k", b"\\u006b"),
                    "twice": b'{"k":"declined",' + plain[1:], "a fraction": b'{"seq":0.0}', "no object": b"[]",
                    "no place": b'{"seq":true}', "before the first": b'{"seq":-1}'}.items():
    check(f"a payload that is not canonical: {name}", fails(lambda: opened(other)))



def vkey(name, kind, key):
    data = bytes([kind]) + key
    return f"{name}+{v.sha(name.encode() + bytes([10]) + data)[:4].hex()}+{base64.b64encode(data).decode()}"


# What would count one witness twice, or the log as its own witness.
log_key, witness_key = v.Key(keys["logVkey"], 1).key, v.Key(keys["witnessVkey"], 4).key
begin = f"log {keys['logVkey']}\nwitness mttq {keys['witnessVkey']}\n"
check("the policy they begin with", not fails(lambda: v.Policy(begin + "quorum mttq\n")))
for what, more in {
    "one key under two names": f"witness khac {vkey('khac', 4, witness_key)}\nquorum mttq\n",
    "the log's key as a witness": f"witness khac {vkey('khac', 4, log_key)}\nquorum mttq\n",
    "the log's vkey as a witness": f"witness khac {keys['logVkey']}\nquorum mttq\n",
    "a witness's vkey as a log": f"log {keys['witnessVkey']}\nquorum mttq\n",
    "a member of two groups": "group a any mttq\ngroup b any mttq\nquorum a\n",
    "a witness named none": f"witness none {vkey('none', 4, bytes(32))}\nquorum none\n",
    "a group named none": "group none any mttq\nquorum none\n",
    "none as a member": "group a any none\nquorum a\n",
    "two quorums": "quorum mttq\nquorum none\n",
}.items():
    check(what, fails(lambda: v.Policy(begin + more)))
check("a forged cosignature after a good one",
      fails(lambda: policy.judge(v.Head(note + lines[5] + "\n"))))

leaves = [b"\1" + b"%064d" % i for i in range(70_000)]


class Served:        # A log of any size, served from memory, with one path tampered with.
    def __init__(self, size, tampered=""):
        self.files, hashes, level = {}, [v.sha(b"\0" + leaf) for leaf in leaves[:size]], 0
        for first in range(0, size, 256):
            part = leaves[first:min(size, first + 256)]
            self.files[v.tile_path("entries", first >> 8, len(part))] = b"".join(
                len(leaf).to_bytes(2, "big") + leaf for leaf in part)
        while hashes:
            above = []
            for first in range(0, len(hashes), 256):
                tile = hashes[first:first + 256]
                self.files[v.tile_path(level, first >> 8, len(tile))] = b"".join(tile)
                if len(tile) == 256:
                    above.append(root(tile))
            hashes, level = above, level + 1
        if tampered:
            bytes_ = bytearray(self.files[tampered])
            bytes_[-1] ^= 1
            self.files[tampered] = bytes(bytes_)

    def get(self, path, limit=0):
        if path not in self.files:
            raise v.Wrong(path, path)
        return self.files[path]


def root(hashes):
    edge = v.Edge()
    for each in hashes:
        edge.add(each)
    return edge.root()


class At:
    def __init__(self, size):
        self.size, self.root = size, root([v.sha(b"\0" + leaf) for leaf in leaves[:size]])


for size in (0, 1, 2, 3, 255, 256, 257, 65_535, 65_536, 65_537, 70_000):
    site, head = Served(size), At(size)
    check(f"whole log of {size}", not fails(lambda: v.audit(site, head, None, lambda *_: None)))
    for old in {1, 2, size // 3, size - 1} - {-1, 0}:
        if old >= size:
            continue
        proof = v.consistency(old, size, v.stored(site, size))
        check(f"{size} continues {old}",
              v.is_consistent(old, size, At(old).root, head.root, proof) and
              not v.is_consistent(old, size, At(old + 1).root, head.root, proof))
for stranger in (b"\2" + bytes(64), b"\1" + bytes(63), b"\1" + bytes(70_000), b""):
    kept, leaves[260] = leaves[260], stranger[:65_535]
    check("a leaf of no event", fails(lambda: v.audit(Served(300), At(300), None, lambda *_: None)))
    leaves[260] = kept


# Public facts among the leaves.
def daily(day, counts=(), erased=None, **more):
    fact = {"counts": list(counts), "day": f"2026-11-{day:02}", "erased": erased or {}, "k": "daily",
            "lines": None, "part": 1, "parts": 1, "t": "2026-11-24T18:00:00Z", "v": 1, **more}
    return {name: value for name, value in fact.items() if value is not None}


def without(fact, name):
    return {key: value for key, value in fact.items() if key != name}


def spelled(fact):
    return b"\2" + json.dumps(fact, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def audited(*facts):
    kept = leaves[260:260 + len(facts)]
    first = 0
    for at, f in enumerate(facts):   # Each day counts everything before it.
        if isinstance(f, dict) and f.get("k") == "daily":
            first = at if f["part"] == 1 else first
            f.setdefault("lines", 260 + first)
    leaves[260:260 + len(facts)] = [f if isinstance(f, bytes) else spelled(f) for f in facts]
    try:
        return v.audit(Served(300), At(300), None, lambda *_: None)[0]
    finally:
        leaves[260:260 + len(kept)] = kept


keys_fact = {"k": "keys", "log": 64 * "a", "t": "2026-11-24T18:00:00Z", "v": 1, "witnesses": [64 * "b"]}
table = {"k": "deadlines", "part": 1, "parts": 1, "t": "2026-11-24T18:00:00Z",
         "topics": [["noise", "working_days", 5], ["rubbish", "working_days", 3]], "v": 1}
calendar = {"days": [["2026-11-24", "holiday", 64 * "a"], ["2026-11-28", "plain", 64 * "b"]],
            "k": "calendar", "part": 1, "parts": 1, "t": "2026-11-24T18:00:00Z", "v": 1}
p1 = lambda since, count, unit="P1", figure="received": [unit, figure, f"2026-11-{since:02}", count]
good = audited(keys_fact, table, calendar, daily(23, [p1(23, 5)], {"by_sender": 2}), daily(24, [p1(24, 9)]),
               daily(25, (), {"by_sender": 1, "requested": 4}), {**keys_fact, "policy": 64 * "c"},
               daily(26, [p1(23, 12, "*"), p1(25, 5), p1(23, 6, "P1", "late")], parts=2),
               without(daily(26, [p1(23, 7, "P2")], part=2, parts=2), "erased"))
check("facts add up", good.days == 4 and good.erased == {"by_sender": 3, "requested": 4} and
      good.told == {"received": 38, "late": 6} and good.kinds == {"keys": 2, "deadlines": 1, "calendar": 1,
                                                                     "daily": 5})

# Months: each the sum of the stretches that ended in it.
def monthly(sums, month="2026-11", **more):
    return {"k": "monthly", "month": month, "part": 1, "parts": 1, "sums": sums,
            "t": "2026-11-30T18:00:00Z", "v": 1, **more}


november = [daily(23, [p1(23, 5)]), daily(24), daily(25, [p1(24, 9), p1(23, 6, "P1", "late")]),
            *(daily(day) for day in range(26, 31))]
row = lambda sum_, figure="received", unit="P1": [unit, figure, sum_, 64 * "d"]
right = [row(14), row(6, "late")]
months = lambda *facts: audited(*[dict(day) for day in november], *facts)
check("a month adds up", months(monthly(right)).sums == {
    "2026-11": {("P1", 0): (14, bytes.fromhex(64 * "d"), 268), ("P1", 2): (6, bytes.fromhex(64 * "d"), 268)}})
check("a month in parts", not fails(lambda: months(monthly(right[:1], parts=2),
                                                   monthly(right[1:], part=2, parts=2))))
check("where a sending counts", (("P1", 0), v.day_in("2026-11-25"), 262) in months().stretches)
for what, facts in {
    "a sum too small": [monthly([row(13), row(6, "late")])],
    "a sum too large": [monthly([row(15), row(6, "late")])],
    "a sum left out": [monthly([row(14)])],
    "a sum of nothing": [monthly([*right, row(5, "solved")])],
    "a month twice": [monthly(right), monthly(right)],
    "a month that is not over": [monthly(right), monthly([], "2026-12")],
    "another month first": [monthly(right, "2026-10")],
    "a month's part missing": [monthly(right, parts=2)],
    "a month's part of nothing": [monthly(right, part=2, parts=2)],
    "sums out of order": [monthly(right[::-1])],
    "no root": [monthly([[*row(14)[:3], 63 * "d"], row(6, "late")])],
    "no month": [monthly(right, "2026-13")],
}.items():
    check(what, fails(lambda: months(*facts)))
check("a month before its last day", fails(lambda: audited(*[dict(d) for d in november[:-1]], monthly(right))))

# A proof that a case is counted, which the program has made.
proof, trusted = vector("counted.txt"), v.Policy(vector("counted.policy"))
one = v.Counted(proof)
check("counted", one.check(trusted) == (6, {}) and (one.unit, one.figure) == ("P1", "overdue"))
for what, change in {
    "another sum": ("\nright 1 ", "\nright 2 "), "another side": ("\nright 1 ", "\nleft 1 "),
    "another figure": ("figure overdue", "figure received"), "no such figure": ("overdue", "gossip"),
    "an event that is no closing": ("figure overdue", "figure solved"), "another unit": ("unit P1", "unit P2"),
    "a sum of nothing": ("\nright 1 ", "\nright 0 "), "a step less": (proof.split("\n")[3] + "\n", ""),
    "another line": ("index 36", "index 35"), "another place": ("index 5", "index 4"),
    "something before it": ("", "x"), "another head": ("\n37\n", "\n38\n"),
}.items():
    check(what, fails(lambda: v.Counted(proof.replace(*change, 1)).check(trusted)))

for what, facts in {
    "a day twice": [daily(23), daily(23)],
    "a day left out": [daily(23), daily(25)],
    "a day before": [daily(23), daily(22)],
    "below the floor": [daily(23, [p1(23, 4)])],
    "nobody": [daily(23, [p1(23, 0)])],
    "nine of protected ones": [daily(23, [p1(23, 9, "*")])],
    "days told twice": [daily(23, [p1(23, 5)]), daily(24, [p1(23, 9)])],
    "days left out": [daily(23, [p1(23, 5)]), daily(24), daily(25, [p1(25, 9)])],
    "days to come": [daily(23, [p1(24, 5)])],
    "units out of order": [daily(23, [p1(23, 5, "P2"), p1(23, 5)])],
    "a name for a unit": [daily(23, [p1(23, 5, "Nguyễn Văn A")])],
    "a figure nobody knows": [daily(23, [p1(23, 5, "P1", "gossip")])],
    "lines that come later": [daily(23, lines=261)],
    "lines put off": [daily(23), daily(24, lines=260)],
    "a missing part": [daily(23, parts=2), daily(24)],
    "a missing last part": [daily(23, parts=2)],
    "a part of nothing": [daily(23, part=2, parts=2)],
    "no day": [daily(31)],
    "another version": [daily(23, v=2)],
    "a member more": [daily(23, name="Nguyễn Văn A")],
    "a member less": [without(daily(23), "counts")],
    "erasures of nobody": [daily(23, erased={"by_sender": 0})],
    "a sentence for a reason": [daily(23, erased={"Nguyễn Văn A": 1})],
    "a number with a point": [spelled(daily(23, lines=2)).replace(b'"lines":2', b'"lines":2.0')],
    "spaces": [spelled(daily(23, lines=2)) + b" "],
    "another order": [b"\2" + json.dumps(dict(reversed(daily(23, lines=2).items())), separators=(",", ":")).encode()],
    "an unknown kind": [{"k": "gossip", "t": "2026-11-24T18:00:00Z", "v": 1}],
    "a key that is none": [{**keys_fact, "log": "Nguyễn Văn A"}],
    "a topic twice": [{**table, "topics": 2 * [["noise", "working_days", 5]]}],
    "not an object": [b"\2[]"],
    "no JSON": [b"\2" + "Nguyễn Văn A".encode()],
    "not UTF-8": [b"\2\xff"],
}.items():
    check(what, fails(lambda: audited(*facts)))
# A log that begins after another: the vectors' head is the old log's last.
old_note = "\n".join(note.split("\n")[:5] + [""])
old_head = v.Head(old_note)
old_log = {"key": keys["logVkey"], "note": old_note, "origin": old_head.origin,
           "root": base64.b64encode(old_head.root).decode(), "size": old_head.size}
after = {"k": "origin", "kept": 260, "old": old_log, "t": "2026-11-24T18:00:00Z", "v": 1}
check("a log after another", audited(after).before == [(old_head.origin, 260, 257)])
for what, changed in {
    "another place": {**after, "kept": 259},
    "another size": {**after, "old": {**old_log, "size": 258}},
    "another root": {**after, "old": {**old_log, "root": base64.b64encode(bytes(32)).decode()}},
    "another name": {**after, "old": {**old_log, "origin": "example.org/other"}},
    "a head that was altered": {**after, "old": {**old_log, "size": 258,
                                                 "note": old_note.replace("\n257\n", "\n258\n")}},
    "a witness's line below it": {**after, "old": {**old_log, "note": note}},
    "a head nobody has signed": {**after, "old": {**old_log, "key": keys["witnessVkey"]}},
    "a word more": {**after, "old": {**old_log, "why": "Nguyễn Văn A"}},
}.items():
    check(what, fails(lambda: audited(changed)))
check("a last head of other leaves", fails(lambda: v.Facts(lambda: bytes(32)).take(257, spelled(
    {**after, "kept": 257}))))
check("a last head of these leaves", not fails(lambda: v.Facts(lambda: old_head.root).take(257, spelled(
    {**after, "kept": 257}))))
site, head = Served(70_000), At(70_000)
for path in ("tile/0/000", "tile/entries/100", "tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17",
             "tile/2/000.p/1", "tile/entries/273.p/112"):
    check(f"tampered {path}", fails(lambda: v.audit(Served(70_000, path), head, None, lambda *_: None)))
old = At(300)
check("an old head continues", not fails(lambda: v.audit(site, head, old, lambda *_: None)))
old.root = v.sha(b"another history")
check("another history", fails(lambda: v.audit(site, head, old, lambda *_: None)))

print(f"{counts[True]} passed, {counts[False]} failed")
sys.exit(0 if not counts[False] and counts[True] else 1)
