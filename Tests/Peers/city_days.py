"""Two days of a city with three gateways, and its figures from a computation that shares nothing with the gateways'.

Writes into a folder: script.tsv (what happens to the gateways, in order) and expected.jsonl (members that the merged
figures must have at each look). The figures are computed from the raw rows of all gateways with pandas, in whole
numbers and fractions, by the rules of docs/indicators.md alone. Gateways are killed, one loses its journal, one is away
for ten hours, and one's figures come late.

usage: city_days.py FOLDER SEED
"""

import json
import random
import sys
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

import pandas as pd

FOLDER, SEED = sys.argv[1], int(sys.argv[2])
rng = random.Random(SEED)
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
STEP = 5 * MINUTE  # of every device
QUARTER = 15 * MINUTE
SPANS = {"15min": QUARTER, "hour": HOUR, "day": DAY}
START = 1_795_194_000_000  # Saturday 2026-11-21 00:00 WIB
END = START + 2 * DAY
GATEWAYS = ["kdr-a", "kdr-b", "kdr-c"]
# Each site's gateway, kelurahan and kecamatan.
SITES = {
    "a1": ("kdr-a", "bawang", "pesantren"), "a2": ("kdr-a", "tosaren", "pesantren"),
    "b1": ("kdr-b", "bawang", "pesantren"), "b2": ("kdr-b", "pocanan", "kota-lama"),
    "c1": ("kdr-c", "tosaren", "pesantren"), "c2": ("kdr-c", None, None),
}
POINTS = {"station": ["volume", "ph", "temperature"], "loops": ["count_0", "count_1"], "scale": ["net"]}
AWAY = (START + 20 * HOUR, START + 30 * HOUR)  # kdr-c has no power
LATE = (START + 12 * HOUR, START + 14 * HOUR)  # kdr-a has no uplink
RENEWED = START + 15 * HOUR + rng.randrange(8) * HOUR // 4 + 5 * MINUTE  # kdr-b gets a new journal
LOOKS = {"morning": START + 10 * HOUR + 3 * MINUTE, "evening": START + 22 * HOUR + 33 * MINUTE,
         "after-midnight": START + DAY + 9 * MINUTE, "end": END + 9 * MINUTE}

SURE = (RENEWED - STEP, RENEWED, AWAY[0], AWAY[1])  # readings that neither fail nor are left out

script = []
rows = []  # time, device, kind, gateway, site, good
increases = []  # time, device, class, amount in billionths
values = []  # from, until, device, point, value in tenths, good
weighings = []  # time, site, device, category, grams


def say(*words):
    script.append("\t".join(str(word) for word in words))


def alive(gateway, time):
    return gateway != "kdr-c" or not AWAY[0] < time < AWAY[1]


def decimal(whole, places):
    return f"{whole // 10**places}.{whole % 10**places:0{places}d}"


