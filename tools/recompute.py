#!/usr/bin/env python3
"""Counts every published figure again from a night's open data, and compares.

    python3 recompute.py FOLDER [--log HASH]

FOLDER holds manifest.json and the files it lists (docs/formats/open-data.md). Needs nothing but
Python 3, and shares no code with the program that wrote them. HASH is the SHA-256 of manifest.json
as the city's public log tells it. Prints each difference; ends with 1 when there is one.
"""
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
    f = sums.flags
    parts = {
        "received": (sums.rows, sums.rows),
        "on_time": (f["on_time"], f["answered"] + f["overdue"]),
        "late": (f["overdue"] + f["answered"] - f["on_time"], sums.rows),
        "overdue": (f["overdue"], sums.rows),
        "open": (f["open"], sums.rows),
        "declined": (f["declined"], sums.rows),
        "reopened": (f["reopened"], sums.rows),
        "solved": (f["solved"], sums.rows),
        "rating": (sum((i + 1) * n for i, n in enumerate(sums.scores)), sum(sums.scores)),
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
        with open(os.path.join(folder, "manifest.json"), "rb") as file:
            self.raw = file.read()
        self.manifest = json.loads(self.raw)
        self.sunday = datetime.date.fromisoformat(self.manifest["sunday"])
        self.kinds = {}

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
        for row in self.table("definitions"):
            self.kinds[row["figure"]] = row["kind"]
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

    def compare(self):
        for name, count in self.classes.items():
            if count < FLOOR:
                self.faults.append("a class has fewer than five rows: " + " ".join(name))
        expected = {}
        for place, sums in self.sums.items():
            for name, kind in self.kinds.items():
                if kind != "mean" or not place[2]:
                    expected[(name,) + place] = figure(name, kind, sums)
        for row in self.table("figures"):
            key = tuple(row[k] for k in ("figure", "unit", "valid_from", "sender", "period"))
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

    def run(self, told_hash=None):
        if told_hash and hashlib.sha256(self.raw).hexdigest() != told_hash:
            self.faults.append("manifest.json: is not the one of the log")
        self.check_hashes()
        try:
            self.count()
            self.compare()
        except (KeyError, ValueError, IndexError, FileNotFoundError) as what:
            self.faults.append("cannot be read: %r" % what)
        return self.faults


def main(words):
    told_hash = None
    if "--log" in words:
        at = words.index("--log")
        told_hash = words[at + 1].lower()
        words = words[:at] + words[at + 2:]
    if len(words) != 1:
        print(__doc__)
        return 2
    recount = Recount(words[0])
    faults = recount.run(told_hash)
    for fault in faults:
        print(fault)
    print("%d rows, %d sums, %d differences" % (recount.rows, len(recount.sums), len(faults)))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
