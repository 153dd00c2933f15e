#!/usr/bin/env python3
"""Counts a decision by households again, from what everybody can fetch.

    curl -so box https://CITY/ballots/3/box
    curl -so text https://CITY/ballots/3/text
    python3 recount.py box HASH [text TEXT_HASH [HOUSEHOLDS]]

HASH (hexadecimal) is what the ledger's line `counted` of that ballot says, TEXT_HASH what its line `announced` says,
HOUSEHOLDS the count in its last line `announced` or `removed`; verify_ledger.py tells whether the log holds those lines.
Without them the box alone says what was needed and of how many. Ends with 1 when the box is not the one that was counted,
does not fit what was announced, or cannot be true. docs/formats/ballot.md describes each byte. Shares no code with the
program it checks."""
import collections
import fractions
import hashlib
import sys


def checked(name, told):
    with open(name, "rb") as file:
        data = file.read()
    if hashlib.sha256(data).hexdigest() != told.lower():
        sys.exit(f"{name}: this is not what the ledger tells of")
    return [line.split(" ") for line in data.decode().split("\n")]


def compare(said, lines, text, households):
    first = {line[0]: line[1:] for line in reversed(text[:text.index(["summary"])])}
    rule = first["rule"]            # code, needs, "least" or "more", "quorum", quorum
    numbers = [line[1] for line in text[:text.index(["summary"])] if line[0] == "household"]
    count = {q: sum(line[0] == "option" for line in part) for q, part in questions(text)}
    asked = {line[1]: int(line[2]) for line in lines if line[0] == "question"}
    if (said["ballot"] != first["ballot"] or said["needs"] != rule[1:3] or said["quorum"] != rule[4:5]
            or asked != count):
        sys.exit("the box does not ask, or need, what was announced")
    if len(set(numbers)) != len(numbers) or [str(len(numbers))] != first["households"]:
        sys.exit("the list of households holds a number twice, or not as many as it says")
    if int(said["households"][0]) > len(numbers) or households not in (None, int(said["households"][0])):
        sys.exit("the box is of another number of households than the ledger tells of")


def questions(text):
    part, number = [], None
    for line in text[:text.index(["summary"])] + [["question", None]]:
        if line[0] == "question":
            if number is not None:
                yield number, part
            part, number = [], line[1]
        part.append(line)


def recount(lines):
    said = {line[0]: line[1:] for line in lines}
    households, voted, paper = (int(said[name][0]) for name in ("households", "voted", "paper"))
    needs, quorum = (fractions.Fraction(said[name][0]) * households for name in ("needs", "quorum"))
    for _, number, options in (line for line in lines if line[0] == "question"):
        given = [rest for word, *rest in lines if word == "vote" and rest[0] == number]
        votes = {mark: int(choice) for _, mark, choice in given}
        counts = collections.Counter(votes.values())
        if (not len(given) == len(votes) == voted or not 0 <= paper <= voted <= households
                or not set(counts) <= set(range(int(options) + 1))):
            sys.exit(f"question {number}: the box does not hold one ballot for each household that voted")
        best = sorted(((counts[n], n) for n in range(1, int(options) + 1)), reverse=True)
        enough = best[0][0] > needs if said["needs"][1] == "more" else best[0][0] >= needs
        passed = enough and 0 < best[0][0] != best[1][0] and voted >= quorum
        print(f"question {number}: {voted} of {households} voted, blank {counts[0]}, " + ", ".join(
            f"option {n}: {counts[n]}" for n in range(1, int(options) + 1)))
        print(f"question {number}: " + (f"option {best[0][1]} passed" if passed else "nothing passed"))


if __name__ == "__main__":
    if len(sys.argv) not in (3, 5, 6):
        sys.exit(__doc__)
    box = checked(sys.argv[1], sys.argv[2])
    if len(sys.argv) > 3:
        compare({line[0]: line[1:] for line in box}, box, checked(sys.argv[3], sys.argv[4]),
                int(sys.argv[5]) if len(sys.argv) > 5 else None)
    recount(box)
