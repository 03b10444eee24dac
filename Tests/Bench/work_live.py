"""W1: 32 Modbus TCP devices of 100 float32 (200 registers) every second, to MQTT with QoS 1, the journal on."""

import time

from collectd import Collectd
from measure import Figure, cpu, over, resident, say, settle, status, table
from world import World

DEVICES, POINTS = 32, 100
# One core for whoever is measured, the other for the field, the broker and the subscriber.
MEASURED, PEERS = 0, 1


class Contender:
    def __init__(self, name, seconds, start):
        self.name, self.seconds, self.start = name, seconds, start
        self.cpu, self.p50, self.p99, self.first = Figure(), Figure(), Figure(), Figure()
        self.resident, self.anonymous, self.threads = Figure(), Figure(), Figure()


def run(quick):
    # At 32 readings a second the gateway commits a thousand every 31 s: a window as long holds one commit, its share.
    rounds, whole, third, long, short = (1, 4, 3, 4, 3) if quick else (5, 31.3, 10.4, 5, 4)
    with World(peers_core=PEERS) as world:
        ports = world.field(DEVICES)
        world.start_broker()
        contenders = [
            Contender("gateway", whole, lambda: world.gateway("live", *world.tcp(ports, "1s", POINTS), core=MEASURED).program),
            Contender(
                "gateway, requests_at_once: 2", third,
                lambda: world.gateway("live", *world.tcp(ports, "1s", POINTS, at_once=2), core=MEASURED).program,
            ),
            Contender("gateway, on all cores", long, lambda: world.gateway("live", *world.tcp(ports, "1s", POINTS)).program),
            Contender("bare C", short, lambda: world.bare(ports, 1000, POINTS, core=MEASURED)),
        ]
        if Collectd.is_installed():
            contenders.append(Contender("collectd", short, lambda: Collectd(world, ports, POINTS, MEASURED).program))
        for number in range(rounds):
            for contender in contenders:
                measure(world, contender)
                say(
                    f"   {number + 1} of {rounds}: {contender.name} {contender.cpu.values[-1]:.2f} ms CPU per 1,000 points, "
                    f"age {contender.p50.values[-1]:.2f} ms, p99 {contender.p99.values[-1]:.2f}"
                )
    return "live", report(contenders)


def measure(world, contender):
    subscriber = world.subscribe("bench/readings/#" if contender.name != "collectd" else "bench/#")
    program = contender.start()
    try:
        first = subscriber.wait_first()
        if first is None:
            raise RuntimeError(f"{contender.name} publishes nothing")
        contender.first.add(first["first"] - program.began)
        # Past the start, which for the gateway ends with letting go of what it needed only then.
        time.sleep(4.2)
        settle(program.pid)
        subscriber.forget()
        begin, used = time.time(), cpu(program.pid)
        time.sleep(contender.seconds)
        used = cpu(program.pid) - used
        points = DEVICES * POINTS * (time.time() - begin)
        told = subscriber.tell()
        came = told["count"] * (POINTS if contender.name != "collectd" else 1)
        if abs(came / points - 1) > 0.25:
            say(f"   {contender.name}: {came:,} points came, of {points:,.0f}")
        contender.cpu.add(used * 1e6 / points)
        contender.p50.add(told["p50"])
        contender.p99.add(told["p99"])
        contender.resident.add(resident(program.pid))
        contender.anonymous.add(status(program.pid, "RssAnon") / 1024)
        contender.threads.add(status(program.pid, "Threads"))
    finally:
        program.end()
        subscriber.end()


def report(contenders):
    bare = next(contender for contender in contenders if contender.name == "bare C")
    rows = [
        [
            c.name, c.cpu.text(), over(c.cpu, bare.cpu).text(), c.p50.text(), c.p99.text(),
            f"{max(c.resident.values):.1f}", f"{max(c.anonymous.values):.1f}", f"{c.threads.median:.0f}", c.first.text(3),
        ]
        for c in contenders
    ]
    head = ["", "CPU ms per 1,000 points", "over bare C", "age p50 ms", "age p99 ms", "resident MiB at most", "of it anonymous", "threads", "first message s"]
    return table(head, rows) + (
        f"\n\nWhoever is measured runs on core {MEASURED} unless it says otherwise, field, broker and subscriber on core {PEERS}. "
        "The gateway's window holds one commit of the journal; in the next two rows it is shorter and holds one in some rounds only. "
        "bare C and collectd cut `time` to whole milliseconds, so that their ages read up to 1 ms too old; the gateway rounds."
    )
