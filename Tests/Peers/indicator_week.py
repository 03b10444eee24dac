"""A week of a hundred devices, and what its indicators are by a computation that shares nothing with the gateway's.

Writes into a folder: two-loops.yaml (a profile), gateway.yaml (the devices), entries.tsv (what the journal would hold, in the order
of arrival) and expected.jsonl (members that payloads must have). The figures are computed with pandas from what the devices' displays
would show: raw totals, weights and samples, in whole units of their last digit.

usage: indicator_week.py FOLDER
"""

import json
import random
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal

import pandas as pd

FOLDER = sys.argv[1]
STEP = 900_000  # every device, ms
DAY = 86_400_000
START = 1_794_762_000_000  # Monday 2026-11-16 00:00 WIB
DAYS = 7
STEPS = DAYS * DAY // STEP
WIB = 7 * 3_600_000
SEVEN = Context(prec=7, rounding=ROUND_HALF_EVEN)
CATEGORIES = ["plastik", "kertas", "logam", "kaca"]
PCU = {True: {"car": Decimal(1), "motorcycle": Decimal("0.4")}, False: {"car": Decimal(1), "motorcycle": Decimal("0.25")}}

rng = random.Random(20261116)
devices = {}  # id: profile, site, verified, labels
rows = []  # arrival, order, source or None, device, body
samples = []  # what the displays showed


def site_of(kind, index):
    return f"{kind}-{index // 3}"


def iso(ms):
    return pd.Timestamp(ms, unit="ms").strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03d}Z"


def digits(whole, places):
    """A whole number of 10^-places as a JSON number."""
    return str(whole) if places == 0 else f"{'-' if whole < 0 else ''}{abs(whole) // 10**places}.{abs(whole) % 10**places:0{places}d}"


def add(device, time, points, source=None):
    rows.append((time, len(rows), source, device, '"points":{' + ",".join(points) + "}"))


class Counter:
    """A totalizer as the gateway tells it: increase and since, a wrap continued, a reset flagged (see docs/topics.md)."""

    def __init__(self, name, total, modulus, most, places):
        self.name, self.total, self.modulus, self.most, self.places = name, total, modulus, most, places
        self.last = None

    def point(self, time):
        text = f'"{self.name}":{{"value":{digits(self.total, self.places)},"unit":"u"'
        if self.last:
            before, since = self.last
            reach = self.most * (time - since) // 1_000
            step = (self.total - before) % self.modulus
            if self.total < before and step > reach:
                text += ',"quality":"uncertain","reason":"counter_reset"'
                step = self.total if self.total <= reach else None
            if step is not None:
                text += f',"increase":{digits(step, self.places)},"since":"{iso(since)}"'
        self.last = (self.total, time)
        return text + "}"


def silent(quiet, step):
    return any(first <= step < last for first, last in quiet)


def gaps(count, longest):
    """Steps in which nothing is heard."""
    return [(first, first + rng.randint(1, longest)) for first in (rng.randrange(STEPS) for _ in range(count))]


def bad(name):
    return f'"{name}":{{"value":null,"unit":"u","quality":"bad","reason":"timeout"}}'


def rush(step):
    """Traffic by the time of day."""
    hour = (step * STEP % DAY) / 3_600_000
    return 0.05 + max(0, 1 - abs(hour - 7) / 2.5) + max(0, 1 - abs(hour - 16.5) / 3) + (0.3 if 6 < hour < 20 else 0)


def counters(device, phase, verified, names, totals, modulus, most, places, increase, extra=None):
    """A polled device with totalizers: silences, failed polls, one reset, wraps."""
    quiet, failing = gaps(2, 30), gaps(2, 5)
    reset = rng.randrange(STEPS) if rng.random() < 0.4 else None
    points = [Counter(name, total, modulus, most, places) for name, total in zip(names, totals)]
    for step in range(STEPS):
        time = START + step * STEP + phase
        for index, counter in enumerate(points):
            counter.total = (counter.total + increase(index, step)) % modulus
            if step == reset:
                counter.total = rng.randint(0, 20)
        if silent(quiet, step):
            continue
        fails = silent(failing, step)
        texts = []
        for counter in points:
            texts.append(bad(counter.name) if fails else counter.point(time))
            value = None if fails else counter.total
            samples.append((device, counter.name, time, value, not fails, modulus, most, None))
        if extra:
            texts.append(extra(step, time, fails))
        add(device, time, texts)


