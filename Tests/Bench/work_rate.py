"""W2: the most points a second over 32 connections, with the journal on, beside bare C at its own highest rate."""

import json
import os
import re
import sqlite3
import time

from measure import Figure, over, say, table
from world import World, counted

PORTS, POINTS = 32, 100
# Interval and devices in all: ever more points a second, far beyond what this machine can do.
STEPS = [("100ms", 32), ("20ms", 32)] + [("10ms", devices) for devices in (32, 64, 80, 96, 104, 112, 128)]
# A step that misses is tried again: what the machine's other work held up is no limit of the gateway's.
TRIES = 3
UNHEARD = ["    backfill_without_subscriber: drop"]


def run(quick):
    rounds, window = (1, 2) if quick else (5, 4)
    gateway, bare, polls = Figure(), Figure(), Figure()
    with World() as world:
        ports = world.field(PORTS)
        world.start_broker()
        for number in range(rounds):
            gateway.add(pushed(world, ports, STEPS[-1], window)[0])
            bare.add(bare_rate(world, ports, window))
            polls.add(bare_rate(world, ports, window // 2, broker=False))
            say(
                f"   {number + 1} of {rounds}: gateway {gateway.values[-1]:,.0f} points/s, bare C {bare.values[-1]:,.0f}, "
                f"polling alone {polls.values[-1]:,.0f}"
            )
        sustained, place = climb(world, ports, STEPS[:2] if quick else STEPS, window)
        several, _ = climb(world, ports, STEPS[1:2] if quick else STEPS[max(place - 1, 1):], window, at_once=2)
    rows = [
        ["gateway, asked for 1.28 million, some of it missed", gateway.text(0), over(gateway, bare).text()],
        ["gateway, the fastest step without a missed interval", f"{sustained:,.0f}", f"{sustained / bare.median:.2f}"],
        ["the same, requests_at_once: 2", f"{several:,.0f}", f"{several / bare.median:.2f}"],
        ["bare C, one loop without a pause", bare.text(0), "1"],
        ["bare libmodbus loop, polling alone", polls.text(0), over(polls, bare).text()],
    ]
    return "rate", table(["", "points/s", "over bare C"], rows)


def climb(world, ports, steps, window, at_once=1):
    """The points a second of the last step without a missed interval, and the step's place; 0 if the first misses."""
    reached = (0, 0)
    for place, step in enumerate(steps):
        for _ in range(TRIES):
            rate, missed = pushed(world, ports, step, window, at_once)
            say(f"   {step[1]} devices each {step[0]}, {at_once} at once: {rate:,.0f} points/s, {missed} polls missed")
            if not missed:
                break
        if missed:
            break
        reached = (rate, place)
    return reached


def pushed(world, ports, step, window, at_once=1):
    """Points read and acknowledged by the broker a second, and the polls missed.

    Both come from the journal afterwards: asking for the status of all points would add much work in between.
    """
    interval, devices = step
    per_bus = -(-devices // PORTS)
    buses, lines = world.tcp(ports, interval, POINTS, per_bus, at_once)
    # Evenly: the first unit of each connection, then the second.
    chosen = sorted(range(len(lines)), key=lambda line: (line % per_bus, line))[:devices]
    gateway = world.gateway("rate", buses, [lines[line] for line in chosen], limit="1GB", destination=UNHEARD)
    gateway.wait(lambda status: counted(status)[0] > 0 and status["destinations"][0]["connected"])
    time.sleep(1)
    begin = time.time()
    time.sleep(window)
    end = time.time()
    time.sleep(1.2)  # until all of it is committed
    pending = gateway.status()["destinations"][0]["pending"]
    gateway.program.process.kill()
    gateway.end()
    readings, missed = stored(os.path.join(gateway.folder, "storage"), begin, end)
    if pending > readings / window:
        say(f"   {pending:,} readings have not been acknowledged: not sustained")
        missed += pending
    return readings * POINTS / (end - begin), missed


def stored(storage, begin, end):
    """The readings that arrived between two times, and the polls that they say were missed before them."""
    with sqlite3.connect(os.path.join(storage, "journal.sqlite")) as journal:
        rows = journal.execute("SELECT body FROM entries WHERE time >= ? AND time < ?", (begin * 1000, end * 1000)).fetchall()
    journal.close()
    missed = [re.search(rb'"missed":(\d+)', body[-40:]) for (body,) in rows]
    return len(rows), sum(int(found[1]) for found in missed if found)


def bare_rate(world, ports, window, broker=True):
    program = world.bare(ports, 0, POINTS, broker=broker)
    time.sleep(window)
    elapsed = time.time() - program.began
    return json.loads(program.end())["polls"] * POINTS / elapsed
