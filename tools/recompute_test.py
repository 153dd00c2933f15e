#!/usr/bin/env python3
"""Tests of recompute.py on a night of open data that is written here by hand."""
import base64, hashlib, json, os, sys, tempfile
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True
import recompute as r

counts = {True: 0, False: 0}


def check(what, good):
    counts[bool(good)] += 1
    if not good:
        print("failed:", what)


# 302 cases of one office, 150 of them on time: published elsewhere as 61.31 %, and 49.7 %.
HEAD = "unit,valid_from,from,to,topic,sender,answered,on_time,overdue,open,declined,reopened,solved"
CASES = ["P1,2025-07-01,2026-11-16,2026-11-22,,person,1,%d,0,0,0,0,%d" % (n < 150, n < 30)
         for n in range(302)]
RATINGS = ["P1,2025-07-01,2026-11-16,2026-11-22,%d,yes,%s" % (score, "no" if n else "")
           for n, score in enumerate((5, 5, 5, 5, 5))]
DEFINITIONS = ["%s,%s,a,a,a,a" % each for each in r.CASES.items()]
PERIODS = ["2026-11", "2026-Q4", "2026", "last30", "last90", "last365"]
PLACES = [",,", ",,person", "P1,2025-07-01,"]
# Wilson's interval for 150 of 302, by hand: (p + z²/2n ± z√(p(1-p)/n + z²/4n²)) / (1 + z²/n).
FIGURES = [line.replace("AT", place + "," + period)
           for place in PLACES for period in PERIODS
           for line in (["received,AT,302,302,302,,,0",
                         "on_time,AT,150,302,49.7,0.440695,0.552765,0"]
                        + ["overdue,AT,0,302,0,,,0", "open,AT,0,302,0,,,0",
                           "late,AT,152,302,50.3,0.447235,0.559305,0",
                           "declined,AT,0,302,0.0,0.000000,0.012560,0",
                           "reopened,AT,0,302,0.0,0.000000,0.012560,0",
                           "solved,AT,30,302,9.9,0.070472,0.138268,0",
                           "answered,AT,302,302,100.0,0.987440,1.000000,0"]
                        + ([] if "person" in place else
                           ["rating,AT,25,5,5.000000,3.494875,5.000000,0", "rated,AT,5,5,5,,,0",
                            "satisfied,AT,5,5,100.0,0.565518,1.000000,0",
                            "acceptable,AT,0,5,0.0,0.000000,0.434482,0",
                            "report_again,AT,5,5,100.0,0.565518,1.000000,0",
                            "believed,AT,,,,,,1"]))]


def write(folder, cases=CASES, figures=FIGURES, hashes=True, more_rows=0, defined=DEFINITIONS,
          more_columns=""):
    tables = {"definitions": ("figure,kind,numerator,denominator,text_vi,text_en" + more_columns,
                              defined),
              "cases": (HEAD, cases), "ratings": ("unit,valid_from,from,to,score,again,believed",
                                            RATINGS),
              "figures": ("figure,unit,valid_from,sender,period,numerator,denominator,value,low,"
                          "high,withheld", figures)}
    files = []
    for name, (head, rows) in tables.items():
        raw = "".join(line + "\r\n" for line in [head] + rows).encode()
        with open(os.path.join(folder, name + ".csv"), "wb") as file:
            file.write(raw)
        files.append({"name": name + ".csv", "table": name, "format": "csv", "rows": len(rows),
                      "sha256": hashlib.sha256(raw).hexdigest()})
    files[1]["rows"] += more_rows
    if not hashes:
        files[1]["sha256"] = "0" * 64
    with open(os.path.join(folder, "manifest.json"), "w", encoding="utf-8") as file:
        json.dump({"v": 1, "day": "2026-11-22", "sunday": "2026-11-22", "files": files}, file)


def faults(told=None, **given):
    with tempfile.TemporaryDirectory() as folder:
        write(folder, **given)
        return r.Recount(folder).run(told)


def names(found, *words):
    return any(all(word in fault for word in words) for fault in found)


check("another kind of a figure", names(faults(defined=[DEFINITIONS[0].replace(
    "count", "share")] + DEFINITIONS[1:]), "definitions received", "share", "count"))
