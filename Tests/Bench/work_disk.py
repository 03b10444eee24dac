"""W6: bytes written to disk for each 3-point reading, from the kernel's own count of the process.

Of two gateways that run for a short and a long time the difference counts: so start and end, which write more than minutes of
readings, cancel out, and the checkpoint at the end is in both.
"""

import os
import time

from measure import say, table
from world import World, counted, free_port

POINTS = 3
# Readings a second, devices, their interval, whether the broker is there.
CASES = [(2, 2, "1s", True), (20, 2, "100ms", True), (200, 20, "100ms", True), (2, 2, "1s", False)]


def run(quick):
    cases, short, long = (CASES[1:3], 3, 11) if quick else (CASES, 10, 75)
    with World() as world:
        ports = world.field(32)
        world.start_broker()
        say(f"   {2 * len(cases)} gateways at once, for {long} s")
        runs = [(case, [begin(world, ports, case, seconds) for seconds in (short, long)]) for case in cases]
        time.sleep(short)
        first = [end(pair[0]) for _, pair in runs]
        time.sleep(long - short)
        second = [end(pair[1]) for _, pair in runs]
    rows = []
    for (case, _), (readings0, bytes0), (readings1, bytes1) in zip(runs, first, second):
        each = (bytes1 - bytes0) / (readings1 - readings0) / 1000
        rows.append([f"{case[0]}", "online" if case[3] else "offline", f"{readings1 - readings0}", f"{each:.2f}"])
    return "disk", table(["readings/s", "broker", "readings", "kB written a reading"], rows)


def begin(world, ports, case, seconds):
    rate, devices, interval, online = case
    name = f"disk-{rate}-{'on' if online else 'off'}-{seconds}"
    return world.gateway(name, *world.tcp(ports[:devices], interval, POINTS), port=None if online else free_port())


def end(gateway):
    readings = counted(gateway.wait(lambda status: True))[0]
    process = gateway.program.process
    process.terminate()
    _, process.returncode, usage = os.wait4(process.pid, 0)
    return readings, usage.ru_oublock * 512
