"""A register's value is a pure function of (unit, block, sample), so every delivered reading can be checked whole."""

import hashlib
import struct
import threading
import time

BLOCKS = {0: "a", 100: "b"}
REGISTERS = 12


def words(unit, base, sample):
    """The twelve registers of one block in one sample."""
    digest = hashlib.blake2s(struct.pack(">BHI", unit, base, sample), digest_size=12).digest()
    wave = struct.pack(">f", (sample % 4096) / 8 - 256)
    total = struct.pack(">I", (3 * sample) & 0xFFFFFFFF)
    return struct.unpack(">12H", struct.pack(">I", sample) + digest + wave + total)


def points(unit, base, sample):
    """The points that the profile reads from them."""
    raw = struct.pack(">12H", *words(unit, base, sample))
    check, mix = struct.unpack(">IQ", raw[4:16])
    letter = BLOCKS[base]
    return {
        f"{letter}_sample": sample,
        f"{letter}_check": check,
        f"{letter}_mix": mix,
        f"{letter}_wave": (sample % 4096) / 8 - 256,
        f"{letter}_total": (3 * sample) & 0xFFFFFFFF,
    }


class Field:
    """Counts the samples of each unit, and stores when each was requested and when it was answered whole."""

    def __init__(self):
        self.lock = threading.Lock()
        self.asked = {}  # unit -> [wall time of the request of sample 1, 2, ...]
        self.served = {}  # unit -> {sample: wall time at which its last block was sent}
        self.requests = 0

    def read(self, unit, start, count):
        """Returns (sample, words) for a request, or None when there are no such registers.

        A request from the start of block A begins a new sample.
        """
        with self.lock:
            self.requests += 1
            times = self.asked.setdefault(unit, [])
            if start == 0:
                times.append(time.time())
            sample = len(times)
        base = 100 if start >= 100 else 0
        if start - base + count > REGISTERS:
            return None
        return sample, words(unit, base, sample)[start - base : start - base + count]

    def sent(self, unit, start, count, sample):
        if start == 100 and count == REGISTERS:
            with self.lock:
                self.served.setdefault(unit, {})[sample] = time.time()

    def samples_before(self, moment):
        """Every (unit, sample) that was answered whole before this moment."""
        with self.lock:
            return {(unit, n): at for unit, samples in self.served.items() for n, at in samples.items() if at < moment}


def judge(unit, reading):
    """What is wrong with a reading's values; None when nothing is. Unknown points (null, with a reason) are right."""
    values = {}
    for name, point in reading["points"].items():
        if point.get("value") is None:
            if "reason" not in point:
                return f"{name} is null without a reason"
            continue
        values[name] = point["value"]
    if odd := [name for name in values if name[:2] not in ("a_", "b_")]:
        return f"no such points: {odd}"
    seen = set()
    for base, letter in BLOCKS.items():
        sample = values.get(f"{letter}_sample")
        total = values.get(f"{letter}_total")
        if sample is None and total is not None:
            # A line on which long requests stay without a reply is asked in parts; the part with the sample was lost.
            sample = total // 3
        mine = {name: value for name, value in values.items() if name.startswith(letter + "_")}
        if not mine:
            continue
        if sample is None:
            return f"block {letter} has values but no sample"
        right = points(unit, base, sample)
        for name, value in mine.items():
            if value != right.get(name):
                return f"{name} is {value}, of sample {sample} it is {right.get(name)}"
        seen.add(sample)
    if len(seen) > 1:
        return f"torn: samples {sorted(seen)}"
    return None


def stale(field, unit, sample, instant):
    """What is wrong with the time: a sample must arrive after its request and before the next request."""
    with field.lock:
        asked = field.asked.get(unit, [])
        if not 1 <= sample <= len(asked):
            return f"sample {sample} was never asked for"
        begin = asked[sample - 1]
        end = asked[sample] if sample < len(asked) else None
    if instant < begin - 0.005:
        return f"sample {sample} has a time {begin - instant:.3f} s before it was asked for"
    if end is not None and instant > end + 0.005:
        return f"sample {sample} has a time {instant - end:.3f} s after the next one was asked for"
    return None
