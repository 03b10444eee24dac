"""Collectors that get in each other's way: two that both take everything, and two with one client id."""

import signal
import time

from city_world import CityWorld
from engine import Process
from verdict import Row, say


def run(quick):
    return [both(quick), namesakes(quick), asked(quick)]


def both(quick):
    """Each entry comes to both, mostly at the same moment: one of them stores it."""
    row = Row("two collectors of everything")
    with CityWorld(gateways=20, rate=15) as world:
        names = ["collect-1", "collect-2"]
        for name in names:
            world.start_collector(name)
        world.fleet.start()
        for number in range(6 if quick else 60):
            time.sleep(world.random.uniform(0.5, 2))
            # New epochs come to both at once, too.
            for box in world.random.sample(world.fleet.boxes, 5):
                world.fleet.call(box.stop)
            name = names[number % 2]
            row.demand(world.kill_collector(name), "a collector ended by itself")
            row.rounds += 1
            world.start_collector(name, ready=False)
        world.finish(row)
        for name in names:
            row.demand(world.stop_collector(name) == 0, "a collector did not end in order")
    say(f"   {row.fault}: {row.verdict}")
    return row


def namesakes(quick):
    """Somebody has copied the configuration: the broker gives the session to whoever came last."""
    row = Row("two collectors with one client id")
    with CityWorld(gateways=10, rate=10) as world:
        first = world.start_collector()
        world.fleet.start()
        second = Process(first.command, first.log + ".second")
        second.start()
        world.collectors["second"] = second
        time.sleep(10 if quick else 60)
        row.rounds += 1
        row.demand(first.is_up and second.is_up, "one of them ended")
        with open(first.log, errors="replace") as file:
            lines = len(file.readlines())
        row.demand(lines < 200, f"{lines} lines in one log")
        proof = world.finish(row)
        row.notes.append(f"{proof.rows} rows, {lines} lines in one log")
    say(f"   {row.fault}: {row.verdict}")
    return row


def asked(quick):
    """Ended in order under load, and frozen for longer than its keepalive."""
    row = Row("collector stopped, frozen")
    slowest = 0.0
    with CityWorld() as world:
        world.start_collector()
        world.fleet.start()
        for _ in range(4 if quick else 20):
            time.sleep(world.random.uniform(0.2, 1.5))
            begin = time.monotonic()
            code = world.stop_collector()
            slowest = max(slowest, time.monotonic() - begin)
            row.demand(code == 0, f"it ended with {code} when asked")
            row.rounds += 1
            world.start_collector()
        process = world.collectors["collect-1"]
        process.send(signal.SIGSTOP)
        time.sleep(5 if quick else 120)
        process.send(signal.SIGCONT)
        row.demand(world.rows_again() < 60, "nothing came within 60 s of its thaw")
        world.finish(row)
        row.notes.append(f"ends within {slowest:.1f} s")
    say(f"   {row.fault}: {row.verdict}")
    return row
