"""A week of a hundred devices, and its indicators from a computation that shares nothing with the gateway's.

Writes into a folder: profiles of its own, gateway.yaml (the devices), entries.tsv (the journal's contents, in the order
of arrival) and expected.jsonl (members that payloads must have). It computes the figures from the values on the
devices' displays (raw totals, weights and samples, in whole units of their last digit) by the rules of
docs/indicators.md alone, in whole numbers and fractions.

usage: indicator_week.py FOLDER
"""

import json
import random
import sys
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction

import pandas as pd

FOLDER = sys.argv[1]
QUARTER, HOUR, DAY = 900_000, 3_600_000, 86_400_000  # ms
SPANS = {"15min": QUARTER, "hour": HOUR, "day": DAY}
START = 1_794_762_000_000  # Monday 2026-11-16 00:00 WIB
DAYS = 7
END = START + DAYS * DAY
BUSY = START + DAY  # the day of the devices that are read each minute
WIB = 7 * HOUR
VERIFIED = 1_790_960_400_000  # 2026-10-03 00:00 WIB
CATEGORIES = ["plastik", "kertas", "logam", "kaca"]
WIDE = [
    (1_800, {"car": "1", "heavy": "1.3", "motorcycle": "0.4", "bicycle": "0"}),
    (None, {"car": "1", "heavy": "1.2", "motorcycle": "0.25", "bicycle": "0"}),
]
DIVIDED = [
    (1_050, {"car": "1", "heavy": "1.3", "motorcycle": "0.4", "bicycle": "0"}),
    (None, {"car": "1", "heavy": "1.2", "motorcycle": "0.25", "bicycle": "0"}),
]
DIVIDED_SITE = "padat-7"
CLASS_MIX = {"motorcycle": "0.7", "car": "0.25", "heavy": "0.05"}
LEVELS = [("A", "0.20"), ("B", "0.45"), ("C", "0.70"), ("D", "0.85"), ("E", "1.00")]

rng = random.Random(20261116)
devices = {}
sites = {}
rows = []  # arrival, order, source or None, device, body
samples = []  # what the displays showed, in the order in which it was told


class Device:
    """One device of gateway.yaml, and how long until its next reading is due."""

    def __init__(self, name, profile, site, step, verified=True, installed=None, labels=None, is_mqtt=False):
        self.name, self.profile, self.site, self.step = name, profile, site, step
        self.verified, self.installed, self.labels, self.is_mqtt = verified, installed, labels or {}, is_mqtt
        self.begin = installed if installed is not None else VERIFIED if verified else None
        self.village = int(site.split("-")[1]) % 3
        devices[name] = self
        sites.setdefault(site, {})

    def expected(self, start, span):
        if self.begin is None:
            return 0
        return max(0, start + span - max(start, self.begin)) // self.step


def iso(ms):
    return pd.Timestamp(ms, unit="ms").strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def digits(whole, places):
    """A whole number of 10^-places as a JSON number."""
    sign = "-" if whole < 0 else ""
    return str(whole) if places == 0 else f"{sign}{abs(whole) // 10**places}.{abs(whole) % 10**places:0{places}d}"


def add(device, arrival, points, source=None):
    rows.append((arrival, len(rows), source, device, '"points":{' + ",".join(points) + "}"))


def show(device, point, time, value, quality, reason=None):
    samples.append((device, point, time, value, quality, reason))


def silent(quiet, step):
    return any(first <= step < last for first, last in quiet)


def gaps(steps, count, longest):
    """Steps in which the device sends nothing."""
    return [(first, first + rng.randint(1, longest)) for first in (rng.randrange(steps) for _ in range(count))]


def bad(name, unit):
    return f'"{name}":{{"value":null,"unit":"{unit}","quality":"bad","reason":"timeout"}}'


def valued(name, value, places, unit, flag=""):
    return f'"{name}":{{"value":{digits(value, places)},"unit":"{unit}"{flag}}}'


def rush(time):
    """The share of traffic by the time of day."""
    hour = (time - START) % DAY / HOUR
    return 0.05 + max(0, 1 - abs(hour - 7) / 2.5) + max(0, 1 - abs(hour - 16.5) / 3) + (0.3 if 6 < hour < 20 else 0)


# Counters.


class Meter:
    """How a counter counts: its unit, last digit, wrap, greatest rate, and the parts into which it is divided."""

    def __init__(self, unit, places, modulus, most, share):
        # most: in last digits per second; share: billionths of the unit in each indivisible part.
        self.unit, self.places, self.modulus, self.most, self.share = unit, places, modulus, most, share


COUNTS = Meter("{vehicles}", 0, 2**32, 10, 10**9)
SHORT = Meter("{vehicles}", 0, 2**16, 10, 10**9)
CUBIC = Meter("m3", 4, 2**32 * 10**4, 6_000, 1)
TENTHS = Meter("m3", 1, 2**32, 6, 10**8)  # a whole number of tenths in the register: shared out in tenths
meters = {}  # (device, point): Meter


class Counter:
    """A totalizer as the gateway reports it: see "Counters: how to sum" of docs/topics.md."""

    def __init__(self, device, name, total, meter):
        self.device, self.name, self.total, self.meter = device, name, total, meter
        self.last = None
        meters[device, name] = meter

    def point(self, time):
        """Reports the newest total, and records it as shown on the display."""
        meter, flag, step, reason = self.meter, "", None, None
        if self.last:
            before, since = self.last
            reach = meter.most * (time - since) // 1_000
            step = (self.total - before) % meter.modulus
            if reach >= meter.modulus:
                reason, step = "counter_gap", None
            elif self.total < before and step > reach:
                reason, step = "counter_reset", self.total if self.total <= reach else None
            elif step > 2 * reach:
                reason = "counter_gap"
            if reason:
                flag = f',"quality":"uncertain","reason":"{reason}"'
            if step is not None:
                flag += f',"increase":{digits(step, meter.places)},"since":"{iso(since)}"'
        show(self.device, self.name, time, self.total, "uncertain" if reason else "good", reason)
        self.last = (self.total, time)
        return valued(self.name, self.total, meter.places, meter.unit, flag)

    def tell(self, time, total):
        """Reports a delayed total; when its moment is earlier or the same, it has no increase and moves no baseline."""
        if self.last and time > self.last[1]:
            now, self.total = self.total, total
            text, self.total = self.point(time), now
            return text
        if self.last and time == self.last[1]:
            # The same moment is reported again: the next increase counts from the last report.
            self.last = (total, time)
        show(self.device, self.name, time, total, "good")
        return valued(self.name, total, self.meter.places, self.meter.unit)

    def fail(self, time):
        show(self.device, self.name, time, None, "bad")
        return bad(self.name, self.meter.unit)


