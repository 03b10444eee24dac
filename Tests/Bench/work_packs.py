"""W9: what packs cost and save on the box: its CPU on W1's field, and the sectors of its journal's disk."""

import os
import time

from measure import Figure, cpu, over, say, settle, table
from work_disk import Disk, end
from work_live import DEVICES, MEASURED, PEERS, POINTS
from world import World

PACK = ["    pack: { live: 30s, backfill: true }"]


def run(quick):
    rounds, seconds, short, long = (1, 4, 3, 11) if quick else (5, 62.6, 10, 100)
    with World(peers_core=PEERS) as world:
        ports = world.field(DEVICES)
        world.start_broker()
        used = {name: Figure() for name in ("rows", "packs")}
        for number in range(rounds):
            for name, keys in (("rows", []), ("packs", PACK)):
                used[name].add(load(world, ports, name, keys, seconds))
            say(f"   {number + 1} of {rounds}: " + ", ".join(f"{name} {f.values[-1]:.2f} ms" for name, f in used.items()))
    with World() as world:
        ports = world.field(DEVICES)
        world.start_broker()
        written = {
            rate: {name: sectors(world, ports, f"{name}-{rate}", keys, rate, short, long) for name, keys in (("rows", []), ("packs", PACK))}
            for rate in ((20,) if quick else (2, 20))
        }
    ratio = over(used["packs"], used["rows"]).text()
    rows = [["CPU ms per 1,000 points, W1's field", used["rows"].text(), used["packs"].text(), ratio]] + [
        [f"kB written a reading of 3 points, {rate} a second", f"{pair['rows']:.2f}", f"{pair['packs']:.2f}", f"{pair['packs'] / pair['rows']:.2f}"]
        for rate, pair in written.items()
    ]
    return "packs", table(["", "row by row", "packs of 30 s", "packs over rows"], rows)


def load(world, ports, name, keys, seconds):
    """CPU ms per 1,000 points; 62.6 s hold two packs' ends of each length, and two commits of a thousand rows."""
    gateway = world.gateway("packs-" + name, *world.tcp(ports, "1s", POINTS), core=MEASURED, destination=keys)
    try:
        if not gateway.wait(lambda status: sum(device["readings"] for device in status["devices"]) > 0):
            raise RuntimeError(f"{name}: no readings")
        time.sleep(4.2)
        settle(gateway.pid)
        begin, used = time.time(), cpu(gateway.pid)
        time.sleep(seconds)
        return (cpu(gateway.pid) - used) * 1e6 / (DEVICES * POINTS * (time.time() - begin))
    finally:
        gateway.end()


def sectors(world, ports, name, keys, rate, short, long):
    """kB a reading, as in W6: the difference between a short and a long run."""
    devices, interval = (2, "1s") if rate == 2 else (2, "100ms")
    runs = []
    for seconds in (short, long):
        label = f"{name}-{seconds}"
        disk = Disk(world.path(label)) if os.getuid() == 0 else None
        runs.append((world.gateway(
            label, *world.tcp(ports[:devices], interval, 3), destination=keys, keep_journal=disk is not None
        ), disk))
    try:
        time.sleep(short)
        first = end(*runs[0])
        time.sleep(long - short)
        second = end(*runs[1])
    finally:
        for _, disk in runs:
            if disk:
                disk.remove()
    return (second[1] - first[1]) / (second[0] - first[0]) / 1000