check("a definition less", names(faults(defined=DEFINITIONS[1:]), "definitions received",
                                 "is not published"))
# Eight cases: five answered, of them four on time; two overdue.
eight = r.Sums()
eight.rows = 8
eight.flags.update(answered=5, on_time=4, overdue=2, open=6, declined=1, reopened=2, solved=3)
check("what was published is what the rows give: %s" % faults(), faults() == [])
worse = [CASES[0].replace(",1,1,", ",1,0,")] + CASES[1:]
check("a changed row", names(faults(cases=worse), "on_time", "P1", "150,302", "149,302"))
check("a dropped row", names(faults(cases=CASES[1:]), "received", "302,302", "301,301"))
edited = [f.replace("49.7", "61.3") for f in FIGURES]
check("an edited figure", names(faults(figures=edited), "on_time", "61.3", "49.7"))
check("a figure left out", names(faults(figures=FIGURES[1:]), "received", "is not published"))
more = FIGURES + ["received,P2,2025-07-01,,2026,9,9,9,,,0"]
check("a figure from nowhere", names(faults(figures=more), "P2", "no rows"))
small = CASES + ["P9,2025-07-01,2026-11-16,2026-11-22,,,1,1,0,0,0,0,0"]
check("a class of one", names(faults(cases=small), "P9", "fewer than five"))
check("another file than the manifest's", names(faults(hashes=False), "cases.csv", "manifest"))
check("another manifest than the log's", names(faults(told="0" * 64), "manifest.json"))
check("fewer rows than the manifest says", names(faults(more_rows=1), "has 302 rows", "303"))
check("a share of a share: late is overdue and answered late, of all",
      r.figure("late", "share", eight)[:3] == ["3", "8", "37.5"])
check("of those answered or overdue", r.figure("on_time", "share", eight)[:3] == ["4", "7", "57.1"])
check("the smaller ones",
      [r.figure(n, "share", eight)[:2] for n in ("declined", "reopened", "solved")]
      == [["1", "8"], ["2", "8"], ["3", "8"]])
check("counts", [r.figure(n, "count", eight)[:3] for n in ("overdue", "open", "received")]
      == [["2", "8", "2"], ["6", "8", "6"], ["8", "8", "8"]])
check("shares as printed", [r.percent(150, 302), r.percent(1, 2), r.percent(1, 3)]
      == ["49.7", "50.0", "33.3"])
check("too few", r.figure("received", "count", r.Sums()) == ["", "", "", "", "", "1"])
check("periods", list(r.periods("2026-01-04", r.datetime.date(2026, 11, 22)))
      == ["2026-01", "2026-Q1", "2026", "last365"])

# Figures of other rooms: eight promises of one office, written by hand.
PROMISES = ["1,P1,2025-07-01,desk,2026-09-01,2026-11-20,kept,2026-11-20,0,0,0,",
            "2,P1,2025-07-01,desk,2026-09-01,2026-11-10,kept,2026-11-15,1,0,0,",
            "3,P1,2025-07-01,desk,2026-09-01,2026-11-20,kept,2026-11-19,0,0,1,2026-10-01",
            "4,P1,2025-07-01,desk,2026-09-01,2026-10-01,broken,,0,0,0,2026-11-01",
            "5,P1,2025-07-01,desk,2026-09-01,2026-11-22,open,,0,0,0,",
            "6,P1,2025-07-01,desk,2026-09-01,2026-11-23,open,,0,0,0,",
            "7,P1,2025-07-01,desk,2026-09-01,2026-11-22,proposed,,0,0,0,",
            "8,P1,2025-07-01,desk,2026-09-01,2026-11-01,declared,2026-11-20,0,0,0,"]