class Device:
    """One device, with the value that holds and the time of its last total."""

    def __init__(self, kind, site):
        self.kind, self.site, self.name = kind, site, f"{kind}-{site}"
        self.gateway = SITES[site][0]
        self.total_at = None
        self.held = None

    def read(self, time, everything):
        """Tells a reading. It may fail or be left out where that shares out no increase among quarters."""
        inside = time % QUARTER != 0 and not everything
        if inside and rng.random() < 0.03:
            return
        good = not (inside and rng.random() < 0.03)
        rows.append((time, self.name, self.kind, self.gateway, self.site, good))
        self.end_hold(time)
        names = POINTS[self.kind]
        if not good:
            say("r", self.gateway, time, self.name, *[f"{name}!" for name in names])
            return
        points = []
        for name in names:
            if name in ("volume", "count_0", "count_1"):
                whole = rng.randrange(0, 90_000) if name == "volume" else rng.randrange(0, 60)
                if self.total_at is None:
                    points.append(f"{name}+")
                    continue
                amount = decimal(whole, 4) if name == "volume" else str(whole)
                points.append(f"{name}+{amount}@{self.total_at}")
                word = {"count_0": "car", "count_1": "motorcycle"}.get(name)
                increases.append((time, self.name, word, whole * (10**5 if name == "volume" else 10**9)))
            elif name == "net":
                points.append("net=0")
            else:
                whole = rng.randrange(60, 90) if name == "ph" else rng.randrange(200, 330)
                points.append(f"{name}={decimal(whole, 1)}")
                self.held = self.held or []
                self.held.append((time, name, whole))
        if self.kind != "scale":
            self.total_at = time
        say("r", self.gateway, time, self.name, *points)

    def end_hold(self, time):
        for start, name, whole in self.held or []:
            values.append((start, min(time, start + STEP * 5 // 2), self.name, name, whole))
        self.held = None

    def weigh(self, time):
        if self.kind == "scale" and rng.random() < 0.04:
            category, grams = rng.choice(["plastik", "kertas"]), rng.randrange(100, 20_000)
            weighings.append((time + 30_000, self.site, self.name, category, grams))
            say("w", self.gateway, time + 30_000, self.name, decimal(grams, 3), category, f"{self.name}.{time}")


devices = [Device(kind, site) for site in SITES for kind in POINTS]


def live():
    """Plays the two days; looks are taken between readings."""
    for gateway in GATEWAYS:
        say("n", gateway, START)
    killed = {gateway: START + rng.randrange(2 * HOUR, 5 * HOUR) for gateway in GATEWAYS}
    for time in range(START, END + STEP, STEP):
        if time == RENEWED:
            # What the old journal knew ends with the last figures that it was told in.
            for device in devices:
                if device.gateway == "kdr-b":
                    device.end_hold(time - 2 * MINUTE)
            say("n", "kdr-b", time)
            # Saved within ten minutes: before that, a kill would forget from when on closed windows are owed.
            say("s", "kdr-b", time)
        if time == AWAY[0] + STEP:
            say("d", "kdr-c", AWAY[0] + 4 * MINUTE)
        if time == AWAY[1]:
            say("k", "kdr-c")
            say("u", "kdr-c")
            for device in devices:
                if device.gateway == "kdr-c":
                    device.end_hold(time)
                    device.total_at = None
        for device in devices:
            if alive(device.gateway, time):
                device.read(time, everything=time in SURE)
                if time < END:
                    device.weigh(time)
        for gateway in GATEWAYS:
            if not alive(gateway, time):
                continue
            if time % HOUR == 0:
                say("s", gateway, time + MINUTE)
            if time >= killed[gateway]:
                say("k", gateway)
                killed[gateway] = time + rng.randrange(HOUR, 4 * HOUR)
            is_told = time % HOUR == 0 or time in SURE or time + 3 * MINUTE in LOOKS.values()
            if is_told and (gateway != "kdr-a" or not LATE[0] <= time < LATE[1]):
                say("p", gateway, time + 3 * MINUTE)
        for name, look in LOOKS.items():
            if time + 3 * MINUTE <= look < time + STEP + 3 * MINUTE:
                say("c", look, name)
    say("c", LOOKS["end"], "end")
    for device in devices:
        device.end_hold(END + DAY)


def seven(value):
    """Seven significant digits, half to even."""
    whole = Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))
    return plain(Context(prec=7, rounding=ROUND_HALF_EVEN).plus(whole))


def plain(number):
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def billionths(whole):
    return plain(Decimal(int(whole)).scaleb(-9))


def scopes(group):
    """Devices by merged scope."""
    found = {"kota": list(group)}
    for device in group:
        _, kelurahan, kecamatan = SITES[device.site]
        if kelurahan:
            found.setdefault(f"kelurahan-{kelurahan}", []).append(device)
        if kecamatan:
            found.setdefault(f"kecamatan-{kecamatan}", []).append(device)
    return found


out = []


def tell(look, theme, indicator, scope, window, start, members):
    out.append(json.dumps({"at": look, "name": f"{theme}/{indicator}/{scope}/{window}", "from": start,
                           "members": members}))


class Frames:
    """The rows as pandas has them; a gateway's reach to the moment of its last figure."""

    def __init__(self, asof):
        self.asof = asof
        gateway_of = {device.name: device.gateway for device in devices}

        def reach(frame, column):
            return frame[frame[column] <= frame.device.map(lambda name: asof[gateway_of[name]])]

        self.rows = reach(pd.DataFrame(rows, columns=["time", "device", "kind", "gateway", "site", "good"]), "time")
        self.increases = reach(pd.DataFrame(increases, columns=["time", "device", "word", "amount"]), "time")
        frame = reach(pd.DataFrame(values, columns=["start", "until", "device", "point", "value"]), "start").copy()
        limit = frame.device.map(lambda name: asof[gateway_of[name]])
        frame["until"] = frame[["until"]].assign(limit=limit).min(axis=1)
        self.values = frame
        self.weighings = reach(pd.DataFrame(weighings, columns=["time", "site", "device", "category", "grams"]), "time")


def account(frames, group, start, span, now, silent):
    """What is expected and what came."""
    names = [device.name for device in group]
    mine = frames.rows[frames.rows.device.isin(names) & (frames.rows.time >= start) & (frames.rows.time < start + span)]
    good = mine[mine.good].groupby("device").size()
    expected = counted = 0
    for gateway in GATEWAYS:
        own = [device for device in group if device.gateway == gateway]
        end = min(frames.asof[gateway], start + span)
        each = max(0, end - start) // STEP
        of_gateway = each * len(own)
        if gateway in silent:
            minutes = (frames.asof[gateway] - start) // MINUTE
            of_gateway = of_gateway * (min(now, start + span) - start) // (minutes * MINUTE)
        expected += of_gateway
        counted += sum(min(int(good.get(device.name, 0)), each) for device in own)
    excluded = len(mine) - int(mine.good.sum())
    return {"expected": expected, "received": len(mine), "counted": counted, "excluded": excluded}


def incomplete(total):
    return total["expected"] > 0 and total["counted"] * 10_000 // total["expected"] < 9_000


def conclude(look, theme, indicator, scope, window, start, total, value, more, reason=None):
    members = dict(total) | more | {"value": value}
    members["reason"] = "no_data" if value is None else reason or ("incomplete" if incomplete(total) else None)
    tell(look, theme, indicator, scope, window, start, members)


def look(name, now, asof, silent, windows):
    frames = Frames(asof)
    for window, start in windows:
        add = [name, window, start, SPANS[window], now, silent]
        counters(frames, "environment", "water-volume", "station", *add)
        counters(frames, "mobility", "traffic-volume", "loops", *add)
        if window != "15min":
            held(frames, *add)
        if window == "day":
            waste(frames, *add)
            if name == "end":
                peaks(frames, start)


def state_of(group, end, now, silent):
    """Whether the figure may still change, and who is silent in it."""
    silent = sorted({device.gateway for device in group} & set(silent))
    return {"provisional": now < end or bool(silent), "silent": silent}


def counters(frames, theme, indicator, kind, name, window, start, span, now, silent):
    if window == "15min" and kind == "station":
        return
    for scope, group in scopes([device for device in devices if device.kind == kind]).items():
        total = account(frames, group, start, span, now, silent)
        state = state_of(group, start + span, now, silent)
        names = [device.name for device in group]
        frame = frames.increases
        # An increase belongs to the time before its reading.
        mine = frame[frame.device.isin(names) & (frame.time > start) & (frame.time <= start + span)]
        value = billionths(mine.amount.sum()) if len(mine) else None
        more = dict(state)
        if kind == "loops":
            words = {word: billionths(part) for word, part in mine.groupby("word").amount.sum().items()}
            more["by"] = {"class": words} if words else None
        conclude(name, theme, indicator, scope, window, start, total, value, more)


def held(frames, name, window, start, span, now, silent):
    for scope, group in scopes([device for device in devices if device.kind == "station"]).items():
        total = account(frames, group, start, span, now, silent)
        state = state_of(group, start + span, now, silent)
        names = [device.name for device in group]
        frame = frames.values[frames.values.device.isin(names)].copy()
        readings = frame[(frame.start >= start) & (frame.start < start + span)]
        frame["low"] = frame.start.clip(lower=start)
        frame["length"] = frame.until.clip(upper=start + span) - frame.low
        frame = frame[frame.length > 0]
        ph, warm = frame[frame.point == "ph"], frame[frame.point == "temperature"]
        known = int(ph.length.sum())
        kept = int(ph[(ph.value >= 65) & (ph.value <= 85)].length.sum())
        share = seven(Fraction(100 * kept, known)) if known else None
        by = {"parameter": {"ph": share}} if known else None
        conclude(name, "environment", "water-quality", scope, window, start, total, share, state | {"by": by})
        time = int(warm.length.sum())
        mean = seven(Fraction(int((warm.value * warm.length).sum()), 10 * time)) if time else None
        seen = readings[readings.point == "temperature"].value
        edges = {}
        if mean is not None and len(seen):
            edges = {"minimum": seven(Fraction(int(seen.min()), 10)), "maximum": seven(Fraction(int(seen.max()), 10))}
        conclude(name, "environment", "water-temperature", scope, window, start, total, mean, state | edges)
        for indicator, most in [("water-coldest", seen.min()), ("water-warmest", seen.max())]:
            value = seven(Fraction(int(most), 10)) if len(seen) else None
            conclude(name, "environment", indicator, scope, window, start, total, value, state)
        percent = seven(Fraction(100 * total["counted"], total["expected"])) if total["expected"] else None
        members = dict(total) | state | {"value": percent, "reason": None if percent else "no_data"}
        tell(name, "environment", "water-availability", scope, window, start, members)


def waste(frames, name, window, start, span, now, silent):
    for scope, group in scopes([device for device in devices if device.kind == "scale"]).items():
        total = account(frames, group, start, span, now, silent)
        state = state_of(group, start + span, now, silent)
        names = [device.name for device in group]
        frame = frames.weighings
        mine = frame[frame.device.isin(names) & (frame.time >= start) & (frame.time < start + span)]
        known = total["counted"] > 0
        grams, times = mine.groupby("category").grams.sum(), mine.groupby("category").size()
        by = {word: billionths(int(part) * 10**6) for word, part in grams.items()}
        collected = billionths(int(mine.grams.sum()) * 10**6) if known else None
        more = state | {"by": {"category": by} if by else None}
        conclude(name, "environment", "waste-collected", scope, window, start, total, collected, more)
        by = {word: str(int(part)) for word, part in times.items()}
        more = state | {"by": {"category": by} if by else None}
        deposits = str(len(mine)) if known else None
        conclude(name, "environment", "waste-deposits", scope, window, start, total, deposits, more)
        # Nobody knows which sites both journals of one gateway saw.
        renewed = start <= RENEWED < start + span and RENEWED <= now
        if renewed and any(device.gateway == "kdr-b" for device in group):
            continue
        units = mine.site.nunique()
        conclude(name, "environment", "waste-units", scope, window, start, total, str(units) if known else None, state)


def peaks(frames, start):
    for scope, group in scopes([device for device in devices if device.kind == "loops"]).items():
        names = [device.name for device in group]
        frame = frames.increases[frames.increases.device.isin(names)].copy()
        frame["quarter"] = (frame.time - 1) // QUARTER * QUARTER
        sums = frame.groupby("quarter").amount.sum()
        best = None
        for first in range(start, start + DAY - 3 * QUARTER, QUARTER):
            four = [int(sums[q]) for q in range(first, first + HOUR, QUARTER) if q in sums.index]
            if four and (best is None or sum(four) > best[1]):
                best = (first, sum(four), max(four), len(four))
        first, total, largest, count = best
        sure = count == 4 and not any(
            incomplete(account(frames, group, q, QUARTER, END + DAY, [])) for q in range(first, first + HOUR, QUARTER)
        )
        factor = seven(Fraction(total, 4 * largest)) if sure and largest else None
        stamp = pd.Timestamp(first, unit="ms").strftime("%Y-%m-%dT%H:%M:%S.000Z")
        tell("end", "mobility", "traffic-peak-hour", scope, "day", start, {
            "value": billionths(total), "peak_from": stamp, "peak_hour_factor": factor, "provisional": False,
        })


live()
gone = AWAY[0] + 3 * MINUTE
for name, now in LOOKS.items():
    asof = {gateway: now for gateway in GATEWAYS}
    silent = []
    if AWAY[0] + 4 * MINUTE < now < AWAY[1]:
        asof["kdr-c"], silent = gone, ["kdr-c"]
    if name == "end":
        starts = [(w, s) for w, span in SPANS.items() for s in range(START, START + DAY if w == "15min" else END, span)]
        look(name, now, {gateway: END + DAY for gateway in GATEWAYS}, [], starts)
    elif name == "after-midnight":
        asof |= {"kdr-a": END, "kdr-b": END}
        look(name, now, asof, silent, [("day", START)])
    else:
        look(name, now, asof, silent, [("day", START)])
with open(f"{FOLDER}/script.tsv", "w") as file:
    file.write("\n".join(script) + "\n")
with open(f"{FOLDER}/expected.jsonl", "w") as file:
    file.write("\n".join(out) + "\n")
print("ready", len(rows), flush=True)
sys.stdin.read()
