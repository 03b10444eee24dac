"""W5: the broker away until a million readings are pending: the memory, and how soon live readings flow afterwards."""

import time

from measure import Figure, resident, say, table
from world import World, pending

PORTS, PER_BUS = 32, 4


def run(quick):
    wanted, within = (30_000, 15) if quick else (1_000_000, 150)
    with World() as world:
        ports = world.field(PORTS)
        world.start_broker()
        gateway = world.gateway("pending", *world.tcp(ports, "10ms", 1, PER_BUS), limit="2GB")
        gateway.wait(lambda status: status["destinations"][0]["connected"])
        time.sleep(3 if quick else 8)
        before = resident(gateway.pid)
        world.stop_broker()
        say(f"   the broker has gone; {before:.1f} MiB")
        begin = time.time()
        time.sleep(7)
        early = resident(gateway.pid)
        reached = gateway.wait(lambda status: pending(status) >= wanted, within=within, every=1)
        now = pending(reached or gateway.status())
        after = resident(gateway.pid)
        say(f"   {now:,} readings pending after {time.time() - begin:.0f} s; {after:.1f} MiB")
        answered, live = first_live(world)
        say(f"   first live reading {(live - answered) * 1000:.0f} ms after the CONNACK")
    rows = [
        ["readings pending", f"{now:,}"],
        ["resident before, MiB", f"{before:.1f}"],
        ["resident 7 s after the broker went, MiB", f"{early:.1f}"],
        ["resident with the backlog, MiB", f"{after:.1f}"],
        ["more than before, and than after 7 s, MiB", f"{after - before:.1f}, {after - early:.1f}"],
        ["first live message after the CONNACK, ms", Figure([(live - answered) * 1000]).text(0)],
    ]
    return "pending", table(["", "figure"], rows)


def first_live(world):
    """When the broker let the gateway in, as its log shows within 5 ms, and when the first live reading came."""
    with open(world.path("broker.log"), "w"):
        pass
    world.start_broker()
    subscriber = world.subscribe("bench/readings/#")
    with open(world.path("broker.log")) as log:
        text = ""
        while " as bench-pending " not in text:
            time.sleep(0.005)
            text += log.read()
    answered = time.time()
    time.sleep(2)
    return answered, subscriber.end()["first_live"]