def counters(device, phase, names, totals, meter, increase, extra=None, first=START, last=END, jump=None, calm=False):
    """A polled device with totalizers: silences, failed polls, resets, wraps, and one replaced by another meter."""
    step = devices[device].step
    steps = (last - first) // step
    a_day = max(1, DAY // step)
    quiet = [] if calm else gaps(steps, 2, max(2, a_day // 3)) + gaps(steps, 2, 3)
    failing = gaps(steps, 8 if step < 300_000 else 2, 5)
    resets = {rng.randrange(steps)} if not calm and rng.random() < 0.5 else set()
    points = [Counter(device, name, total, meter) for name, total in zip(names, totals)]
    for index in range(steps):
        time = first + index * step + phase
        for which, counter in enumerate(points):
            counter.total = (counter.total + increase(which, time, step)) % meter.modulus
            if index in resets:
                counter.total = rng.randint(0, 20)
            if jump and index == steps // 2:
                counter.total = (counter.total + jump) % meter.modulus
        if silent(quiet, index):
            continue
        fails = silent(failing, index)
        texts = [counter.fail(time) if fails else counter.point(time) for counter in points]
        if extra:
            texts.append(extra(time, fails))
        add(device, time, texts)


def late_counters(device, phase, names, totals, meter, increase, extra=None, reset=False):
    """A device that reports its own time: some totals come late, some twice, and some twice with another value."""
    step = devices[device].step
    steps = DAYS * DAY // step
    quiet = gaps(steps, 2, max(2, DAY // step // 3))
    fallen = rng.randrange(steps // 3, steps // 2) if reset else None
    counters = [Counter(device, name, total, meter) for name, total in zip(names, totals)]
    held_back = []  # when it comes, its moment, its totals, its other points

    def tell_until(arrival):
        while held_back and (arrival is None or held_back[0][0] <= arrival):
            when, moment, totals, more = held_back.pop(0)
            add(device, when, [c.tell(moment, t) for c, t in zip(counters, totals)] + (more or []), moment)

    for index in range(steps):
        time = START + index * step + phase
        arrival = time + rng.randint(500, 4_000)
        added = [increase(which, time, step) for which in range(len(counters))]
        for counter, more in zip(counters, added):
            counter.total = (counter.total + more) % meter.modulus
            if index == fallen:
                counter.total = rng.randint(0, 20)
        near_reset = fallen is not None and abs(index - fallen) < 4 * HOUR // step
        tell_until(arrival)
        if silent(quiet, index):
            continue
        more = [extra(time, False)] if extra else None
        if not near_reset and index > 0 and rng.random() < 0.06:
            # The totals of later readings still include a delayed one.
            when = arrival + rng.randint(step, 3 * HOUR)
            held_back.append((when, time, [counter.total for counter in counters], more))
            held_back.sort(key=lambda one: one[0])
            continue
        add(device, arrival, [counter.point(time) for counter in counters] + (more or []), time)
        if not near_reset and rng.random() < 0.04:
            # Reported again, sometimes revised: the display was read wrongly.
            less = rng.choice([0, 1]) if min(added) > 1 else 0
            again = [counter.total - min(less, counter.total) for counter in counters]
            held_back.append((arrival + rng.randint(1_000, 2 * HOUR), time, again, None))
            held_back.sort(key=lambda one: one[0])
    tell_until(None)


def traffic(name, site, step, phase, busy, verified=True, labels=None, meter=COUNTS, totals=None, **more):
    Device(
        name, "two-loops-16" if meter is SHORT else "two-loops", site, step, verified, more.pop("installed", None),
        labels,
    )
    totals = totals or [rng.randint(0, min(2**31, meter.modulus - 1)) for _ in range(2)]
    rates = [busy * 0.1, busy * 0.23]  # a second
    evening = more.pop("evening", 1)

    def increase(which, time, step):
        rate = rates[which] * rush(time) * (evening if (time - START) % DAY > DAY // 2 else 1)
        return int(rng.uniform(0.7, 1.3) * rate * step / 1_000 + rng.random())

    counters(name, phase, ["count_0", "count_1"], totals, meter, increase, **more)


def discharge_of(name, level):
    def discharge(time, fails):
        value = level + rng.randint(-200, 200)
        wrong = not fails and rng.random() < 0.01
        show(name, "discharge", time, None if fails else value, "bad" if fails else "uncertain" if wrong else "good")
        flag = ',"quality":"uncertain","reason":"unstable"' if wrong else ""
        return bad("discharge", "L/s") if fails else valued("discharge", value, 2, "L/s", flag)

    return discharge


def flow(name, site, step, phase, verified=True, labels=None, total=None, profile="tuf-2000m", **more):
    Device(name, profile, site, step, verified, more.pop("installed", None), labels)
    level = rng.randint(300, 3_000)  # 0.01 L/s
    meter = TENTHS if profile == "tenth-meter" else CUBIC
    a_second = level / 100_000 * 10**meter.places
    extra = None if profile == "tenth-meter" else discharge_of(name, level)
    counters(
        name, phase, ["volume"], [rng.randint(0, 10**9) if total is None else total], meter,
        lambda which, time, step: int(a_second * rng.uniform(0.8, 1.2) * step / 1_000 + rng.random()), extra, **more,
    )


def own_meter(name, site, step, phase, **more):
    Device(name, "week-meter", site, step, is_mqtt=True)
    level = rng.randint(300, 3_000)
    late_counters(
        name, phase, ["volume"], [rng.randint(0, 10**9)], CUBIC,
        lambda which, time, step: int(level * step / 10_000 + rng.randint(0, 9_999)), discharge_of(name, level), **more,
    )


def own_lanes(name, site, step, phase, totals, **more):
    Device(name, "week-lanes", site, step, labels={"count_0.class": "car", "count_1.class": "motorcycle"}, is_mqtt=True)
    late_counters(
        name, phase, ["count_0", "count_1"], totals, COUNTS,
        lambda which, time, step: int(rng.uniform(0.7, 1.3) * (0.1 + 0.13 * which) * rush(time) * step / 1_000), **more,
    )


# Rows of intervals.

ROW = ["car_lft", "car_rgt", "heavy_lft", "heavy_rgt", "bike_lft", "bike_rgt"]


def telraam(name, site, offset=0):
    """Rows of an hour, some reported again and some of these revised; each belongs to the hour that it begins."""
    Device(name, "telraam", site, HOUR, is_mqtt=True)
    quiet = gaps(DAYS * 24, 3, 4)

    def tell(begin, arrival, may_fail):
        texts = []
        for point, most in zip(ROW, (4_000, 4_000, 300, 300, 500, 500)):
            value = int(most * rush(begin) * rng.uniform(0.3, 1))
            wrong = may_fail and rng.random() < 0.01
            flag = ',"quality":"bad","reason":"out_of_range"' if wrong else ""
            show(name, point, begin, value, "bad" if wrong else "good")
            texts.append(valued(point, value, 1, "{vehicles}", flag))
        add(name, arrival, texts, begin)
        return texts

    for hour in range(DAYS * 24):
        if silent(quiet, hour):
            continue
        begin = START + hour * HOUR + offset
        arrival = begin + HOUR + rng.randint(5_000, 300_000)
        pending.append((arrival, tell, begin, True))
        if rng.random() < 0.1:
            pending.append((arrival + rng.randint(1, 30) * HOUR, tell, begin, False))
        repeated.update({(name, begin): rng.randint(0, 2)})


pending = []  # rows of telraam in the order of their making
repeated = {}


def tell_rows():
    """Reports rows in the order of arrival, so that the last row of a moment counts; some rows repeat at once."""
    for arrival, tell, begin, may_fail in sorted(pending, key=lambda one: one[0]):
        texts = tell(begin, arrival, may_fail)
        device = rows[-1][3]
        for turn in range(repeated[device, begin] if may_fail else 0):
            add(device, arrival + 20_000 * (turn + 1), texts, begin)


# Values.


def probe(name, profile, site, step, points, verified=True, own=False):
    """Samples; a device that reports its own time often sends them late, and not each point in each message."""
    Device(name, profile, site, step, verified, is_mqtt=own)
    phase, steps = rng.randrange(step), DAYS * DAY // step
    quiet = gaps(steps, 2, max(2, DAY // step // 3))
    for index in range(steps):
        if silent(quiet, index):
            continue
        time = arrival = START + index * step + phase
        if own:
            arrival += rng.randint(60_000, 20_000_000) if rng.random() < 0.05 else rng.randint(0, 900)
        texts = []
        if own and rng.random() < 0.01:
            # A reading from a clock that is two days ahead is excluded when it comes.
            for point, places, unit, value in points:
                show(name, point, arrival, None, "bad")
                texts.append(valued(point, value(), places, unit))
            add(name, arrival, texts, arrival + 2 * DAY)
            continue
        for point, places, unit, value in points:
            if own and len(points) > 1 and rng.random() < 0.03:
                continue
            shown, luck = value(), rng.random()
            quality = "bad" if luck < 0.015 else "uncertain" if luck < 0.02 else "good"
            flag = {"bad": "out_of_range", "uncertain": "tiny"}.get(quality)
            flag = f',"quality":"{quality}","reason":"{flag}"' if flag else ""
            show(name, point, time, shown, quality)
            texts.append(valued(point, shown, places, unit, flag))
        if texts:
            add(name, arrival, texts, time if own else None)


def scale(index):
    """Loads of one or more steps; some are tared under load, some are never stable."""
    name = f"scale-{index}"
    labels = {"category": CATEGORIES[index % 4]}
    device = Device(name, "laumas-w100", f"bank-{index // 4}", QUARTER, index % 9 != 3, labels=labels)
    phase, load, left, tare = rng.randrange(QUARTER), 0, 0, 0
    for step in range(DAYS * DAY // QUARTER):
        time = START + step * QUARTER + phase
        hour = (step * QUARTER % DAY) // HOUR
        if left == 0 and load:
            load = tare = 0
        elif left:
            left -= 1
            load += rng.choice([0, 0, rng.randint(1, 500)])
        elif 7 <= hour < 17 and rng.random() < 0.3:
            load, left = rng.randint(1, 4_000), rng.randint(0, 3)
        if load and not tare and left == 1 and rng.random() < 0.1:
            tare = load
        gross, net, stable = load, load - tare, rng.random() > 0.1
        weights.append((name, time, net, gross, stable, device.verified))
        flag = "" if stable else ',"quality":"uncertain","reason":"unstable"'
        add(name, time, [valued("gross", gross, 2, "kg", flag), valued("net", net, 2, "kg", flag)])


weights = []

# The devices.


def quarter_phase():
    return rng.randrange(QUARTER)


def settle():
    directions = [{"direction": "utara"}, {"direction": "selatan"}, {}]
    classes = {"count_0.class": "car", "count_1.class": "motorcycle"}
    for i in range(16):
        begin = START + 3 * DAY if i == 15 else None
        traffic(
            f"loops-{i}", f"simpang-{i // 3}", QUARTER, 0 if i % 4 == 0 else quarter_phase(), rng.uniform(0.3, 1.6),
            i not in (5, 13), classes | directions[i % 3], installed=begin, first=begin or START,
            totals=[2**32 - rng.randint(100, 9_000) for _ in range(2)] if i % 7 == 0 else None,
            jump=1_000_000 if i == 9 else None,
        )
    for i in range(4):
        traffic(
            f"padat-{i}", f"padat-{6 + i // 2}", 60_000, [0, 17_321, 59_999, 30_000][i], 1.1, True,
            classes | directions[i % 2], installed=BUSY, first=BUSY, last=BUSY + DAY, calm=i > 1,
            evening=(1, 1, 0.7, 1.3)[i],
        )
    for i in range(3):
        traffic(
            f"ramai-{i}", f"ramai-{8 + i // 2}", 300_000, rng.randrange(300_000) if i else 0, 0.9, True,
            classes | directions[i % 3], SHORT, calm=i == 2,
        )
    traffic("campur-0", "campur-10", 300_000, 12_345, 0.8, labels={}, calm=True)
    traffic("polos-0", "polos-11", QUARTER, 0, 0.8, labels={}, calm=True)
    traffic("doho-0", "doho-12", 300_000, 7_000, 0.5, labels=classes | {"direction": "left"}, calm=True)
    telraam("telraam-0", "doho-12")
    telraam("telraam-1", "doho-13")
    telraam("telraam-2", "doho-13")
    telraam("telraam-3", "doho-14", 1_200_000)
    own_lanes("lanes-0", "jalur-15", 300_000, 123_456, [2**32 - 20_000, 5_000])
    own_lanes("lanes-1", "jalur-15", QUARTER, 600_001, [70_000, 1_000_000], reset=True)
    for i in range(16):
        flow(
            f"flow-{i}", f"sumber-{i // 2 if i < 12 else i - 6}", QUARTER, quarter_phase(), i not in (4, 11),
            {"duplicate_of": "flow-2"} if i == 3 else {}, (2**32 - 300) * 10_000 if i == 7 else None,
            installed=START + 2 * DAY if i in (4, 9) else None, first=START + 2 * DAY if i in (4, 9) else START,
        )
    for i in range(2):
        flow(
            f"deras-{i}", "deras-0", 60_000, 41_000 * i, installed=BUSY, first=BUSY, last=BUSY + DAY, calm=i == 1,
        )
    flow("lancar-0", "lancar-0", 300_000, rng.randrange(300_000), calm=True)
    for i in range(2):
        flow(f"tenth-{i}", f"sumber-{i}", QUARTER, quarter_phase(), profile="tenth-meter")
    own_meter("meter-0", "hulu-0", QUARTER, quarter_phase())
    own_meter("meter-1", "hulu-0", 300_000, 150_000)
    own_meter("meter-2", "hulu-1", HOUR, 1_800_000, reset=True)
    for i in range(12):
        scale(i)
    for i in range(8):
        own = i % 2 == 1
        probe(
            f"level-{i}", "week-level" if own else "level-transmitter", f"sumber-{i}",
            {2: 300_000, 3: HOUR}.get(i, QUARTER), [("level", 3, "m", lambda: rng.randint(400, 900))], i != 6, own=own,
        )
        if i != 5:
            sites[f"sumber-{i}"]["gauge"] = f"level-{i}"
    acid = ("ph", 2, "[pH]", lambda: rng.randint(570, 920))
    cloud = ("turbidity", 2, "[NTU]", lambda: rng.randint(20, 360) if rng.random() > 0.03 else rng.randint(300, 2_000))
    solid = ("tds", 0, "mg/L", lambda: rng.choice([150, 280, 299, 300, 301, 990, 1_000, 1_001]))
    for i in range(4):
        probe(f"ph-{i}", "sup-ph8001", f"mutu-{i}", QUARTER, [acid], i != 3)
    for i in range(2):
        probe(f"turbidity-{i}", "nx5111", f"mutu-{i}", QUARTER, [cloud])
    for i in range(4):
        step = 300_000 if i == 2 else QUARTER
        probe(f"multi-{i}", "week-probe", f"mutu-{i + 3}", step, [acid, solid, cloud], own=True)
    probe("tds-0", "week-tds", "mutu-1", QUARTER, [solid])
    tell_rows()


PROFILE = """profile: {name}
name: {name}
measures: {measures}
source: this test
caveats: []
{access}
points:
{points}
vectors:
  - {{ source: this test, {vector} }}
"""
MODBUS = "modbus: { numbering: from_0, word_order: ABCD }"
OWN = "mqtt: {{ messages: {{ m: {{ topic: \"{}/{{node}}\", time: {{ path: t, format: epoch_ms }} }} }} }}"


def profile(name, measures, access, points, vector):
    lines = "\n".join(f"  {line}" for line in points)
    with open(f"{FOLDER}/{name}.yaml", "w") as file:
        file.write(PROFILE.format(name=name, measures=measures, access=access, points=lines, vector=vector))


def own_profile(name, measures, points):
    payload = ",".join([f'"t":{START}'] + [f'"{point.split(":")[0]}":1' for point in points])
    values = ", ".join(f'{point.split(":")[0]}: 1' for point in points)
    points = [point.replace(": {", f": {{ message: m, path: {point.split(':')[0]},", 1) for point in points]
    profile(
        name, measures, OWN.format(name), points,
        f"topic: \"{name}/{{node}}\", payload: '{{{payload}}}', values: {{ {values} }}",
    )


def write_profiles():
    for name, bits in (("two-loops", 32), ("two-loops-16", 16)):
        counter = f'unit: "{{vehicles}}", counter: {{ bits: {bits}, max_rate: 10 }}'
        words = "0000 0001 0000 0002" if bits == 32 else "0001 0002"
        profile(
            name, "traffic", MODBUS,
            [f"count_{i}: {{ input: {i * bits // 16}, type: uint{bits}, {counter} }}" for i in range(2)],
            f"input: {{ 0: {words} }}, values: {{ count_0: 1, count_1: 2 }}",
        )
    profile(
        "tenth-meter", "water", MODBUS,
        ["volume: { holding: 0, type: uint32, unit: m3, scale: 0.1, counter: { bits: 32, max_rate: 0.6 } }"],
        "holding: { 0: 0000 000A }, values: { volume: 1 }",
    )
    profile(
        "week-tds", "water", MODBUS, ["tds: { holding: 0, type: uint16, unit: mg/L }"],
        "holding: { 0: 000A }, values: { tds: 10 }",
    )
    counter = 'unit: "{vehicles}", counter: { bits: 32, max_rate: 10 }'
    own_profile("week-lanes", "traffic", [f"count_{i}: {{ {counter} }}" for i in range(2)])
    volume = "volume: { unit: m3, counter: { bits: 32, max_rate: 0.6 } }"
    own_profile("week-meter", "water", [volume, "discharge: { unit: L/s }"])
    own_profile("week-level", "water", ["level: { unit: m }"])
    own_profile("week-probe", "water", ['ph: { unit: "[pH]" }', "tds: { unit: mg/L }", 'turbidity: { unit: "[NTU]" }'])


MKJI = "capacity_method: MKJI 1997, levels: km-14-2006-primary-arterial"
WHOLE = "car_units: mkji-2-2ud-wide, capacity: 2900, " + MKJI
ROADS = {f"simpang-{i}": WHOLE for i in range(6)} | {
    "padat-6": WHOLE + ", target_level: B",
    DIVIDED_SITE: f"car_units: mkji-4-2d, {MKJI}, target_level: A, "
    "directions: { utara: { capacity: 3300, lanes: 2 }, selatan: { capacity: 3300, lanes: 2 } }",
    "campur-10": f"car_units: mkji-2-2ud-wide, class_mix: {{ {', '.join(f'{k}: {v}' for k, v in CLASS_MIX.items())} }}",
}
ROADLESS = ("sumber", "deras", "lancar", "hulu", "mutu", "bank")


def write_inputs():
    write_profiles()
    with open(f"{FOLDER}/gateway.yaml", "w") as file:
        file.write("gateway: kdr-week-01\ntimezone: Asia/Jakarta\nsites:\n")
        for site, more in sorted(sites.items()):
            kind, number = site.split("-")
            keys = [f"kelurahan: Desa {int(number) % 3}", "kecamatan: Pesantren"]
            keys += [f"{key}: {word}" for key, word in more.items()]
            if kind not in ROADLESS:
                keys.append(f"road: {{ {ROADS.get(site, 'car_units: mkji-2-2ud-wide')} }}")
            file.write(f"  {site}: {{ {', '.join(keys)} }}\n")
        file.write("buses:\n  field: { tcp: 127.0.0.1:502 }\n  sensors: { mqtt: \"mqtt://127.0.0.1\" }\ndevices:\n")
        for unit, device in enumerate(devices.values(), 1):
            keys = [f"profile: {device.profile}", f"site: {device.site}", f"interval: {device.step // 1_000}s"]
            keys += ["bus: sensors", f"node: {device.name}"] if device.is_mqtt else ["bus: field", f"unit: {unit}"]
            if device.labels:
                keys.append(f"labels: {{ {', '.join(f'{key}: {word}' for key, word in device.labels.items())} }}")
            if device.verified:
                keys.append("verified: { by: Diskominfo, on: 2026-10-03 }")
            if device.installed is not None:
                keys.append(f"installed: {iso(device.installed + WIB)[:10]}")
            file.write(f"  {device.name}: {{ {', '.join(keys)} }}\n")
        file.write("destinations:\n  city:\n    { mqtt: mqtts://broker.example, username: kdr-week-01, ")
        file.write("password_file: credential:city }\n")
        file.write("storage: { path: /tmp, limit: 64MB }\n")
    rows.sort(key=lambda row: row[:2])
    with open(f"{FOLDER}/entries.tsv", "w") as file:
        for time, _, source, device, body in rows:
            if source is not None:
                body += f',"source_time":"{iso(source)}"'
            file.write(f"{time}\t{device}\t{body}\n")


# The expected figures.


def seven(fraction):
    """Rounds to seven digits, half to even."""
    fraction = Fraction(fraction)
    if not fraction:
        return 0.0
    exponent = len(str(abs(fraction.numerator))) - len(str(fraction.denominator))
    while abs(fraction) < Fraction(10) ** exponent:
        exponent -= 1
    while abs(fraction) >= Fraction(10) ** (exponent + 1):
        exponent += 1
    return float(Decimal(round(fraction * Fraction(10) ** (6 - exponent))).scaleb(exponent - 6))


def exact(billionths):
    return float(Decimal(billionths).scaleb(-9))


def window_of(time, span):
    return (time + WIB) // span * span - WIB


def pieces(first, last, span):
    """The windows that an interval overlaps, with its part in each."""
    start = window_of(first, span)
    while start < last:
        low, high = max(first, start), min(last, start + span)
        if low < high:
            yield start, low, high
        start += span


class Part:
    """The sum of one counter's intervals, or of one point's held values, in one window."""

    __slots__ = ("amount", "time", "reaching", "reaching_time", "times", "lost", "reasons")

    def __init__(self):
        self.amount = self.time = self.reaching = self.reaching_time = self.times = self.lost = 0
        self.reasons = []


class Told:
    """The readings of one point in one window."""

    __slots__ = ("received", "good", "excluded", "unverified", "least", "most")

    def __init__(self):
        self.received = self.good = self.excluded = self.unverified = 0
        self.least = self.most = None


parts = {span: defaultdict(dict) for span in SPANS.values()}  # span: (device, point): window: Part
told = {span: defaultdict(dict) for span in SPANS.values()}
segments = defaultdict(list)  # (device, point): (since, time, amount in billionths or None, share)
losses = defaultdict(list)  # (device, point): (since, time, reason)
holds = defaultdict(list)  # (device, point): (from, to, value)
PLACES = {"discharge": 2, "level": 3, "ph": 2, "turbidity": 2, "tds": 0} | {name: 1 for name in ROW}


def shared(amount, share, since, time, low, high):
    """The part of an increase that belongs to the window from low to high, in whole shares."""
    whole, long = amount // share, time - since
    return (whole * (high - since) // long - whole * (low - since) // long) * share


def spread(key, since, time, amount, share):
    segments[key].append((since, time, amount, share))
    for span in SPANS.values():
        for start, low, high in pieces(since, time, span):
            part = parts[span][key].setdefault(start, Part())
            mine = shared(amount, share, since, time, low, high)
            part.amount += mine
            part.time += high - low
            if since < start or time > start + span:
                part.reaching += mine
                part.reaching_time += high - low


def lose(key, since, time, reason):
    losses[key].append((since, time, reason))
    for span in SPANS.values():
        for start, low, high in pieces(since, time, span):
            part = parts[span][key].setdefault(start, Part())
            part.times += 1
            part.lost += high - low
            part.reasons.append(reason)


def understand():
    """Turns the displays' values into one reading for each moment, then into intervals and times."""
    table = pd.DataFrame(samples, columns=["device", "point", "time", "value", "quality", "reason"])
    table["value"] = table["value"].astype("Int64")
    table = table.drop_duplicates(["device", "point", "time"], keep="last").sort_values(["device", "point", "time"])
    for key, group in table.groupby(["device", "point"], sort=False):
        device, meter = devices[key[0]], meters.get(key)
        readings = list(zip(group.time, group.value, group.quality, group.reason))
        for time, value, quality, _ in readings:
            moment = time
            for span in SPANS.values():
                one = told[span][key].setdefault(window_of(moment, span), Told())
                one.received += 1
                if quality == "good" and device.verified:
                    one.good += 1
                    one.least = value if one.least is None else min(one.least, value)
                    one.most = value if one.most is None else max(one.most, value)
                else:
                    one.excluded += 1
                    one.unverified += quality == "good"
        if not device.verified:
            continue
        if meter:
            known = [reading for reading in readings if reading[2] != "bad"]
            for (since, before, *_), (time, value, quality, reason) in zip(known, known[1:]):
                if quality == "good":
                    step = (int(value) - int(before)) % meter.modulus
                    spread(key, since, time, step * 10 ** (9 - meter.places), meter.share)
                else:
                    lose(key, since, time, reason)
        elif key[1] in ROW:
            for time, value, quality, _ in readings:
                if quality == "good":
                    # Whole things are not divided.
                    spread(key, time, time + device.step, int(value) * 10**8, 10**9 if value % 10 == 0 else 1)
        else:
            for index, (time, value, quality, _) in enumerate(readings):
                until = time + device.step * 5 // 2
                if index + 1 < len(readings):
                    until = min(until, readings[index + 1][0])
                if quality == "good":
                    holds[key].append((time, until, int(value)))
                    for span in SPANS.values():
                        for start, low, high in pieces(time, until, span):
                            part = parts[span][key].setdefault(start, Part())
                            part.amount += int(value) * (high - low)
                            part.time += high - low


def scopes_of(kind, names):
    """Devices by scope, named as in topics; a duplicate of another device is in its own scope only."""
    found = defaultdict(list)
    for name in names:
        device = devices[name]
        if kind != "device" and "duplicate_of" in device.labels:
            continue
        scope = {
            "device": f"device-{name}", "site": f"site-{device.site}", "kelurahan": f"kelurahan-desa-{device.village}",
            "kecamatan": "kecamatan-pesantren", "gateway": "gateway",
        }[kind]
        found[scope].append(name)
    return found


def starts(window):
    """The windows to compare: hours until the evening of one day, quarters of its morning."""
    morning = BUSY + 4 * HOUR
    first, last = {
        "15min": (morning, morning + 6 * HOUR), "hour": (BUSY, BUSY + 18 * HOUR), "day": (START, END),
    }[window]
    return range(first, last, SPANS[window])


out = open(f"{FOLDER}/expected.jsonl", "w")


def tell(indicator, scope, window, start, members):
    line = {"indicator": indicator, "scope": scope, "window": window, "start": start, "members": members}
    out.write(json.dumps(line) + "\n")


def is_incomplete(counted, expected):
    return expected > 0 and counted * 10_000 // expected < 9_000


def counts(group, points, start, span):
    """For each device: counts of the point that was reported most often and of the one that counted least often."""
    total = dict.fromkeys(("expected", "received", "counted", "excluded", "unverified"), 0)
    for name in group:
        mine = [told[span][name, point].get(start) or Told() for point in points[name]]
        expected = devices[name].expected(start, span)
        total["expected"] += expected
        total["received"] += max(one.received for one in mine)
        total["counted"] += min(expected, min(one.good for one in mine))
        total["excluded"] += max(one.excluded for one in mine)
        total["unverified"] += max(one.unverified for one in mine)
    return total


def conclude(
    indicator, scope, window, start, total, value, members, lost=None, missing=False, interpolated=False, reason=None,
):
    """Adds the members that every figure has, and its quality: the first reason, when there are several."""
    result = {key: total[key] for key in ("expected", "received", "counted", "excluded")}
    result["unverified"] = total["unverified"] or None
    if total["expected"]:
        result["completeness"] = total["counted"] * 10_000 // total["expected"] / 10_000
    if value is None and reason is None:
        quality, why = "bad", "no_data"
    else:
        why = (
            reason or lost or ("missing_part" if missing else None) or ("interpolated" if interpolated else None)
            or ("incomplete" if is_incomplete(total["counted"], total["expected"]) else None)
        )
        quality = "uncertain" if why else None
    result |= {"value": value, "quality": quality, "reason": why}
    tell(indicator, scope, window, start, result | (members if value is not None else {}))


def first_of(*reasons):
    """The reason that comes first in the table."""
    return next((reason for reason in ("counter_reset", "counter_gap") if reason in reasons), None)


class Sum:
    """Increases of a group's counters in one window: what is known, what extends beyond it, what is lost."""

    def __init__(self, group, points, start, span):
        self.amounts, self.reaching, self.reaching_time, self.counters = {}, 0, 0, 0
        self.times = self.lost = 0
        reasons = []
        for name in group:
            for point in points[name]:
                self.counters += devices[name].verified
                part = parts[span][name, point].get(start)
                if not part:
                    continue
                if part.time:
                    self.amounts[name, point] = part.amount
                self.reaching += part.reaching
                self.reaching_time += part.reaching_time
                self.times += part.times
                self.lost += part.lost
                reasons += part.reasons
        self.total = sum(self.amounts.values()) if self.amounts else None
        self.interpolated = 10 * self.reaching > (self.total or 0) or 10 * self.reaching_time > span * self.counters
        self.reason = first_of(*reasons)

    @property
    def unknown(self):
        return {"times": self.times, "seconds": exact(self.lost * 10**6)} if self.times else None

    def by(self, words):
        """The amounts by class and direction, for counters that have them."""
        found = {}
        for key, amount in self.amounts.items():
            for name, word in words(*key).items():
                found.setdefault(name, {})
                found[name][word] = found[name].get(word, 0) + amount
        return found


def traffic_words(name, point):
    if point in ROW:
        kind, side = point.split("_")
        return {"class": {"bike": "bicycle"}.get(kind, kind), "direction": {"lft": "left", "rgt": "right"}[side]}
    labels = devices[name].labels
    words = {"class": labels.get(f"{point}.class"), "direction": labels.get("direction")}
    return {key: word for key, word in words.items() if word}


def sums(indicator, points, kind, window, words=None):
    span = SPANS[window]
    for scope, group in scopes_of(kind, points).items():
        for start in starts(window):
            total, found = counts(group, points, start, span), Sum(group, points, start, span)
            members = {"unknown": found.unknown}
            if words:
                members["by"] = {n: {w: exact(v) for w, v in by.items()} for n, by in found.by(words).items()} or None
            value = None if found.total is None else exact(found.total)
            conclude(indicator, scope, window, start, total, value, members, found.reason, False, found.interpolated)


def weighted(site, amounts, per_hour):
    """Applies a site's table to vehicles in a time: flow, its parts, and how full the road then is."""
    told = []  # class, direction, vehicles an hour, whether the device tells the class
    for key, amount in amounts.items():
        words = traffic_words(*key)
        vehicles = Fraction(amount, 10**9) * per_hour
        if "class" in words:
            told.append((words["class"], words.get("direction"), vehicles, True))
        elif site.startswith("campur"):
            for word, share in CLASS_MIX.items():
                told.append((word, words.get("direction"), vehicles * Fraction(share), False))
    road = ROADS.get(site)
    steps, capacity, lanes = (DIVIDED, 3_300, 2) if road == ROADS[DIVIDED_SITE] else (WIDE, 2_900, 1)
    sides = defaultdict(list)
    for one in told:
        sides[one[1] if steps is DIVIDED else None].append(one)
    by, flow, full = {}, Fraction(0), {}
    for side, those in sides.items():
        motors = sum(vehicles for word, _, vehicles, _ in those if word != "bicycle") / lanes
        units = next(units for below, units in steps if below is None or motors < below)
        mine = Fraction(0)
        for word, direction, vehicles, is_told in those:
            part = vehicles * Fraction(units[word])
            mine += part
            for name, key in (("class", word if is_told else None), ("direction", direction)):
                if key:
                    by.setdefault(name, {})
                    by[name][key] = by[name].get(key, 0) + part
        flow += mine
        full[side] = seven(mine / capacity)
    by = {name: {word: seven(part) for word, part in parts.items()} for name, parts in by.items()}
    return {
        "flow": seven(flow), "by": by or None, "saturation": max(full.values(), default=None),
        "directions": full if steps is DIVIDED else None,
    }


def level_of(saturation):
    return next((word for word, most in LEVELS if saturation <= float(most)), "F")


def side_levels(found, with_level):
    if not found["directions"]:
        return None
    return {
        side: {"saturation": full} | ({"level": level_of(full)} if with_level else {})
        for side, full in found["directions"].items()
    }


def flows(points, window):
    """The flow, saturation and level of the sites' roads."""
    span = SPANS[window]
    for scope, group in scopes_of("site", points).items():
        site = scope.removeprefix("site-")
        for start in starts(window):
            total, found = counts(group, points, start, span), Sum(group, points, start, span)
            road = weighted(site, found.amounts, Fraction(HOUR, span))
            value = road["flow"] if found.total is not None else None
            reason = None
            if site.startswith("polos") and found.total:
                value, reason = None, "unclassified"
            name = "2/1 and 4/2D" if site == DIVIDED_SITE else "2/2UD, carriageway above 6 m"
            members = {"unknown": found.unknown, "car_units": f"MKJI 1997 urban, {name}"}
            rest = (found.reason, False, found.interpolated, reason)
            conclude("traffic-flow-pcu", scope, window, start, total, value, members | {"by": road["by"]}, *rest)
            if site in ROADS and site != "campur-10":
                full = None if value is None else road["saturation"]
                more = members | {"directions": side_levels(road, False)}
                conclude("traffic-saturation", scope, window, start, total, full, more, *rest)
                level = None if full is None else level_of(full)
                more = members | {"directions": side_levels(road, True), "saturation": full}
                conclude("traffic-level-of-service", scope, window, start, total, level, more, *rest)


def day_levels(points):
    """The level of a day's peak hour, and how many of the sure quarters were good enough."""
    for scope, group in scopes_of("site", points).items():
        site = scope.removeprefix("site-")
        if site not in ROADS or site == "campur-10":
            continue
        for start in starts("day"):
            total, found = counts(group, points, start, DAY), Sum(group, points, start, DAY)
            if found.total is None:
                conclude("traffic-level-of-service", scope, "day", start, total, None, {})
                continue
            peak = Peak(group, points, start)
            sides = ("utara", "selatan") if site == DIVIDED_SITE else (None,)
            hours = {side: side_hour(peak, side) for side in sides}
            roads = [weighted(site, amounts, 1) for _, amounts in hours.values()]
            full = {side: full for road in roads for side, full in (road["directions"] or {}).items()} or None
            road = {"saturation": max(road["saturation"] for road in roads), "directions": full}
            around = [within(group, points, begin, begin + HOUR) for begin, _ in hours.values()]
            reason, interpolated = first_of(*(one[1] for one in around)), any(one[0] for one in around)
            sure = [
                quarter for i, quarter in enumerate(peak.quarters)
                if quarter.total is not None and peak.is_sure(i) and peak.is_complete(i)
            ]
            has_target = "target_level" in ROADS[site]
            levels = [level_of(weighted(site, quarter.amounts, 4)["saturation"]) for quarter in sure]
            kept = sum(level <= ("A" if site == DIVIDED_SITE else "B") for level in levels)
            members = {
                "saturation": road["saturation"], "directions": side_levels(road, True), "unknown": found.unknown,
                "share_at_target": seven(Fraction(100 * kept, len(sure))) if sure and has_target else None,
            }
            conclude(
                "traffic-level-of-service", scope, "day", start, total, level_of(road["saturation"]), members,
                first_of(found.reason, reason), False, found.interpolated or interpolated,
            )


def side_hour(peak, side):
    """The beginning and the vehicles of one direction's peak hour; the whole road's when it has no directions."""
    quarters = [
        {key: amount for key, amount in quarter.amounts.items() if side in (None, traffic_words(*key).get("direction"))}
        for quarter in peak.quarters
    ]
    bins = [sum(quarter.values()) for quarter in quarters]
    sums = [sum(bins[i:i + 4]) for i in range(len(bins) - 3)]
    first = sums.index(max(sums))
    amounts = defaultdict(int)
    for quarter in quarters[first:first + 4]:
        for key, amount in quarter.items():
            amounts[key] += amount
    return peak.start + first * QUARTER, amounts


def within(group, points, first, last):
    """Whether much of an hour's amount extends beyond it, and the reason of its losses; it may begin at any quarter."""
    reaching, whole, time, counters, reasons = 0, 0, 0, 0, []
    for name in group:
        for point in points[name]:
            counters += devices[name].verified
            for since, until, amount, share in segments[name, point]:
                low, high = max(since, first), min(until, last)
                if low < high:
                    mine = shared(amount, share, since, until, low, high)
                    whole += mine
                    if since < first or until > last:
                        reaching += mine
                        time += high - low
            reasons += [reason for since, until, reason in losses[name, point] if since < last and until > first]
    return 10 * reaching > whole or 10 * time > (last - first) * counters, first_of(*reasons)


class Peak:
    """The four consecutive quarters of a day with the largest sum; the earliest when sums are equal."""

    def __init__(self, group, points, start):
        self.group, self.points, self.start = group, points, start
        self.quarters = [Sum(group, points, start + i * QUARTER, QUARTER) for i in range(DAY // QUARTER)]
        bins = [quarter.total or 0 for quarter in self.quarters]
        hours = [sum(bins[i:i + 4]) for i in range(len(bins) - 3)]
        self.most = max(hours)
        self.first = hours.index(self.most)
        self.largest = max(bins[self.first:self.first + 4])
        self.begin = start + self.first * QUARTER
        self.interpolated, self.reason = within(group, points, self.begin, self.begin + HOUR)

    def is_sure(self, index):
        return not self.quarters[index].interpolated and not self.quarters[index].reason

    def is_complete(self, index):
        """Whether the quarter is complete for each device."""
        start = self.start + index * QUARTER
        for name in self.group:
            expected = devices[name].expected(start, QUARTER)
            good = min((told[QUARTER][name, point].get(start) or Told()).good for point in self.points[name])
            if is_incomplete(min(expected, good), expected):
                return False
        return True

    @property
    def factor(self):
        four = range(self.first, self.first + 4)
        whole = all(self.is_complete(i) and self.is_sure(i) for i in four)
        return seven(Fraction(self.most, 4 * self.largest)) if whole and self.largest else None


def peaks(points, kind):
    points = {name: mine for name, mine in points.items() if mine[0] not in ROW}
    for scope, group in scopes_of(kind, points).items():
        for start in starts("day"):
            total, found = counts(group, points, start, DAY), Sum(group, points, start, DAY)
            if found.total is None:
                conclude("traffic-peak-hour", scope, "day", start, total, None, {})
                continue
            peak = Peak(group, points, start)
            members = {
                "peak_from": iso(peak.begin), "peak_to": iso(peak.begin + HOUR), "unknown": found.unknown,
                "peak_hour_factor": peak.factor,
            }
            conclude(
                "traffic-peak-hour", scope, "day", start, total, exact(peak.most), members,
                first_of(found.reason, peak.reason), False, found.interpolated or peak.interpolated,
            )


def means(indicator, point, kind, window, night=False, gauge=False):
    span, places = SPANS[window], PLACES[point]
    names = {name for name, mine in samples_of.items() if point in mine}
    if window == "15min":
        names = {name for name in names if devices[name].step <= QUARTER}
    points = {name: [point] for name in devices if name in names}
    for scope, group in scopes_of(kind, points).items():
        if gauge and kind == "site":
            named = sites[scope.removeprefix("site-")].get("gauge")
            group = [name for name in group if name == named]
            if not group:
                continue

        def mean_of(name, start, span):
            part = parts[span][name, point].get(start)
            return Fraction(part.amount, part.time * 10**places) if part and part.time else None

        def together(start, span):
            """The sum of the meters' means, and whether a meter that must have a mean has none."""
            known = [mean_of(name, start, span) for name in group]
            lacks = any(m is None and devices[name].expected(start, span) for m, name in zip(known, group))
            known = [m for m in known if m is not None]
            return (sum(known) if known else None), lacks

        for start in starts(window):
            total = counts(group, points, start, span)
            mean, missing = together(start, span)
            members = {}
            # A meter that is not expected yet does not count as one of several.
            metering = [n for n in group if devices[n].expected(start, span) or mean_of(n, start, span)]
            if len(metering) == 1:
                one = told[span][metering[0], point].get(start) or Told()
                members["minimum"] = None if one.least is None else seven(Fraction(int(one.least), 10**places))
                members["maximum"] = None if one.most is None else seven(Fraction(int(one.most), 10**places))
            else:
                members |= {"minimum": None, "maximum": None}
            if night:
                members["night_minimum"] = None
                if len(metering) == 1:
                    dark = [told[HOUR][metering[0], point].get(start + hour * HOUR) for hour in range(4)]
                    dark = [one.least for one in dark if one and one.least is not None]
                    members["night_minimum"] = seven(Fraction(int(min(dark)), 10**places)) if dark else None
                hours = [together(start + hour * HOUR, HOUR) for hour in range(4)]
                hours = [mean for mean, lacks in hours if mean is not None and not lacks]
                members["night_minimum_hour"] = seven(min(hours)) if hours else None
            value = None if mean is None else seven(mean)
            conclude(indicator, scope, window, start, total, value, members, None, missing and len(group) > 1)


def availability(kind):
    points = {
        name: [point for point in ("discharge", "level", "ph", "turbidity") if point in mine]
        for name, mine in samples_of.items() if mine & {"discharge", "level", "ph", "turbidity"}
    }
    for scope, group in scopes_of(kind, points).items():
        for start in starts("day"):
            total = counts(group, points, start, DAY)
            members = {key: total[key] for key in ("expected", "received", "counted", "excluded")}
            members["value"] = seven(Fraction(100 * total["counted"], total["expected"])) if total["expected"] else None
            tell("water-availability", scope, "day", start, members)


def shares(indicator, limits, kind):
    points = {
        name: [point for point in limits if point in mine] for name, mine in samples_of.items() if mine & limits.keys()
    }
    broken = defaultdict(int)  # (device, point, quarter)
    for name in points:
        for point in points[name]:
            for first, last, value in holds[name, point]:
                if not limits[point](value):
                    for start, low, high in pieces(first, last, QUARTER):
                        broken[name, point, start] += high - low
    for scope, group in scopes_of(kind, points).items():
        places = defaultdict(list)
        for name in group:
            if devices[name].verified:
                places[devices[name].site] += [(name, point) for point in points[name]]
        for start in starts("day"):
            held = judged = 0
            time, kept = defaultdict(int), defaultdict(int)
            for conditions in places.values():
                for quarter in range(start, start + DAY, QUARTER):
                    known = []
                    for name, point in conditions:
                        part = parts[QUARTER][name, point].get(quarter)
                        known.append(part.time if part else 0)
                        time[point] += known[-1]
                        kept[point] += known[-1] - broken[name, point, quarter]
                    failed = sum(broken[name, point, quarter] for name, point in conditions)
                    mine = max(0, min(known) - failed)
                    held += mine
                    judged += mine + min(QUARTER, failed)
            total = counts(group, points, start, DAY)
            by = {point: seven(Fraction(100 * kept[point], time[point])) for point in limits if time[point]}
            value = seven(Fraction(100 * held, judged)) if judged else None
            conclude(indicator, scope, "day", start, total, value, {"by": {"parameter": by}})


def anomalies(kind, window):
    """Quarters whose mean leaps above the mean of the day before: more than double, and more than 1 NTU above it."""
    span = SPANS[window]
    points = {name: ["turbidity"] for name in devices if "turbidity" in samples_of[name]}
    for scope, group in scopes_of(kind, points).items():
        if len(group) > 1:
            continue
        mine = parts[QUARTER][group[0], "turbidity"]
        for start in starts(window):
            if start < BUSY:
                continue
            total, leaps, time = counts(group, points, start, span), 0, 0
            for quarter in range(start, start + span, QUARTER):
                before = [mine[q] for q in range(quarter - DAY, quarter, QUARTER) if q in mine]
                now, known = mine.get(quarter), sum(part.time for part in before)
                if not now or not now.time:
                    continue
                time += now.time
                if known:
                    mean = Fraction(now.amount, now.time * 100)
                    reference = Fraction(sum(part.amount for part in before), known * 100)
                    leaps += mean > 2 * reference and mean > reference + 1
            conclude("water-anomaly", scope, window, start, total, leaps if time else None, {})


def deposits():
    """Loads between clear pans: the greatest stable weight, at the clearing; none while the gross weight stays."""
    frame = pd.DataFrame(weights, columns=["device", "time", "net", "gross", "stable", "verified"])
    frame["day"] = window_of(frame.time, DAY)
    good = frame[frame.stable].sort_values(["device", "time"]).copy()
    good["clear"] = good.net < 10
    good["load"] = good.groupby("device").clear.cumsum()
    loads = good[~good.clear].groupby(["device", "load"]).net.max().rename("kg").reset_index()
    clears = good[good.clear].copy()
    clears["load"] -= 1
    found = clears.merge(loads, on=["device", "load"])
    return frame, found[(found.gross < 10) & found.verified].copy()


def waste():
    frame, found = deposits()
    heard = frame[frame.stable & frame.verified]
    names = set(frame.device)
    found["category"] = found.device.map(lambda device: devices[device].labels["category"])
    for kind in ["device", "site", "kelurahan", "kecamatan", "gateway"]:
        for scope, group in scopes_of(kind, [name for name in devices if name in names]).items():
            mine = found[found.device.isin(group)]
            ours = heard[heard.device.isin(group)]
            for start in starts("day"):
                of_day = mine[mine.day == start]
                is_known = bool((ours.day == start).any())
                by = of_day.groupby("category").kg.agg(["sum", "count"])
                kg = {word: exact(int(whole) * 10**7) for word, whole in by["sum"].items()}
                times = {word: int(count) for word, count in by["count"].items()}
                whole = exact(int(of_day.kg.sum()) * 10**7)
                for indicator, whole, parts in [
                    ("waste-collected", whole, kg), ("waste-deposits", len(of_day), times),
                ]:
                    members = {"value": whole if is_known else None, "by": {"category": parts} if parts else None}
                    tell(indicator, scope, "day", start, members)
                if kind in ("kelurahan", "kecamatan", "gateway"):
                    units = of_day.device.map(lambda d: devices[d].site).nunique()
                    registered = 134 if kind == "gateway" else None
                    tell("waste-units-active", scope, "day", start, {"value": int(units), "registered": registered})


settle()
write_inputs()
understand()
samples_of = defaultdict(set)
for sample in samples:
    samples_of[sample[0]].add(sample[1])
ALL = ["device", "site", "kelurahan", "kecamatan", "gateway"]
volume = {name: ["volume"] for name in devices if "volume" in samples_of[name]}
vehicles = {
    name: sorted(samples_of[name] & {"count_0", "count_1", *ROW}) for name in devices
    if samples_of[name] & {"count_0", "car_lft"}
}
quick = {name: points for name, points in vehicles.items() if devices[name].step <= QUARTER}
for scope in ALL:
    sums("water-volume", volume, scope, "day")
    sums("traffic-volume", vehicles, scope, "day", traffic_words)
for scope in ["device", "site"]:
    sums("water-volume", volume, scope, "hour")
    sums("traffic-volume", vehicles, scope, "hour", traffic_words)
    sums("traffic-volume", quick, scope, "15min", traffic_words)
    peaks(vehicles, scope)
    for window in SPANS:
        means("water-discharge", "discharge", scope, window, night=window == "day")
        means("water-level", "level", scope, window, gauge=True)
flows(vehicles, "hour")
flows(quick, "15min")
day_levels(quick)
for scope in ["device", "site"]:
    for window in SPANS:
        anomalies(scope, window)
for scope in ["device", "site", "gateway"]:
    availability(scope)
    shares("water-quality-compliance", {"ph": lambda v: 600 <= v <= 900, "tds": lambda v: v <= 1_000}, scope)
    shares(
        "water-drinking-compliance",
        {"ph": lambda v: 650 <= v <= 850, "turbidity": lambda v: v < 300, "tds": lambda v: v < 300}, scope,
    )
waste()
out.close()
print("ready", len(rows), flush=True)
sys.stdin.read()
