#!/usr/bin/env python3
"""Counts every published figure again from a night's open data, and compares.

    python3 recompute.py FOLDER [--log HASH or LOG]

FOLDER holds manifest.json and the files it lists (docs/formats/open-data.md). Needs nothing but
Python 3, and shares no code with the program that wrote them. HASH is the SHA-256 of manifest.json
as the city's public log tells it; LOG a folder with a copy of that log, `checkpoint` and
`tile/entries/...` as /ledger serves them: then every line is read, the root is made again, and the
hash that the log tells of that night is looked up. Prints each difference; ends with 1 when there is
one.
"""
import base64
import csv
import datetime
import hashlib
import json
import math
import os
import sys
from decimal import ROUND_HALF_UP, Decimal

FLAGS = ("answered", "on_time", "overdue", "open", "declined", "reopened", "solved")
FLOOR = 5
Z = 1.959963984540054  # 97.5 % point of the normal distribution


class Sums:
    def __init__(self):
        self.rows = 0
        self.flags = dict.fromkeys(FLAGS, 0)
        self.scores = [0] * 5
        self.trust = {"again": [0, 0], "believed": [0, 0]}  # yes; yes or no


def six(value):
    """Six decimals, half away from zero; all values here are positive."""
    return math.floor(value * 1e6 + 0.5) / 1e6


def shown(value):
    return "%.6f" % value


def wilson(part, whole):
    p = part / whole
    z2 = Z * Z
    centre = p + z2 / (2 * whole)
    half = Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
    scale = 1 + z2 / whole
    low = 0.0 if part <= 0 else (centre - half) / scale
    high = 1.0 if part >= whole else (centre + half) / scale
    return six(min(max(low, 0.0), 1.0)), six(min(max(high, 0.0), 1.0))


