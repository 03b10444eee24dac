"""RTU lines with late replies, noise and echoes; a line of 32 slaves with a dead and a trickling one."""

import random
import statistics
import time

from oracle import Field
from rtu_peer import RTUPeer
from verdict import Row, say
from world import World

LINES, UNITS = 16, 8
REPLY_TIME, WORST_REPLY = 0.5, 2.0
KINDS = [None, ("late", 0.7), ("late", 1.3), ("late", 5.0), "before", "after", "inside", "echo"]
WEIGHTS = [78, 5, 5, 2, 3, 3, 3, 1]
SLAVES = range(201, 233)
DEAD, TRICKLING = 232, 231


def run(quick):
    wanted = 300 if quick else 10_000
    chance = random.Random(5)
    field, slaves_field = Field(), Field()
    world = World(devices=0)
    lines = [
        RTUPeer(field, lambda unit: chance.choices(KINDS, WEIGHTS)[0], random.Random(number)) for number in range(LINES)
    ]
    slow = {DEAD: "dead", TRICKLING: "trickle"}
    slaves = RTUPeer(slaves_field, slow.get, chance)
    noisy_units, slave_units = {}, {f"slave-{unit}": unit for unit in SLAVES}
    for number, line in enumerate(lines):
        bus(
            world, f"line-{number}", line, "500ms",
            {f"noisy-{number * UNITS + i + 1}": number * UNITS + i + 1 for i in range(UNITS)},
        )
        noisy_units |= {f"noisy-{number * UNITS + i + 1}": number * UNITS + i + 1 for i in range(UNITS)}
    bus(world, "slaves", slaves, "2s", slave_units)
    try:
        begin = time.time()
        world.start()
        watch(world, lines, wanted, begin, least=90 if quick else 620)
        end = time.time()
        code = world.settle(within=20)
        rows = [
            noise(world, lines, field, noisy_units),
            division(world, slaves, slaves_field, slave_units, begin, end, quick),
        ]
        rows[0].demand(code == 0, f"ended with {code} when asked")
        return rows
    finally:
        world.close()
        for line in [*lines, slaves]:
            line.close()


def bus(world, name, line, interval, units):
    world.extra_buses.append(f"  {name}: {{ serial: {line.path}, baud: 115200, parity: none, stop_bits: 1 }}")
    world.extra_devices += [
        f"  {device}: {{ profile: torture-counter, bus: {name}, unit: {unit}, site: yard, interval: {interval} }}"
        for device, unit in units.items()
    ]


def watch(world, lines, wanted, begin, least):
    told = 0
    while time.time() - begin < 1_500:
        count = sum(len(line.requests) for line in lines)
        if count >= wanted and time.time() - begin >= least:
            return
        if time.time() - begin > told:
            told += 30
            say(f"   serial: {count} transactions of {wanted}, {time.time() - begin:.0f} of {least} s")
        if world.process.poll() is not None:
            return
        time.sleep(0.5)


def noise(world, lines, field, units):
    requests = [request for line in lines for request in line.requests]
    row = Row("serial noise", rounds=len(requests))
    ill = sum(1 for request in requests if request[4])
    row.take(world, units=units, field=field, losses=False)
    readings = [entry for entry in world.record.readings() if entry["device"] in units]
    row.readings = len(readings)
    distrusted = sum(
        any(point.get("reason") == "distrusted" for point in entry["points"].values()) for entry in readings
    )
    late = sum(1 for request in requests if isinstance(request[4], tuple) and request[4][1] > WORST_REPLY)
    row.notes.append(
        f"{ill} transactions disturbed, {late} of them late beyond worst_reply; "
        f"{distrusted} readings distrusted in part"
    )
    return row


def division(world, slaves, field, units, begin, end, quick):
    row = Row("serial 1 dead of 32", rounds=len(slaves.requests))
    own = {device: unit for device, unit in units.items() if unit not in (DEAD, TRICKLING)}
    wrong = world.wrong(units=own, field=field)
    row.wrong = len(wrong)
    window = (begin + 30, end) if quick else (begin, begin + 600)
    means = []
    for unit in own.values():
        times = [
            at for at, u, start, count, _ in slaves.requests
            if u == unit and start == 0 and window[0] <= at <= window[1]
        ]
        row.readings += len(times)
        means.append((times[-1] - times[0]) / (len(times) - 1) if len(times) > 1 else float("inf"))
    slip = statistics.mean(means) / 2.0 - 1
    row.demand(slip <= 0.10, f"the others' mean interval slips by {slip:.1%}")
    longest = 0.0
    for this, following in zip(slaves.requests, slaves.requests[1:]):
        if this[4] in ("dead", "trickle"):
            longest = max(longest, following[0] - this[0] - WORST_REPLY)
    row.demand(longest <= REPLY_TIME * 1.1 + 0.02, f"a transaction took {longest:.3f} s of {REPLY_TIME} s")
    row.notes.append(
        f"mean interval +{slip:.1%}, longest transaction {longest * 1000:.0f} ms of {REPLY_TIME * 1000:.0f}"
    )
    return row