HEADS = {
    "commitments": "number,unit,valid_from,source,made,due,state,declared,by_silence,refused,"
                   "changed,broken",
    "disclosures": "number,unit,valid_from,item,decided,due,posted,late,read,asked,answered",
    "surveys": "number,unit,valid_from,invited,answers,scored,score_sum,score_most,index,low,high,"
               "counts",
    "survey_questions": "number,unit,valid_from,survey,question,plan,satisfied,answered,low,high",
    "survey_counts": "survey,way,party,question,answer,count",
    "programmes": "number,unit,valid_from,frame,drawn,found,in_order,flaw,breach,unclear",
    "drawn": "programme,item", "advice": "number,unit,valid_from,due,answered,late,verified",
    "models": "number,unit,valid_from,state,claimed,before_part,before_whole,after_part,"
              "after_whole,difference,low,high",
    "ballots": "number,unit,valid_from,stage,households,voted",
    "ballot_counts": "ballot,question,choice,count,passed"}
COUNTS = ["1,slip,*,*,invited,60", "1,slip,*,*,answers,40", "1,slip,*,*,scored,40",
          "1,slip,*,*,score_sum,300000", "1,slip,*,polite,1,12", "1,slip,*,polite,5,28"]
COUNTS_HASH = hashlib.sha256(("survey,way,party,question,answer,count\n" + "".join(
    line + "\n" for line in COUNTS)).encode()).hexdigest()
# 20 of 50 before and 45 of 60 after: Newcombe's interval of 0.35 by hand.
ROWS = {"commitments": PROMISES, "survey_counts": COUNTS,
        "surveys": ["1,P1,2025-07-01,60,40,40,300000,400000,,,," + COUNTS_HASH],
        "survey_questions": ["1001,P1,2025-07-01,1,polite,census,28,40,0.545700,0.819252"],
        "disclosures": ["1,P1,2025-07-01,budget,2026-10-30,2026-11-10,2026-11-12,1,,0,0",
                        "2,P1,2025-07-01,budget,2026-10-30,2026-11-20,,1,,0,0",
                        "3,P1,2025-07-01,budget,2026-10-30,2026-12-10,,0,,0,0",
                        "4,P1,2025-07-01,budget,2026-10-30,2026-11-10,2026-11-10,0,,4,2"],
        "advice": ["1,P1,2025-07-01,2026-11-20,0,1,0"],
        "programmes": ["1,P1,2025-07-01,9,1,1,0,0,1,0", "2,P1,2025-07-01,9,0,,,,,"],
        "drawn": ["1,17"],
        "models": ["1,P1,2025-07-01,confirmed,1,20,50,45,60,0.350000,0.165453,0.504475"],
        "ballots": ["1,P1,2025-07-01,counted,20,12"],
        "ballot_counts": ["1,1,1,11,1", "1,1,0,1,0"]}


def told(name, place, number, *cells):
    return "%s,%s,%s,%s" % (name, place, number, ",".join(cells))