def percent(part, whole):
    return str((Decimal(part) * 100 / Decimal(whole)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def mean(scores):
    """The mean, and its interval under a multinomial with half a rating added to each score."""
    count = sum(scores)
    raw = sum((i + 1) * n for i, n in enumerate(scores)) / count
    weight = count + 2.5
    first = sum((i + 1) * (n + 0.5) / weight for i, n in enumerate(scores))
    second = sum((i + 1) ** 2 * (n + 0.5) / weight for i, n in enumerate(scores))
    value = six(raw)
    half = Z * math.sqrt((second - first * first) / (weight + 1))
    return value, six(min(max(first - half, 1.0), value)), six(min(max(first + half, value), 5.0))


def figure(name, kind, sums):
    """numerator, denominator, value, low, high, withheld: as the file has them."""
    f, scores = sums.flags, sums.scores
    parts = {
        "received": (sums.rows, sums.rows),
        "on_time": (f["on_time"], f["answered"] + f["overdue"]),
        "late": (f["overdue"] + f["answered"] - f["on_time"], sums.rows),
        "overdue": (f["overdue"], sums.rows),
        "open": (f["open"], sums.rows),
        "declined": (f["declined"], sums.rows),
        "reopened": (f["reopened"], sums.rows),
        "solved": (f["solved"], sums.rows),
        "answered": (f["answered"], sums.rows),
        "rating": (sum((i + 1) * n for i, n in enumerate(scores)), sum(scores)),
        "rated": (sum(scores), sum(scores)),
        "satisfied": (scores[3] + scores[4], sum(scores)),
        "acceptable": (scores[2], sum(scores)),
        "report_again": tuple(sums.trust["again"]),
        "believed": tuple(sums.trust["believed"]),
    }
    part, whole = parts[name]
    if whole < FLOOR:
        return ["", "", "", "", "", "1"]
    if kind == "count":
        return [str(part), str(whole), str(part), "", "", "0"]
    if kind == "share":
        low, high = wilson(part, whole)
        return [str(part), str(whole), percent(part, whole), shown(low), shown(high), "0"]
    value, low, high = mean(sums.scores)
    return [str(part), str(whole), shown(value), shown(low), shown(high), "0"]


def late_promise(row):
    return row["declared"] > row["due"] or row["broken"] != ""


def overdue_promise(row, night):
    return row["state"] in ("proposed", "open") and row["due"] <= night


def settled(row, night):
    return row["state"] in ("kept", "broken") or overdue_promise(row, night)


def kept_in_time(row, _=None):
    return row["state"] == "kept" and not late_promise(row)


def one(_row, _night):
    return 1


# Figures of other rooms: table, kind, numerator and denominator of a row and the last day; what a
# row does not tell is None. "share" has Wilson's interval, "part" has none.
ROOMS = {
    "promises": ("commitments", "count", one, one),
    "promises_waiting": ("commitments", "count", lambda r, night: r["state"] in (
        "proposed", "open") and not overdue_promise(r, night), one),
    "promises_overdue": ("commitments", "count", overdue_promise, one),
    "promises_declared": ("commitments", "count", lambda r, _: r["state"] == "declared", one),
    "promises_kept": ("commitments", "count", kept_in_time, one),
    "promises_late": ("commitments", "count", lambda r, _: r["state"] == "kept"
                      and late_promise(r), one),
    "promises_broken": ("commitments", "count", lambda r, _: r["state"] == "broken", one),
    "promises_changed": ("commitments", "count", lambda r, _: int(r["changed"]) > 0, one),
    "promises_on_time": ("commitments", "share", kept_in_time, settled),
    "disclosures": ("disclosures", "count", one, one),
    "disclosures_waiting": ("disclosures", "count", lambda r, _: not r["posted"]
                            and r["late"] == "0", one),
    "disclosures_overdue": ("disclosures", "count", lambda r, _: not r["posted"]
                            and r["late"] == "1", one),
    "disclosures_posted": ("disclosures", "count", lambda r, _: bool(r["posted"]), one),
    "disclosures_late": ("disclosures", "count", lambda r, _: bool(r["posted"])
                         and r["late"] == "1", one),
    "disclosures_on_time": ("disclosures", "share", lambda r, _: bool(r["posted"])
                            and r["late"] == "0",
                            lambda r, _: bool(r["posted"]) or r["late"] == "1"),
    "questions_answered": ("disclosures", "part", lambda r, _: number(r["answered"]),
                           lambda r, _: number(r["asked"])),
    "surveys": ("surveys", "count", one, one),
    "survey_answered": ("surveys", "part", lambda r, _: number(r["answers"]),
                        lambda r, _: number(r["invited"])),
    "survey_index": ("surveys", "part", lambda r, _: number(r["score_sum"]),
                     lambda r, _: number(r["score_most"])),
    "survey_satisfied": ("survey_questions", "share", lambda r, _: number(r["satisfied"]),
                         lambda r, _: number(r["answered"])),
    "survey_satisfied_clusters": ("survey_questions", "part",
                                  lambda r, _: number(r["satisfied"]),
                                  lambda r, _: number(r["answered"])),
    "programmes": ("programmes", "count", one, one),
    "found_in_order": ("programmes", "part", lambda r, _: number(r["in_order"]),
                       lambda r, _: number(r["found"])),
    "found_breach": ("programmes", "part", lambda r, _: number(r["breach"]),
                     lambda r, _: number(r["found"])),
    "advice": ("advice", "count", one, one),
    "advice_late": ("advice", "count", lambda r, _: r["late"] == "1", one),
    "advice_verified": ("advice", "part", lambda r, _: r["verified"] == "1", one),
    "models": ("models", "count", one, one),
    "models_confirmed": ("models", "part", lambda r, _: r["state"] == "confirmed",
                         lambda r, _: r["state"] in ("confirmed", "refuted")),
    "model_before": ("models", "share", lambda r, _: number(r["before_part"]),
                     lambda r, _: number(r["before_whole"])),
    "model_after": ("models", "share", lambda r, _: number(r["after_part"]),
                    lambda r, _: number(r["after_whole"])),
    "ballot_turnout": ("ballots", "part", lambda r, _: number(r["voted"]),
                       lambda r, _: number(r["households"])),
}
# Figures of which not all rows count.
ONLY = {
    "found_in_order": lambda r: r["found"] != "",
    "found_breach": lambda r: r["found"] != "",
}
# Figures of one row each, and which rows count.
EACH = {
    "survey_answered": lambda r: True,
    "survey_index": lambda r: r["score_most"] != "",
    "survey_satisfied": lambda r: r["plan"] != "clusters",
    "survey_satisfied_clusters": lambda r: r["plan"] == "clusters",
    "model_before": lambda r: r["claimed"] == "1",
    "model_after": lambda r: r["claimed"] == "1",
    "ballot_turnout": lambda r: r["stage"] == "counted",
}
# Figures of cases and ratings, and of what kind each is.
CASES = {"received": "count", "on_time": "share", "late": "share", "overdue": "count",
         "open": "count", "declined": "share", "reopened": "share", "solved": "share",
         "answered": "share", "rating": "mean", "rated": "count", "satisfied": "share",
         "acceptable": "share", "report_again": "share", "believed": "share"}
# Those of them that are counted from ratings, which are not told by sender.
RATINGS = ("rating", "rated", "satisfied", "acceptable", "report_again", "believed")
# Figures that earlier nights did not publish: a night defines all of them or none.
LATER = ("answered", "rated", "satisfied", "acceptable", "report_again", "believed")
# Tables without figures of their own.
PARTS = ("survey_counts", "drawn", "ballot_counts")


def number(cell):
    return int(cell) if cell else None


def room_cells(kind, sums):
    """numerator, denominator, value, low, high, withheld."""
    if sums is None:
        return ["", "", "", "", "", "1"]
    part, whole = sums
    if kind == "count":
        return [str(part), str(whole), str(part), "", "", "0"]
    if whole <= 0:
        return [str(part), str(whole), "", "", "", "0"]
    low, high = map(shown, wilson(part, whole)) if kind == "share" else ("", "")
    return [str(part), str(whole), percent(part, whole), low, high, "0"]


def newcombe(later, earlier):
    """The difference of two shares with its interval (Newcombe 1998, method 10)."""
    def bounds(part, whole):
        p, z2 = part / whole, Z * Z
        half = Z * math.sqrt(p * (1 - p) / whole + z2 / (4 * whole * whole))
        low = 0 if part == 0 else (p + z2 / (2 * whole) - half) / (1 + z2 / whole)
        high = 1 if part == whole else (p + z2 / (2 * whole) + half) / (1 + z2 / whole)
        return p, low, high
    p1, l1, u1 = bounds(*later)
    p2, l2, u2 = bounds(*earlier)
    d = p1 - p2
    return [d, d - math.hypot(p1 - l1, u2 - p2), d + math.hypot(u1 - p1, p2 - l2)]


def leaves(folder, size):
    """The lines of a log, bundle by bundle (C2SP tlog-tiles)."""
    for first in range(0, size, 256):
        width = min(256, size - first)
        digits, n = [], first >> 8
        while True:
            digits.insert(0, "%03d" % (n % 1000))
            n //= 1000
            if not n:
                break
        path = ["tile", "entries"] + ["x" + d for d in digits[:-1]] + [digits[-1]]
        if width < 256:
            path[-1] += ".p"
            path.append(str(width))
        with open(os.path.join(folder, *path), "rb") as file:
            for _ in range(width):
                length = int.from_bytes(file.read(2), "big")
                leaf = file.read(length)
                if len(leaf) != length:
                    raise ValueError("a bundle of the log ends too early")
                yield leaf
            if file.read(1):
                raise ValueError("a bundle of the log goes on too long")


def told_in_log(folder, night):
    """The hashes that a log tells of `night`, those of the counts of surveys, and whether its lines
    give its root (RFC 6962). Each hash of a manifest has the number of its first line."""
    with open(os.path.join(folder, "checkpoint"), encoding="utf-8") as file:
        head = file.read().split("\n")
    size, root, parts, told, surveys = int(head[1]), base64.b64decode(head[2]), [], {}, {}
    for index, leaf in enumerate(leaves(folder, size)):
        if leaf[:1] == b"\2":
            fact = json.loads(leaf[1:])
            if fact["k"] == "open_data" and fact["day"] == night:
                told.setdefault(fact["manifest"], index)
            if fact["k"] == "survey" and fact["what"] == "closed":
                surveys["surveys %d" % fact["survey"]] = fact["hash"]
        node = hashlib.sha256(b"\0" + leaf).digest()
        while index & 1:
            node, index = hashlib.sha256(b"\1" + parts.pop() + node).digest(), index >> 1
        parts.append(node)
    node = parts.pop() if parts else hashlib.sha256(b"").digest()
    while parts:
        node = hashlib.sha256(b"\1" + parts.pop() + node).digest()
    return told, surveys, node == root


def periods(last_day, sunday):
    """Of a stretch that ended on `last_day`: where it counts."""
    day = datetime.date.fromisoformat(last_day)
    yield last_day[:7]
    yield "%d-Q%d" % (day.year, (day.month + 2) // 3)
    yield last_day[:4]
    for days in (30, 90, 365):
        if (sunday - day).days < days:
            yield "last%d" % days


class Recount:
    def __init__(self, folder):
        self.folder = folder
        self.faults = []
        self.sums = {}
        self.rows = 0
        self.classes = {}
        self.said, self.found, self.closed = {}, {}, None
        with open(os.path.join(folder, "manifest.json"), "rb") as file:
            self.raw = file.read()
        self.manifest = json.loads(self.raw)
        self.sunday = datetime.date.fromisoformat(self.manifest["sunday"])
        self.kinds = dict(CASES)
        self.rows_of, self.published, self.choices = {}, {}, {}
        self.items, self.has_rooms = set(), False

    def path(self, name):
        if "/" in name or name.startswith("."):
            raise ValueError("a file name that is none: " + name)
        return os.path.join(self.folder, name)

    def check_hashes(self):
        for entry in self.manifest["files"]:
            try:
                digest = hashlib.sha256()
                with open(self.path(entry["name"]), "rb") as file:
                    for piece in iter(lambda: file.read(1 << 20), b""):
                        digest.update(piece)
            except FileNotFoundError:
                self.faults.append(entry["name"] + ": is missing")
                continue
            if digest.hexdigest() != entry["sha256"]:
                self.faults.append(entry["name"] + ": is not the file of the manifest")

    def table(self, name):
        for entry in self.manifest["files"]:
            if entry["table"] != name or entry["format"] != "csv":
                continue
            count = 0
            with open(self.path(entry["name"]), encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    count += 1
                    yield row
            if count != entry["rows"]:
                self.faults.append("%s: has %d rows, and the manifest says %d"
                                   % (entry["name"], count, entry["rows"]))

    def add(self, row, senders):
        for period in periods(row["to"], self.sunday):
            keys = [("", "", "", period), (row["unit"], row["valid_from"], "", period)]
            if senders and row["sender"]:
                keys.append(("", "", row["sender"], period))
            for key in keys:
                yield self.sums.setdefault(key, Sums())

    def count(self):
        self.definitions()
        for row in self.table("cases"):
            self.rows += 1
            name = (row["unit"], row["valid_from"], row["from"], row["to"], row["topic"],
                    row["sender"])
            self.classes[name] = self.classes.get(name, 0) + 1
            for sums in self.add(row, True):
                sums.rows += 1
                for flag in FLAGS:
                    sums.flags[flag] += row[flag] == "1"
        for row in self.table("ratings"):
            self.rows += 1
            name = (row["unit"], row["valid_from"], row["from"], row["to"])
            self.classes[name] = self.classes.get(name, 0) + 1
            for sums in self.add(row, False):
                sums.scores[int(row["score"]) - 1] += 1
                for what, counts in sums.trust.items():
                    counts[0] += row.get(what, "") == "yes"
                    counts[1] += row.get(what, "") != ""
            for what in ("again", "believed"):
                if row.get(what, "") not in ("", "yes", "no"):
                    self.faults.append("ratings: beside a rating stands " + row[what])

    def definitions(self):
        """Each figure must be defined as it is counted here, and none may be left out."""
        known = {name: (kind,) for name, kind in CASES.items()}
        rows = list(self.table("definitions"))
        self.has_rooms = any("counted_from" in row for row in rows)
        if self.has_rooms:
            known = {name: (kind, "ratings" if name in RATINGS else "cases")
                     for name, kind in CASES.items()}
            known.update({name: (each[1], each[0]) for name, each in ROOMS.items()})
        if not any(row["figure"] in LATER for row in rows):
            for name in LATER:
                known.pop(name)
                self.kinds.pop(name, None)
        for row in rows:
            said = (row["kind"],) + ((row["counted_from"],) if self.has_rooms else ())
            counted = known.pop(row["figure"], ("nothing",))
            self.differs("definitions " + row["figure"], " ".join(said), " ".join(counted))
        for name in known:
            self.faults.append("definitions %s: is not published" % name)

    def compare(self):
        for name, count in self.classes.items():
            if count < FLOOR:
                self.faults.append("a class has fewer than five rows: " + " ".join(name))
        expected = {}
        for place, sums in self.sums.items():
            for name, kind in self.kinds.items():
                if name not in RATINGS or not place[2]:
                    expected[(name,) + place] = figure(name, kind, sums)
        self.match("figures", ("figure", "unit", "valid_from", "sender", "period"), expected)

    def rooms(self):
        """Figures of other rooms. They may be missing in a night before there were any."""
        tables = {entry["table"] for entry in self.manifest["files"] if entry["format"] == "csv"}
        if not self.has_rooms and "room_figures" not in tables:
            return
        if "room_figures" not in tables:
            self.faults.append("room_figures: the manifest lists no file of this table")
        sums, night = {}, self.manifest["day"]
        for table in sorted({each[0] for each in ROOMS.values()} | set(PARTS)):
            if table not in tables:
                self.faults.append(table + ": the manifest lists no file of this table")
            last = 0
            for row in self.table(table):
                self.rows += 1
                self.check(table, row)
                if table in PARTS:
                    continue
                if int(row["number"]) <= last:
                    self.faults.append("%s: the row %s does not follow %d"
                                       % (table, row["number"], last))
                last = int(row["number"])
                for name, (home, _, numerator, denominator) in ROOMS.items():
                    if home != table or not EACH.get(name, ONLY.get(name, lambda _: True))(row):
                        continue
                    place = (row["unit"], row["valid_from"])
                    keys = {place + (row["number"],)} if name in EACH else {
                        place + ("",), ("", "", "")}
                    pair = numerator(row, night), denominator(row, night)
                    if None not in pair and not 0 <= pair[0] <= pair[1]:
                        self.faults.append(
                            "%s %s: gives %s less than nothing or more than the whole"
                            % (table, row["number"], name))
                        continue
                    for key in keys:
                        so_far = sums.get((name,) + key, (0, 0))
                        sums[(name,) + key] = None if so_far is None or None in pair else (
                            so_far[0] + pair[0], so_far[1] + pair[1])
        self.check_ends()
        self.sums.update(sums)
        expected = {key: room_cells(ROOMS[key[0]][1], each) for key, each in sums.items()}
        self.match("room_figures", ("figure", "unit", "valid_from", "number"), expected)

    def differs(self, what, said, counted):
        if said != counted:
            self.faults.append("%s: published %s, and its rows give %s" % (what, said, counted))

    def check(self, table, row):
        """What rows say of themselves and of each other."""
        night = self.manifest["day"]
        if table == "disclosures" and row["posted"] != row["due"]:
            late = row["posted"] > row["due"] if row["posted"] else row["due"] <= night
            self.differs("disclosures %s: late" % row["number"], row["late"], str(int(late)))
        elif table == "advice" and row["answered"] == "0" and row["due"] <= night:
            self.differs("advice %s: late" % row["number"], row["late"], "1")
        elif table == "surveys":
            self.said["surveys " + row["number"]] = row["counts"]
            self.rows_of[row["number"]] = row
            self.differs("surveys %s: score_most" % row["number"], row["score_most"],
                         str(int(row["scored"]) * 10000) if row["scored"] else "")
        elif table == "survey_counts":
            if row["way"] == "slip" and row["party"] == "*":
                self.published.setdefault((row["survey"], row["question"]), {})[
                    row["answer"]] = row["count"]
            text = self.found.setdefault("surveys " + row["survey"], [
                "survey,way,party,question,answer,count"])
            text.append(",".join(row.values()))
        elif table == "survey_questions":
            self.rows_of["question " + row["number"]] = row
            if row["plan"] == "clusters":
                return
            interval = wilson(int(row["satisfied"]), int(row["answered"]))
            self.differs("survey_questions " + row["number"], row["low"] + "," + row["high"],
                         ",".join(map(shown, interval)))
        elif table == "programmes":
            self.said["programmes " + row["number"]] = row["drawn"]
            self.found.setdefault("programmes " + row["number"], 0)
            told = [row[each] for each in ("in_order", "flaw", "breach", "unclear") if row[each]]
            found = sum(map(int, told))
            self.differs("programmes " + row["number"], row["found"], str(found) if told else "")
            if int(row["drawn"]) > int(row["frame"]):
                self.faults.append("programmes %s: more are drawn than there are to draw from"
                                   % row["number"])
            if found > int(row["drawn"]):
                self.faults.append("programmes %s: more findings than drawn" % row["number"])
        elif table == "drawn":
            key = "programmes " + row["programme"]
            self.found[key] = self.found.get(key, 0) + 1
            if (key, row["item"]) in self.items:
                self.faults.append("%s: %s is drawn twice" % (key, row["item"]))
            self.items.add((key, row["item"]))
        elif table == "models":
            told = [row[each] for each in ("difference", "low", "high")]
            parts = [row[each] for each in ("after_part", "after_whole", "before_part",
                                            "before_whole")]
            if "" in parts:
                self.differs("models " + row["number"], told, ["", "", ""])
            else:
                a, b, c, d = map(int, parts)
                near = told[0] != "" and all(
                    abs(float(x) - y) < 6e-7 for x, y in zip(told, newcombe((a, b), (c, d))))
                if not near:
                    self.differs("models " + row["number"], ",".join(told),
                                 ",".join(map(shown, newcombe((a, b), (c, d)))))
        elif table == "ballots" and row["stage"] == "counted" and row["voted"]:
            self.said["ballots " + row["number"]] = row["voted"]
            if int(row["voted"]) > int(row["households"]):
                self.faults.append("ballots %s: more voted than there are households"
                                   % row["number"])
        elif table == "ballot_counts":
            votes = self.found.setdefault("ballots " + row["ballot"], {})
            votes[row["question"]] = votes.get(row["question"], 0) + int(row["count"])
            self.choices.setdefault((row["ballot"], row["question"]), []).append(
                (int(row["choice"]), int(row["count"]), row["passed"] == "1"))

    def check_surveys(self):
        """What the rows of surveys and of their questions say is what the published counts say."""
        for number, row in self.rows_of.items():
            if not number.startswith("question "):
                told = self.published.get((number, "*"), {})
                for column, word in (("invited", "invited"), ("answers", "answers"),
                                     ("scored", "scored"), ("score_sum", "score_sum"),
                                     ("index", "index"), ("low", "index_low"),
                                     ("high", "index_high")):
                    counted = told.get(word, "")
                    in_steps = column == "scored" and not row[column] and "index_step" in told
                    if not in_steps and (counted or row[column] != "0"):
                        self.differs("surveys %s: %s" % (number, column), row[column], counted)
                continue
            classes = {int(answer): count for answer, count in self.published.get(
                (row["survey"], row["question"]), {}).items() if answer.isdigit()}
            is_scale = max(classes, default=0) > 2
            told = sum(int(count or 0) for count in classes.values())
            self.differs("survey_%s: satisfied" % number.replace("question", "questions"),
                         row["satisfied"],
                         str(sum(int(count or 0) for answer, count in classes.items()
                                 if (answer >= 4 if is_scale else answer == 1))))
            if "" not in classes.values() or told > int(row["answered"]):
                self.differs("survey_%s: answered" % number.replace("question", "questions"),
                             row["answered"], str(told))

    def check_votes(self):
        for (ballot, question), choices in self.choices.items():
            most = max([count for choice, count, _ in choices if choice > 0], default=0)
            passed = [each for each in choices if each[2]]
            if len(passed) > 1 or any(choice == 0 or count < most for choice, count, _ in passed):
                self.faults.append("ballots %s: question %s passed what is not its largest choice"
                                   % (ballot, question))

    def check_ends(self):
        self.check_surveys()
        self.check_votes()
        for key in sorted(set(self.said) | set(self.found)):
            found = self.found.get(key, "nothing")
            if isinstance(found, list):
                found = hashlib.sha256("".join(x + "\n" for x in found).encode()).hexdigest()
            elif isinstance(found, dict):
                found = " and ".join(sorted({str(count) for count in found.values()}))
            self.differs(key, self.said.get(key, "nothing"), str(found))
            if self.closed is not None and key.startswith("surveys "):
                if self.said.get(key) != self.closed.get(key):
                    self.faults.append("%s: its counts have %s, and the log says %s" % (
                        key, self.said.get(key), self.closed.get(key, "nothing")))

    def match(self, table, names, expected):
        for row in self.table(table):
            key = tuple(row[k] for k in names)
            told = [row[k] for k in ("numerator", "denominator", "value", "low", "high",
                                     "withheld")]
            counted = expected.pop(key, None)
            if counted is None:
                self.faults.append("%s: published %s, and there are no rows for it"
                                   % (" ".join(key), ",".join(told)))
            elif counted != told:
                self.faults.append("%s: published %s, and the rows give %s"
                                   % (" ".join(key), ",".join(told), ",".join(counted)))
        for key, counted in expected.items():
            self.faults.append("%s: is not published, and the rows give %s"
                               % (" ".join(key), ",".join(counted)))

    def compare_log(self, log):
        mine = hashlib.sha256(self.raw).hexdigest()
        if not os.path.isdir(log):
            if mine != log.lower():
                self.faults.append("manifest.json: is not the one of the log")
            return
        try:
            told, self.closed, is_whole = told_in_log(log, self.manifest["day"])
        except (OSError, ValueError, KeyError, IndexError) as what:
            self.faults.append("the log cannot be read: %r" % what)
            return
        if not is_whole:
            self.faults.append("checkpoint: the lines of the log do not give its root")
        if mine not in told:
            self.faults.append("manifest.json: is %s, and the log says %s of %s"
                               % (mine, " ".join(told) or "nothing", self.manifest["day"]))
        if len(told) > 1:
            self.faults.append("manifest.json: the log says different ones of %s, in the lines %s"
                               % (self.manifest["day"], " and ".join(map(str, told.values()))))

    def run(self, log=None):
        if log:
            self.compare_log(log)
        self.check_hashes()
        try:
            self.count()
            self.compare()
            self.rooms()
        except (KeyError, ValueError, IndexError, TypeError, ZeroDivisionError,
                FileNotFoundError) as what:
            self.faults.append("cannot be read: %r" % what)
        return self.faults


def main(words):
    log = None
    if "--log" in words:
        at = words.index("--log")
        log = words[at + 1]
        words = words[:at] + words[at + 2:]
    if len(words) != 1:
        print(__doc__)
        return 2
    recount = Recount(words[0])
    faults = recount.run(log)
    for fault in faults:
        print(fault)
    print("%d rows, %d sums, %d differences" % (recount.rows, len(recount.sums), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
