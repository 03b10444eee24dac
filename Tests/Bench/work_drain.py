"""W4: a backlog on disk, drained as fast as the broker takes it, beside a bare loop over the same messages."""

import json
import os
import shutil
import time

from measure import Figure, cpu, over, say, table
from world import PROGRAMS, World, pending

POINTS = 3
MEASURED = 0
# An hour's interval: the drain is measured without anything live beside it. Nobody has to subscribe.
ALONE = "1h"
UNHEARD = ["    backfill_without_subscriber: drop"]


def run(quick):
    rounds, wanted = (1, 15_000) if quick else (5, 60_000)
    rows = []
    with World(peers_core=1) as world:
        ports = world.field(8)
        say(f"   gathering {wanted:,} readings with the broker away")
        backlog(world, ports, wanted)
        kept = keep(world, ports)
        for window in (100, 20):
            gateway, bare, gateway_cpu, bare_cpu = Figure(), Figure(), Figure(), Figure()
            world.start_broker(f"max_inflight_messages {window}")
            for number in range(rounds):
                rate, used = drain(world, ports)
                gateway.add(rate)
                gateway_cpu.add(used)
                rate, used = bare_loop(world, kept, window)
                bare.add(rate)
                bare_cpu.add(used)
                say(f"   window {window}, {number + 1} of {rounds}: gateway {gateway.values[-1]:,.0f}/s, bare {bare.values[-1]:,.0f}/s")
            world.stop_broker()
            rows.append(
                [str(window), gateway.text(0), bare.text(0), over(gateway, bare).text(), gateway_cpu.text(1), bare_cpu.text(1)]
            )
    head = ["window", "gateway messages/s", "bare libmosquitto messages/s", "ratio", "gateway CPU us/message", "bare CPU us/message"]
    return "drain", table(head, rows)


def backlog(world, ports, wanted):
    gateway = world.gateway("backlog", *world.tcp(ports, "10ms", POINTS, per_bus=4), limit="1GB")
    if not gateway.wait(lambda status: pending(status) >= wanted, within=90, every=0.2):
        raise RuntimeError("the backlog does not grow")
    gateway.end()


def a_copy(world, name):
    shutil.rmtree(world.path(name), ignore_errors=True)
    shutil.copytree(world.path("backlog", "storage"), world.path(name, "storage"))
    os.sync()


def keep(world, ports):
    """The messages of the backlog, as a subscriber gets them, for the bare loop."""
    world.start_broker()
    path = world.path("messages")
    a_copy(world, "kept")
    subscriber = world.subscribe("bench/backfill/#", keep=path)
    gateway = world.gateway("kept", *world.tcp(ports[:1], ALONE, POINTS), limit="1GB", keep_journal=True, destination=UNHEARD)
    gateway.wait(lambda status: pending(status) == 0, within=60, every=0.1)
    gateway.end()
    subscriber.end()
    world.stop_broker()
    return path


def drain(world, ports):
    """Messages a second between a tenth and nine tenths of the backlog, and CPU microseconds a message."""
    a_copy(world, "drain")
    gateway = world.gateway(
        "drain", *world.tcp(ports[:1], ALONE, POINTS), limit="1GB", keep_journal=True, destination=UNHEARD, core=MEASURED
    )
    seen = []

    def emptied(status):
        seen.append((time.time(), cpu(gateway.pid), pending(status)))
        return seen[-1][2] == 0

    gateway.wait(emptied, within=60, every=0.05)
    gateway.end()
    whole = max(left for _, _, left in seen)
    within = [point for point in seen if 0.1 * whole < point[2] < 0.9 * whole]
    (t0, c0, left0), (t1, c1, left1) = within[0], within[-1]
    return (left0 - left1) / (t1 - t0), (c1 - c0) * 1e6 / (left0 - left1)


def bare_loop(world, kept, window):
    said = json.loads(world.start(os.path.join(PROGRAMS, "publish"), world.port, kept, window, core=MEASURED).process.communicate()[0])
    return said["messages"] / said["seconds"], said["cpu"] * 1e6 / said["messages"]