def traffic(index):
    device = f"loops-{index}"
    devices[device] = ("two-loops", site_of("simpang", index), index % 11 != 5, "count_0.class: car, count_1.class: motorcycle")
    busy = rng.uniform(0.3, 1.6)
    totals = [2**32 - rng.randint(100, 9_000) if index % 7 == 0 else rng.randint(0, 2**31) for _ in range(2)]
    counters(
        device, rng.randrange(STEP), devices[device][2], ["count_0", "count_1"], totals, 2**32, 10, 0,
        lambda which, step: int(rng.uniform(0.8, 1.2) * busy * rush(step) * (90 if which == 0 else 210)),
    )


def flow(index):
    device = f"flow-{index}"
    devices[device] = ("tuf-2000m", site_of("sumber", index), index % 13 != 4, "")
    level = rng.randint(300, 3_000)

    def discharge(step, time, fails):
        value = level + rng.randint(-200, 200)
        wrong = not fails and rng.random() < 0.01
        samples.append((device, "discharge", time, None if fails else value, not fails and not wrong, 0, 0, None))
        if fails:
            return bad("discharge")
        return f'"discharge":{{"value":{digits(value, 2)},"unit":"L/s"' + (
            ',"quality":"uncertain","reason":"unstable"}' if wrong else "}"
        )

    total = (2**32 - 300) * 10_000 if index == 7 else rng.randint(0, 10**9)
    counters(
        device, rng.randrange(STEP), devices[device][2], ["volume"], [total], 2**32 * 10_000, 6_000, 4,
        lambda which, step: level * 6_000 // 100 + rng.randint(0, 9_999), discharge,
    )


def probe(device, profile, site, name, places, value, verified=True):
    """Samples that often come late, with their own time."""
    devices[device] = (profile, site, verified, "")
    phase, quiet = rng.randrange(STEP), gaps(1, 40)
    for step in range(STEPS):
        if silent(quiet, step):
            continue
        time = START + step * STEP + phase
        shown = value(step)
        late = rng.randint(60_000, 20_000_000) if rng.random() < 0.05 else 0
        good = rng.random() > 0.02
        samples.append((device, name, time, shown, good, 0, 0, None))
        text = f'"{name}":{{"value":{digits(shown, places)},"unit":"u"' + ("" if good else ',"quality":"bad","reason":"out_of_range"')
        add(device, time + late, [text + "}"], time)


def scale(index):
    """Loads of one or more steps; some tared away under load, some never stable."""
    device = f"scale-{index}"
    devices[device] = ("laumas-w100", f"bank-{index // 4}", index % 9 != 3, f"category: {CATEGORIES[index % 4]}")
    phase, load, left, tare = rng.randrange(STEP), 0, 0, 0
    for step in range(STEPS):
        time = START + step * STEP + phase
        hour = (step * STEP % DAY) // 3_600_000
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
        samples.append((device, "net", time, net, stable, 0, 0, gross))
        flag = "" if stable else ',"quality":"uncertain","reason":"unstable"'
        add(device, time, [f'"{name}":{{"value":{digits(value, 2)},"unit":"kg"{flag}}}' for name, value in (("gross", gross), ("net", net))])