def rooms(change=lambda rows: None, change_figures=lambda lines: lines, dropped=()):
    """The faults in a night with these rows; its figures are those that fit the rows above."""
    rows = {table: list(ROWS.get(table, [])) for table in HEADS}
    lines = []
    for place in (",", "P1,2025-07-01"):
        for name, part in (("promises", 8), ("promises_waiting", 1), ("promises_overdue", 2),
                           ("promises_declared", 1), ("promises_kept", 1), ("promises_late", 2),
                           ("promises_broken", 1), ("promises_changed", 1)):
            lines.append(told(name, place, "", str(part), "8", str(part), "", "", "0"))
        lines += [told("promises_on_time", place, "", "1", "6", "16.7", "0.030053", "0.563503", "0"),
                  told("surveys", place, "", "1", "1", "1", "", "", "0"),
                  told("programmes", place, "", "2", "2", "2", "", "", "0"),
                  told("disclosures", place, "", "4", "4", "4", "", "", "0"),
                  told("disclosures_waiting", place, "", "1", "4", "1", "", "", "0"),
                  told("disclosures_overdue", place, "", "1", "4", "1", "", "", "0"),
                  told("disclosures_posted", place, "", "2", "4", "2", "", "", "0"),
                  told("disclosures_late", place, "", "1", "4", "1", "", "", "0"),
                  told("disclosures_on_time", place, "", "1", "3", "33.3", "0.061492", "0.792340",
                       "0"),
                  told("questions_answered", place, "", "2", "4", "50.0", "", "", "0"),
                  told("advice", place, "", "1", "1", "1", "", "", "0"),
                  told("advice_late", place, "", "1", "1", "1", "", "", "0"),
                  told("advice_verified", place, "", "0", "1", "0.0", "", "", "0"),
                  told("found_in_order", place, "", "0", "1", "0.0", "", "", "0"),
                  told("found_breach", place, "", "1", "1", "100.0", "", "", "0"),
                  told("models", place, "", "1", "1", "1", "", "", "0"),
                  told("models_confirmed", place, "", "1", "1", "100.0", "", "", "0")]
    one = "P1,2025-07-01"
    lines += [told("survey_answered", one, "1", "40", "60", "66.7", "", "", "0"),
              told("survey_index", one, "1", "300000", "400000", "75.0", "", "", "0"),
              told("survey_satisfied", one, "1001", "28", "40", "70.0", "0.545700", "0.819252",
                   "0"),
              told("model_before", one, "1", "20", "50", "40.0", "0.276084", "0.538186", "0"),
              told("model_after", one, "1", "45", "60", "75.0", "0.627679", "0.842235", "0"),
              told("ballot_turnout", one, "1", "12", "20", "60.0", "", "", "0")]
    change(rows)
    rows["room_figures"] = change_figures(lines)
    defined = ["%s,,%s," % (line, "ratings" if line.split(",")[0] in r.RATINGS else "cases")
               for line in DEFINITIONS]
    defined += ["%s,%s,a,a,a,a,%s," % (name, each[1], each[0]) for name, each in r.ROOMS.items()]
    defined = [line.replace("a,,", "a,") for line in defined]
    with tempfile.TemporaryDirectory() as folder:
        write(folder, defined=defined, more_columns=",counted_from,only")
        manifest = os.path.join(folder, "manifest.json")
        with open(manifest, encoding="utf-8") as file:
            night = json.load(file)
        for table, head in list(HEADS.items()) + [
                ("room_figures", "figure,unit,valid_from,number,numerator,denominator,value,low,"
                                 "high,withheld")]:
            if table in dropped:
                continue
            raw = "".join(line + "\r\n" for line in [head] + rows[table]).encode()
            with open(os.path.join(folder, table + ".csv"), "wb") as file:
                file.write(raw)
            night["files"].append({"name": table + ".csv", "table": table, "format": "csv",
                                   "rows": len(rows[table]),
                                   "sha256": hashlib.sha256(raw).hexdigest()})
        with open(manifest, "w", encoding="utf-8") as file:
            json.dump(night, file)
        return r.Recount(folder).run()


def edit(table, before, after):
    def change(rows):
        assert any(before in row for row in rows[table]), before
        rows[table] = [row.replace(before, after) for row in rows[table] if row != before or after]
    return change


check("figures of other rooms are what the rows give: %s" % rooms(), rooms() == [])
for table, before, after, words in (
        ("commitments", "2026-11-15,1", "2026-11-10,1", ("promises_kept", "1,8,1", "2,8,2")),
        ("commitments", PROMISES[3], "", ("promises_on_time", "1,6,16.7", "1,5,20.0")),
        ("commitments", "8,P1", "7,P1", ("commitments", "does not follow")),
        ("survey_counts", ",5,28", ",5,38", ("surveys 1",)),
        ("disclosures", "2026-11-12,1", "2026-11-12,0", ("disclosures 1", "late")),
        ("disclosures", "2026-11-20,,1", "2026-11-20,,0", ("disclosures 2", "late")),
        ("disclosures", ",,4,2", ",,2,4", ("disclosures 4", "questions_answered", "more than")),
        ("advice", "2026-11-20,0,1", "2026-11-20,0,0", ("advice 1", "late")),
        ("surveys", "60,40,40,", "60,45,40,", ("surveys 1: answers", "45", "40")),
        ("surveys", "300000,400000", "350000,400000", ("surveys 1: score_sum", "350000")),
        ("surveys", "300000,400000", "300000,350000", ("surveys 1: score_most", "350000")),
        ("survey_questions", "28,40", "38,40", ("survey_questions 1001: satisfied", "38", "28")),
        ("survey_questions", "28,40", "28,30", ("survey_questions 1001: answered", "30", "40")),
        ("programmes", "9,1,1", "0,1,1", ("programmes 1", "to draw from")),
        ("programmes", "9,1,1,0,0,1,0", "9,1,2,0,0,2,0", ("programmes 1", "more findings")),
        ("drawn", "1,17", "1,17\r\n1,17", ("programmes 1", "drawn twice")),
        ("ballots", "20,12", "10,12", ("ballots 1", "more voted")),
        ("ballot_counts", "1,1,0,1,0", "1,1,0,1,1", ("ballots 1", "largest choice")),
        ("programmes", "1,0,0,1,0", "1,1,0,0,0", ("found_breach", "1,1,100.0", "0,1,0.0")),
        ("programmes", "1,0,0,1,0", "2,0,0,1,0", ("programmes 1",)),
        ("drawn", "1,17", "", ("programmes 1",)),
        ("models", "0.350000", "0.450000", ("models 1", "0.350000")),
        ("models", ",20,50,", ",,,", ("model_before",)),
        ("ballots", "20,12", "20,15", ("ballots 1", "12")),
        ("ballot_counts", "1,1,1,11,1", "1,1,1,14,1", ("ballots 1", "15"))):
    found = rooms(edit(table, before, after))
    check("a change in %s: %s" % (table, found), names(found, *words))
