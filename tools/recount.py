#!/usr/bin/env python3
"""Counts a decision by households again, from what everybody can fetch.

    curl -so box https://CITY/ballots/3/box
    python3 tools/recount.py box HASH

HASH (hexadecimal) is what the ledger's line `counted` of that ballot says; verify_ledger.py tells whether the
log holds that line. Ends with 1 when the box is not the one that was counted, or cannot be true.
docs/formats/ballot.md describes each byte. Shares no code with the program it checks."""
import collections
import fractions
import hashlib
import sys


def recount(box, told):
    if hashlib.sha256(box).hexdigest() != told.lower():
        sys.exit("this is not the box that the ledger tells of")
    lines = [line.split(" ") for line in box.decode().splitlines()]
    said = {line[0]: line[1:] for line in lines}
    households, voted = int(said["households"][0]), int(said["voted"][0])
    needs, quorum = (fractions.Fraction(said[name][0]) * households for name in ("needs", "quorum"))
    for _, number, options in (line for line in lines if line[0] == "question"):
        votes = {mark: int(choice) for word, *rest in lines if word == "vote"
                 for question, mark, choice in [rest] if question == number}
        counts = collections.Counter(votes.values())
        if len(votes) != voted or voted > households or not set(counts) <= set(range(int(options) + 1)):
            sys.exit(f"question {number}: the box does not hold one ballot for each household that voted")
        best = sorted(((counts[n], n) for n in range(1, int(options) + 1)), reverse=True)
        enough = best[0][0] > needs if said["needs"][1] == "more" else best[0][0] >= needs
        passed = enough and 0 < best[0][0] != best[1][0] and voted >= quorum
        print(f"question {number}: {voted} of {households} voted, blank {counts[0]}, " + ", ".join(
            f"option {n}: {counts[n]}" for n in range(1, int(options) + 1)))
        print(f"question {number}: " + (f"option {best[0][1]} passed" if passed else "nothing passed"))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], "rb") as file:
        recount(file.read(), sys.argv[2])
