#!/usr/bin/env python3
"""Tests of recompute.py on a night of open data that is written here by hand."""
import hashlib, json, os, sys, tempfile
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
RATINGS = ["P1,2025-07-01,2026-11-16,2026-11-22,%d" % score for score in (5, 5, 5, 5, 5)]
DEFINITIONS = ["received,count,rows,rows,a,a", "on_time,share,on_time,answered + overdue,a,a",
               "rating,mean,score,rows,a,a"]
PERIODS = ["2026-11", "2026-Q4", "2026", "last30", "last90", "last365"]
PLACES = [",,", ",,person", "P1,2025-07-01,"]
# Wilson's interval for 150 of 302, by hand: (p + z²/2n ± z√(p(1-p)/n + z²/4n²)) / (1 + z²/n).
FIGURES = [line.replace("AT", place + "," + period)
           for place in PLACES for period in PERIODS
           for line in (["received,AT,302,302,302,,,0",
                         "on_time,AT,150,302,49.7,0.440695,0.552765,0"]
                        + ([] if "person" in place else
                           ["rating,AT,25,5,5.000000,3.494875,5.000000,0"]))]


def write(folder, cases=CASES, figures=FIGURES, hashes=True, more_rows=0):
    tables = {"definitions": ("figure,kind,numerator,denominator,text_vi,text_en", DEFINITIONS),
              "cases": (HEAD, cases), "ratings": ("unit,valid_from,from,to,score", RATINGS),
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

print("%d passed, %d failed" % (counts[True], counts[False]))
sys.exit(1 if counts[False] else 0)