check("a changed total", names(rooms(change_figures=lambda lines: [
    line.replace("promises_kept,P1,2025-07-01,,1,8,1", "promises_kept,P1,2025-07-01,,6,8,6")
    for line in lines]), "promises_kept P1", "6,8,6", "1,8,1"))
for table in sorted(HEADS) + ["room_figures"]:
    check("without " + table, names(rooms(dropped=(table,)), table, "lists no file"))
check("without all that rooms tell", names(rooms(dropped=list(HEADS) + ["room_figures"]),
                                           "room_figures", "lists no file"))
check("a total less", names(rooms(change_figures=lambda lines: lines[1:]), "promises",
                            "is not published"))


def log_of(folder, leaves):
    """A copy of a log with these leaves (RFC 6962, C2SP tlog-tiles)."""
    def root(hashes):
        if len(hashes) == 1:
            return hashes[0]
        half = 1
        while half * 2 < len(hashes):
            half *= 2
        return hashlib.sha256(b"\1" + root(hashes[:half]) + root(hashes[half:])).digest()
    top = root([hashlib.sha256(b"\0" + leaf).digest() for leaf in leaves])
    for first in range(0, len(leaves), 256):
        some = leaves[first:first + 256]
        path = os.path.join(folder, "tile", "entries", "%03d" % (first >> 8))
        if len(some) < 256:
            path = os.path.join(path + ".p", str(len(some)))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in some))
    with open(os.path.join(folder, "checkpoint"), "w", encoding="utf-8") as file:
        file.write("so-cai.example\n%d\n%s\n\n" % (len(leaves), base64.b64encode(top).decode()))


fact = b'\2{"day":"2026-11-22","k":"open_data","manifest":"%s","t":"x","v":1}' % (b"ab" * 32)
for count in (1, 2, 3, 255, 256, 257, 300, 515):
    with tempfile.TemporaryDirectory() as folder:
        log_of(folder, [b"\1" + bytes([n % 256]) * 64 for n in range(count - 1)] + [fact])
        check("a log of %d lines" % count,
              r.told_in_log(folder, "2026-11-22") == ({"ab" * 32: count - 1}, {}, True))
        check("of another night", r.told_in_log(folder, "2026-11-21") == ({}, {}, True))
with tempfile.TemporaryDirectory() as night, tempfile.TemporaryDirectory() as folder:
    write(night)
    with open(os.path.join(night, "manifest.json"), "rb") as file:
        mine = hashlib.sha256(file.read()).hexdigest().encode()
    log_of(folder, [fact, fact.replace(b"ab" * 32, mine)])
    check("two manifests of one night", names(r.Recount(night).run(folder), "different ones", "0",
                                              "1"))

print("%d passed, %d failed" % (counts[True], counts[False]))
sys.exit(1 if counts[False] else 0)
