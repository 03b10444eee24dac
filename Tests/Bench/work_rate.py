"""W2: as many points a second as it sustains over 32 connections, the journal on, beside bare C at its own highest rate."""

import json
import time

from measure import Figure, over, say, table
from world import World, counted

PORTS, POINTS = 32, 100
# Interval and devices on each connection: ever more points a second, far beyond what this machine can do.
STEPS = [("100ms", 1), ("50ms", 1), ("20ms", 1), ("10ms", 1), ("10ms", 2), ("10ms", 4)]
UNHEARD = ["    backfill_without_subscriber: drop"]


def run(quick):
    rounds, window = (1, 2) if quick else (5, 4)
    gateway, bare, sustained, polls = Figure(), Figure(), Figure(), Figure()
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
        for step in STEPS[1:3] if quick else STEPS:
            rate, missed = pushed(world, ports, step, window)
            say(f"   {step[1] * PORTS} devices each {step[0]}: {rate:,.0f} points/s, {missed} polls missed")
            if missed:
                break
            sustained = Figure([rate])
    rows = [
        ["gateway, more asked than it can", gateway.text(0), over(gateway, bare).text()],
        ["gateway, the fastest step without a missed interval", sustained.text(0), over(sustained, bare).text()],
        ["bare C, one loop without a pause", bare.text(0), "1"],
        ["bare libmodbus loop, polling alone", polls.text(0), over(polls, bare).text()],
    ]
    return "rate", table(["", "points/s", "over bare C"], rows)


def pushed(world, ports, step, window):
    """Points acknowledged by the broker a second, and the polls missed."""
    interval, per_bus = step
    gateway = world.gateway("rate", *world.tcp(ports, interval, POINTS, per_bus), limit="1GB", destination=UNHEARD)
    gateway.wait(lambda status: counted(status)[0] > 0 and status["destinations"][0]["connected"])
    time.sleep(0.7)
    begin, before = time.time(), gateway.status()
    time.sleep(window)
    after, end = gateway.status(), time.time()
    gateway.program.process.kill()
    gateway.end()
    acknowledged = [status["destinations"][0]["acknowledged"] for status in (before, after)]
    return (acknowledged[1] - acknowledged[0]) * POINTS / (end - begin), counted(after)[1] - counted(before)[1]


def bare_rate(world, ports, window, broker=True):
    program = world.bare(ports, 0, POINTS, broker=broker)
    time.sleep(window)
    elapsed = time.time() - program.began
    return json.loads(program.end())["polls"] * POINTS / elapsed