def write_inputs():
    with open(f"{FOLDER}/two-loops.yaml", "w") as file:
        file.write(
            "profile: two-loops\nname: Two counters\nmeasures: traffic\nsource: this test\ncaveats: []\n"
            "modbus: { numbering: from_0, word_order: ABCD }\npoints:\n"
            '  count_0: { input: 0, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 10 } }\n'
            '  count_1: { input: 2, type: uint32, unit: "{vehicles}", counter: { bits: 32, max_rate: 10 } }\n'
            "vectors:\n  - { source: this test, input: { 0: 0000 0001 0000 0002 }, values: { count_0: 1, count_1: 2 } }\n"
        )
    sites = sorted({site for _, site, _, _ in devices.values()})
    road = ", road: { car_units: mkji-2-2ud-wide }"
    with open(f"{FOLDER}/gateway.yaml", "w") as file:
        file.write("gateway: kdr-week-01\ntimezone: Asia/Jakarta\nsites:\n")
        for site in sites:
            village = f"Desa {int(site.split('-')[1]) % 3}"
            file.write(f"  {site}: {{ kelurahan: {village}, kecamatan: Pesantren{road if 'simpang' in site else ''} }}\n")
        file.write("buses:\n  field: { tcp: 127.0.0.1:502 }\ndevices:\n")
        for unit, (device, (profile, site, verified, labels)) in enumerate(devices.items(), 1):
            more = ", verified: { by: Diskominfo, on: 2026-10-03 }" if verified else ""
            file.write(
                f"  {device}: {{ profile: {profile}, bus: field, unit: {unit}, site: {site}, interval: {STEP // 1000}s, "
                f"labels: {{ {labels} }}{more} }}\n"
            )
        file.write("destinations:\n  city: { mqtt: mqtts://broker.example, username: kdr-week-01, password_file: credential:city }\n")
        file.write("storage: { path: /tmp, limit: 64MB }\n")
    rows.sort(key=lambda row: row[:2])
    with open(f"{FOLDER}/entries.tsv", "w") as file:
        for time, _, source, device, body in rows:
            if source is not None:
                body += f',"source_time":"{iso(source)}"'
            file.write(f"{time}\t{device}\t{body}\n")


# What it comes to, by pandas.


def number(value):
    """Shortest plain digits of a Decimal."""
    return float(value)


def rounded(value):
    return float(SEVEN.plus(value))


def windows(frame):
    """Each sample's hour and day, by its own time."""
    frame["hour"] = frame.time // 3_600_000 * 3_600_000
    frame["day"] = (frame.time + WIB) // DAY * DAY - WIB
    frame["bin"] = frame.time // 900_000
    return frame


def increases(frame):
    """What raw totals say was added between two good ones; a reset and what a first one holds is nobody's."""
    good = frame[frame.good].sort_values(["device", "point", "time"])
    before = good.groupby(["device", "point"])[["value", "time"]].shift()
    step = good.value - before.value
    wrapped = step.where(step >= 0, step + good.modulus)
    reach = good.most * (good.time - before.time) // 1_000
    is_reset = ((step < 0) & (wrapped > reach)).fillna(False).astype(bool)
    good["increase"] = wrapped.where(~is_reset)
    good["since"] = before.time
    good["good"] = ~is_reset
    return pd.concat([good, frame[~frame.good]])


def scopes_of(frame):
    """The frame once for each scope, named as in topics."""
    villages = "kelurahan-desa-" + (frame.site.str.split("-").str[1].astype(int) % 3).astype(str)
    return {
        "device": "device-" + frame.device, "site": "site-" + frame.site, "kelurahan": villages,
        "kecamatan": pd.Series("kecamatan-pesantren", frame.index), "gateway": pd.Series("gateway", frame.index),
    }


SPAN = {"hour": 3_600_000, "day": DAY}
out = open(f"{FOLDER}/expected.jsonl", "w")


def tell(indicator, scope, window, start, members):
    out.write(json.dumps({"indicator": indicator, "scope": scope, "window": window, "start": start, "members": members}) + "\n")


def quality(members, counted, expected, has_value, carried=False):
    if not has_value:
        members |= {"value": None, "quality": "bad", "reason": "no_data"}
    elif carried:
        members |= {"quality": "uncertain", "reason": "carried_in"}
    elif counted < expected * 9 // 10:
        members |= {"quality": "uncertain", "reason": "incomplete"}
    else:
        members["quality"] = None
    return members


