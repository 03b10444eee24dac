"""10,000 gateways that send a reading each second through one broker into one collector."""

import time

from city import City, Collector, ask, told
from measure import Figure, cpu, resident, say, table


def run(quick, kinds):
    gateways = 1_000 if quick else 10_000
    seconds = 30 if quick else 600
    rows = []
    for kind in kinds:
        if kind == "naive":  # it falls behind for ever
            continue
        with City() as city:
            rows.append(one(city, Collector(city, kind), gateways, seconds))
    head = [
        "",
        "gateways",
        "readings",
        "owed at the end",
        "p50 ms",
        "p99 ms",
        "most ms",
        "resident MiB",
        "CPU us",
        "broker CPU us",
        "late at the fleet",
    ]
    return "live", table(head, rows) + (
        f"\n\n{seconds} s, a reading a second each. p50 and p99: from the time in the payload to the commit, as "
        "PostgreSQL says it "
        "(`track_commit_timestamp`). Resident: after a sixth of the time, at the end, at most."
    )


def one(city, collector, gateways, seconds):
    collector.start()
    fleet = city.fleet(gateways, 0, 1000)
    time.sleep(10)
    begun, first = time.time(), ask(fleet)
    used, broker_used = collector.cpu(), cpu(city.broker.pid)
    memory = Figure()
    early = None
    while time.time() - begun < seconds:
        time.sleep(1)
        if not collector.process.is_up or not fleet.is_up:
            raise RuntimeError(f"it ended:\n{collector.process.last_lines()}\n{fleet.last_lines()}")
        memory.add(collector.resident())
        if early is None and time.time() - begun > seconds / 6:
            early = collector.resident()
    used, broker_used = collector.cpu() - used, cpu(city.broker.pid) - broker_used
    second = ask(fleet)
    # What was acknowledged and is not there two seconds after is a backlog.
    time.sleep(2)
    there = collector.rows()
    owed = max(0, second["published"] - gateways - there)
    late = resident(collector.process.pid)
    fleet.stop()
    published = told(fleet)["published"]
    for _ in range(100):
        total = collector.rows() + int(collector.query("select count(*) from event")[0][0])
        if total >= published:
            break
        time.sleep(0.2)
    say(f"   {collector.kind}: {published} published, {total} there")
    if total != published:
        raise RuntimeError(f"{collector.kind}: {published} published, {total} there")
    half, most, worst = collector.ages(begun)
    collector.stop()
    made = second["published"] - first["published"]
    return [
        collector.kind,
        f"{gateways:,}",
        f"{made:,}",
        str(owed),
        f"{half * 1000:.0f}",
        f"{most * 1000:.0f}",
        f"{worst * 1000:.0f}",
        f"{early:.0f}, {late:.0f}, {max(memory.values):.0f}",
        f"{used / made * 1e6:.1f}",
        f"{broker_used / made * 1e6:.1f}",
        str(second["late"] - first["late"]),
    ]
