"""W7: many devices, and ever more points: what grows, and what is missed."""

import time

from measure import cpu, resident, say, settle, table
from world import World, counted

# Ports, devices on each, interval, points of each; points a second.
CASES = [
    (200, 5, "10s", 10, 1_000), (32, 1, "1s", 1, 32), (32, 1, "1s", 10, 320), (32, 1, "1s", 100, 3_200), (32, 1, "100ms", 100, 32_000),
]
UNHEARD = ["    backfill_without_subscriber: drop"]


def run(quick):
    rows = []
    with World() as world:
        world.start_broker()
        ports = world.field(200)
        for case in CASES[2:4] if quick else CASES:
            count, per_bus, interval, points, rate = case
            gateway = world.gateway("scale", *world.tcp(ports[:count], interval, points, per_bus), limit="1GB", destination=UNHEARD)
            window = 20 if interval == "10s" else 3 if quick else 8
            gateway.wait(lambda status: counted(status)[0] >= count * per_bus)
            time.sleep(1)
            settle(gateway.pid)
            used, begin = cpu(gateway.pid), time.time()
            time.sleep(window)
            used, elapsed = cpu(gateway.pid) - used, time.time() - begin
            memory = resident(gateway.pid)
            missed = counted(gateway.status())[1]
            gateway.end()
            say(f"   {rate:,} points/s: {used * 1e3 / elapsed:.1f} ms CPU/s, {memory:.1f} MiB, {missed} missed")
            rows.append(
                [
                    f"{count * per_bus:,} on {count}, each {interval}", f"{rate:,}", f"{used * 1e3 / elapsed:.1f}",
                    f"{used * 1e6 / elapsed / rate:.2f}", f"{memory:.1f}", str(missed),
                ]
            )
    head = ["devices on connections", "points/s", "CPU ms/s", "CPU ms per 1,000 points", "resident MiB", "polls missed"]
    return "scale", table(head, rows)