def figures(indicator, frame, scope, window, evaluate, points=1):
    """One figure for each window of each scope's value, of hours those of two days; those without a sample are told too."""
    first, last = (START, START + DAYS * DAY) if window == "day" else (START + DAY, START + 3 * DAY)
    frame = frame[(frame.time >= first) & (frame.time < last)]
    names = scopes_of(frame)[scope]
    present = {name: group for name, group in frame.groupby([names, window])}
    size = frame.groupby(names).device.nunique()
    for name in size.index:
        expected = int(size[name]) * points * (SPAN[window] // STEP)
        for start in range(first, last, SPAN[window]):
            group = present.get((name, start))
            if group is None:
                members = {"expected": expected, "received": 0, "excluded": 0, "completeness": 0}
                tell(indicator, name, window, start, quality(members, 0, expected, False))
                continue
            counts = group[group.counts]
            members = {
                "expected": expected, "received": len(group), "excluded": len(group) - len(counts),
                "completeness": min(len(group), expected) * 10_000 // expected / 10_000,
            }
            unverified = int((group.good & ~group.verified).sum())
            members["unverified"] = unverified or None
            value = evaluate(counts, start) if len(counts) else None
            # Of a peak hour, what was carried into its four bins makes it unsure too.
            carried = (value or {}).pop("carried", False)
            carried |= "since" in counts and bool((counts.since + 5 * STEP // 2 < start).any())
            members = quality(members, len(counts), expected, value is not None, carried)
            tell(indicator, name, window, start, members | (value or {}))


def total(places, by=None, names=None):
    def evaluate(counts, _):
        known = counts[counts.increase.notna()]
        if not len(known):
            return None
        members = {"value": number(Decimal(int(known.increase.sum())).scaleb(-places))}
        if by:
            members["by"] = {by: {names[k]: int(v) for k, v in known.groupby("point").increase.sum().items()}}
        return members

    return evaluate


def mean(places, night=False):
    def evaluate(counts, start):
        whole = Decimal(int(counts.value.sum())).scaleb(-places)
        least, most = (number(Decimal(int(v)).scaleb(-places)) for v in (counts.value.min(), counts.value.max()))
        members = {"value": rounded(whole / len(counts)), "minimum": least, "maximum": most}
        if night:
            dark = counts[counts.time < start + 4 * 3_600_000]
            members["night_minimum"] = number(Decimal(int(dark.value.min())).scaleb(-places)) if len(dark) else None
        return members

    return evaluate


def share(counts, _):
    return {"value": rounded(Decimal(100 * int(counts.value.between(600, 900).sum())) / len(counts))}


def peak(counts, start):
    known = counts[counts.increase.notna()]
    if not len(known):
        return None
    bins = known.groupby("bin").increase.sum()
    bins = bins.reindex(range(start // 900_000, (start + DAY) // 900_000), fill_value=0)
    hours = bins.rolling(4).sum().shift(-3).dropna()
    first, most = int(hours.idxmax()), int(hours.max())
    largest = int(bins.loc[first:first + 3].max())
    inside = known[known.bin.between(first, first + 3)]
    return {
        "carried": bool((inside.since + 5 * STEP // 2 < first * 900_000).any()),
        "value": most, "peak_from": iso(first * 900_000), "peak_to": iso((first + 4) * 900_000),
        "peak_hour_factor": rounded(Decimal(most) / (4 * largest)) if largest else None,
    }


def weighted(counts, _):
    known = counts[counts.increase.notna()]
    if not len(known):
        return None
    units = PCU[int(known.increase.sum()) < 1_800]
    flow = sum(units[CLASSES[p]] * int(n) for p, n in known.groupby("point").increase.sum().items())
    return {"value": rounded(flow), "car_units": "MKJI 1997 urban, 2/2UD, lane width above 6 m"}


def deposits(frame):
    """Loads between clear pans: the greatest stable weight, at the time of clearing; none where the gross weight still stands."""
    good = frame[frame.good].sort_values(["device", "time"]).copy()
    good["clear"] = good.value < 10
    good["load"] = good.groupby("device").clear.cumsum()
    loads = good[~good.clear].groupby(["device", "load"]).value.max().rename("net").reset_index()
    clears = good[good.clear].copy()
    clears["load"] -= 1
    found = clears.merge(loads, on=["device", "load"])
    return found[found.gross < 10]


def waste(scales):
    found = deposits(scales)
    for scope in ["device", "site", "kelurahan", "kecamatan", "gateway"]:
        heard = scales.groupby([scopes_of(scales)[scope], "day"]).counts.sum()
        sums = {key: group for key, group in found[found.verified].groupby([scopes_of(found[found.verified])[scope], "day"])}
        for (name, start), counted in heard.items():
            group = sums.get((name, start))
            is_known = counted > 0
            by = group.groupby("category").net.agg(["sum", "count"]) if group is not None else pd.DataFrame()
            kg = {k: number(Decimal(int(v)).scaleb(-2)) for k, v in by["sum"].items()} if len(by) else None
            times = {k: int(v) for k, v in by["count"].items()} if len(by) else None
            for indicator, whole, parts in [
                ("waste-collected", number(Decimal(int(group.net.sum())).scaleb(-2)) if group is not None else 0, kg),
                ("waste-deposits", len(group) if group is not None else 0, times),
            ]:
                tell(indicator, name, "day", start, {"value": whole if is_known else None, "by": {"category": parts} if parts else None})
            if scope == "gateway":
                units = int(group.device.nunique()) if group is not None else 0
                tell("waste-units-active", name, "day", start, {"value": units, "registered": 134})


CLASSES = {"count_0": "car", "count_1": "motorcycle"}

for i in range(30):
    traffic(i)
for i in range(30):
    flow(i)
for i in range(20):
    scale(i)
for i in range(10):
    probe(f"ph-{i}", "sup-ph8001", site_of("sumber", i), "ph", 2, lambda step: rng.randint(590, 910))
for i in range(10):
    probe(f"level-{i}", "level-transmitter", site_of("sumber", i), "level", 3, lambda step: rng.randint(400, 900), i != 6)
write_inputs()

table = pd.DataFrame(samples, columns=["device", "point", "time", "value", "good", "modulus", "most", "gross"])
table[["value", "gross"]] = table[["value", "gross"]].astype("Int64")
table["site"] = table.device.map(lambda d: devices[d][1])
table["verified"] = table.device.map(lambda d: devices[d][2])
table["category"] = table.device.map(lambda d: devices[d][3].removeprefix("category: "))


def part(points, is_counter=False):
    frame = table[table.point.isin(points)]
    frame = windows(increases(frame) if is_counter else frame.copy())
    frame["counts"] = frame.good & frame.verified
    return frame


volume, vehicles = part(["volume"], True), part(["count_0", "count_1"], True)
discharge, ph, level = part(["discharge"]), part(["ph"]), part(["level"])
for scope in ["device", "site", "kelurahan", "kecamatan", "gateway"]:
    figures("water-volume", volume, scope, "day", total(4))
    figures("traffic-volume", vehicles, scope, "day", total(0, "class", CLASSES), 2)
for scope in ["device", "site"]:
    figures("water-discharge", discharge, scope, "day", mean(2, night=True))
    figures("water-level", level, scope, "day", mean(3))
    figures("traffic-peak-hour", vehicles, scope, "day", peak, 2)
figures("water-volume", volume, "site", "hour", total(4))
figures("water-discharge", discharge, "site", "hour", mean(2))
figures("traffic-volume", vehicles, "site", "hour", total(0, "class", CLASSES), 2)
figures("traffic-flow-pcu", vehicles, "site", "hour", weighted, 2)
figures("water-quality-compliance", ph, "gateway", "day", share)
waste(part(["net"]))
out.close()
print("ready", len(rows), flush=True)
sys.stdin.read()
