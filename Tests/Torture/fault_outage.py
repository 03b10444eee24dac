"""The broker is away for an hour's data, and comes back to a backlog."""

import time

from verdict import Row, say
from world import World


def run(quick):
    row = Row("outage", rounds=1)
    backlog = 1_200 if quick else 3_800
    world = World(devices=1, interval="10ms", proxied=True)
    world.backfill_rate = 200
    try:
        world.start()
        time.sleep(6)
        # Pages of the program's file that only the start needs are released before, and others come when the backlog's
        # code runs. So the test compares the process' own memory, and all resident memory with the start's maximum.
        own, most = world.memory("RssAnon"), world.memory("VmHWM")
        world.proxy.cut()
        away = len(world.field.samples_before(time.time()))
        begin = time.time()
        while len(world.field.samples_before(time.time())) - away < backlog and time.time() - begin < 120:
            time.sleep(0.5)
        full = (world.memory("RssAnon"), world.memory("VmRSS"))
        world.proxy.connacks.clear()
        world.proxy.mend()
        while not world.proxy.connacks and time.time() - begin < 180:
            time.sleep(0.005)
        back = world.proxy.connacks[0]
        say(f"   the broker is back with {len(world.field.samples_before(back)) - away} readings owed")
        drained = drain(world, back)
        after = (world.memory("RssAnon"), world.memory("VmRSS"))
        row.demand(drained is not None, "the backlog did not drain within 120 s")
        judge(row, world, back, drained or time.time())
        grown, beyond = max(after[0], full[0]) - own, max(after[1], full[1]) - most
        row.demand(grown <= 4096, f"memory of its own grew by {grown} KiB")
        row.demand(beyond <= 4096, f"resident memory grew {beyond} KiB beyond the start's")
        row.notes.append(f"drained in {(drained or time.time()) - back:.0f} s, memory +{grown} KiB")
        moment = time.time()
        code = world.settle()
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(world, moment=moment)
    finally:
        world.close()
    return [row]


def drain(world, back):
    while time.time() - back < 120:
        time.sleep(0.5)
        status = world.status()
        if status and all(d["pending"] < 100 for d in status["destinations"]):
            return time.time()
    return None


def judge(row, world, back, drained):
    with world.record.lock:
        live = [
            (at, at - arrived, arrived)
            for at, kind, arrived in world.record.arrivals if kind == "readings" and at >= back
        ]
    first = live[0][0] - back if live else float("inf")
    row.demand(first <= 1, f"the first live reading came {first:.2f} s after the CONNACK")
    # Readings that waited in the live lane, at most five seconds, were that old when the broker came back.
    ages = sorted(age for at, age, arrived in live if back <= arrived and at <= drained)
    if ages:
        p99 = ages[int(len(ages) * 0.99)]
        row.demand(p99 < 2, f"p99 of live readings' age is {p99:.2f} s")
        row.notes.append(f"first live after {first * 1000:.0f} ms, p99 age {p99 * 1000:.0f} ms")
