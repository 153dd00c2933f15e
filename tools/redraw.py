#!/usr/bin/env python3
"""Draws the sample of a supervision programme again, from what everybody can fetch.

    curl -so frame https://CITY/supervision/3/frame
    python3 redraw.py frame SIZE ROOT

SIZE and ROOT (hexadecimal) are the head of the ledger that decided, as the programme's page and its line
`drawn` in the ledger give them; verify_ledger.py tells whether the log ever had that head. Prints the SHA-256
of the frame, which must stand in the line `announced` that came before, and the numbers drawn.
docs/formats/draw.md describes each byte. Shares no code with the program it checks."""
import hashlib
import sys


def redraw(frame, size, root):
    sha = lambda text: hashlib.sha256(text.encode()).hexdigest()
    lines = [line.split() for line in frame.splitlines()]
    name = next(line[1] for line in lines if line[0] == "name")
    seed, first, drawn = sha(f"langnghe draw 1\n{name}\n{size}\n{root}\n"), 1, []
    for _, _, count, sample in (line for line in lines if line[0] == "stratum"):
        numbers = range(first, first + int(count))
        drawn += sorted(sorted(numbers, key=lambda n: sha(f"{seed}/{n}"))[:int(sample)])
        first += int(count)
    return sha(frame), drawn


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8", newline="") as file:
        told, numbers = redraw(file.read(), int(sys.argv[2]), sys.argv[3].lower())
    print("SHA-256", told)
    print(*numbers, sep="\n")
