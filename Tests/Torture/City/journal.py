"""What lies on a simulated gateway's disk, and how it is told."""

import time
from dataclasses import dataclass, field


def stamp(moment):
    whole = int(moment * 1000)
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(whole // 1000)) + f".{whole % 1000:03}Z"


STALE = 1_577_836_800  # 2020: what a box believes that has lost its clock
LIVE_WITHIN = 5.0


@dataclass
class Entry:
    """A reading or an event. `made` is its right time; `boot` is there when its box did not know that."""

    epoch: str
    seq: int
    topic: str
    body: dict
    made: float
    boot: str = ""
    uptime_ms: int = 0
    times_sent: int = 0

    @property
    def key(self):
        return self.epoch, self.seq


@dataclass
class Journal:
    """What lies on the box's disk. A copy of it is what a restored card brings back."""

    counter: int = 0
    kept: dict = field(default_factory=dict)  # (epoch, seq) -> Entry: delivered ones too
    owed: dict = field(default_factory=dict)  # the same, in order: not acknowledged yet


def runs(numbers):
    """The numbers as ranges, both ends included."""
    made = []
    for number in sorted(numbers):
        if made and number == made[-1][1] + 1:
            made[-1][1] = number
        else:
            made.append([number, number])
    return made


def at_most(ranges, count):
    """So many ranges at most: the smallest holes between them are closed."""
    while len(ranges) > count:
        hole = min(range(len(ranges) - 1), key=lambda place: ranges[place + 1][0] - ranges[place][1])
        ranges[hole : hole + 2] = [[ranges[hole][0], ranges[hole + 1][1]]]
    return ranges
