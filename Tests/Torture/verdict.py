"""A line of the table, and the table."""

import sys
import time
from dataclasses import dataclass, field

BEGIN = time.time()


class Skipped(Exception):
    """What this machine cannot do."""


def say(text):
    print(f"[{time.time() - BEGIN:7.1f} s] {text}", flush=True)


@dataclass
class Row:
    fault: str
    rounds: int = 0
    readings: int = 0
    lost: int = 0
    wrong: int = 0
    duplicated: int = 0
    broken: list = field(default_factory=list)  # promises, in words
    notes: list = field(default_factory=list)
    skipped: str = ""

    @property
    def verdict(self):
        if self.skipped:
            return "skipped: " + self.skipped
        notes = "; ".join(self.notes)
        if self.fails:
            counted = [word for word in ("lost", "wrong", "duplicated") if getattr(self, word)]
            return "BROKEN: " + "; ".join(counted + self.broken[:4] + self.notes)
        return "kept" + (": " + notes if notes else "")

    @property
    def fails(self):
        return bool(self.broken or self.lost or self.wrong or self.duplicated)

    def demand(self, holds, otherwise):
        if not holds:
            self.broken.append(otherwise)
            say(f"   BROKEN {self.fault}: {otherwise}")

    def take(self, world, check_time=True, moment=None, units=None, field=None, losses=True):
        """Adds the common verdict over everything that a world delivered."""
        record = world.record
        self.readings += len(record.readings())
        lost = world.lost(moment or time.time()) if losses else {}
        self.lost += len(lost)
        for key, at in sorted(lost.items(), key=lambda item: item[1])[:3]:
            say(f"   lost: unit {key[0]} sample {key[1]}, served {time.time() - at:.1f} s ago")
        wrong = world.wrong(check_time, units, field)
        self.wrong += len(wrong) + len(record.malformed)
        for line in wrong[:3] + record.malformed[:3]:
            say(f"   wrong: {line}")
        self.duplicated += len(record.conflicts)
        for identity, before, after in record.conflicts[:2]:
            say(f"   conflict: {identity}\n      {before}\n      {after}")
        for text in record.identity_breaks():
            self.demand(False, text)


def table(rows):
    head = ["fault", "rounds", "readings", "lost", "wrong", "duplicated", "verdict"]
    cells = [head] + [
        [
            r.fault, *(["-"] * 5 if r.skipped else map(str, (r.rounds, r.readings, r.lost, r.wrong, r.duplicated))),
            r.verdict,
        ]
        for r in rows
    ]
    widths = [max(len(line[i]) for line in cells) for i in range(6)]
    print()
    for index, line in enumerate(cells):
        left = [line[0].ljust(widths[0])] + [line[i].rjust(widths[i]) for i in range(1, 6)]
        print("| " + " | ".join(left) + " | " + line[6] + " |")
        if index == 0:
            print("|" + "|".join("-" * (w + 2) for w in widths) + "|---|")
    sys.stdout.flush()
