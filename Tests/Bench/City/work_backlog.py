"""Readings that wait in a kept session: how fast they come into the database, and what each costs."""

import time

from city import City, Collector
from measure import Figure, over, say, table

KINDS = ("naive", "reference", "city")
GATEWAYS = 500


def run(quick, kinds):
    readings = 20 if quick else 210
    rounds = 3
    figures = {kind: {key: Figure() for key in ("rate", "cpu", "bytes")} for kind in kinds}
    with City() as city:
        collectors = [Collector(city, kind) for kind in kinds]
        for number in range(rounds):
            for collector in collectors:
                rate, cost, size = drain(city, collector, readings)
                figures[collector.kind]["rate"].add(rate)
                figures[collector.kind]["cpu"].add(cost)
                figures[collector.kind]["bytes"].add(size)
                say(f"   {number + 1}/{rounds} {collector.kind}: {rate:,.0f}/s, {cost:.1f} us, {size:.0f} B a reading")
    return "backlog", report(figures, GATEWAYS * readings, rounds)


def drain(city, collector, readings):
    """One round: the session stands, the fleet fills it, the collector empties it."""
    collector.start()
    collector.stop()
    if collector.rows():
        collector.forget()
    fleet = city.fleet(GATEWAYS, readings, 0)
    if fleet.process.wait(300) != 0:
        raise RuntimeError(f"the fleet failed:\n{fleet.last_lines()}")
    wanted = GATEWAYS * readings
    begun = collector.spawn()
    before, quiet = 0.0, time.monotonic()
    while True:
        time.sleep(0.1)
        if not collector.process.is_up:
            raise RuntimeError(f"{collector.kind} ended:\n{collector.process.last_lines()}")
        used = collector.cpu()
        # A query costs the machine what is measured; so the database is asked once the collector rests.
        if used - before > 0.002:
            before, quiet = used, time.monotonic()
        elif time.monotonic() - quiet > 1:
            rows = collector.rows()
            if rows >= wanted:
                break
            if time.monotonic() - quiet > 60:
                raise RuntimeError(
                    f"{collector.kind} has {rows} of {wanted} and rests:\n{collector.process.last_lines()}"
                )
    if rows != wanted:
        raise RuntimeError(f"{collector.kind} has {rows} rows of {wanted}")
    result = wanted / (collector.last_commit() - begun), before / wanted * 1e6, collector.bytes_of_readings() / wanted
    collector.stop()
    return result


def report(figures, readings, rounds):
    names = {"naive": "paho, an INSERT each", "reference": "C, the same design", "city": "gateway-city"}
    head = ["", "readings/s", "CPU us a reading", "bytes a reading"]
    rows = [[names[kind], of["rate"].text(0), of["cpu"].text(1), of["bytes"].text(0)] for kind, of in figures.items()]
    text = (
        table(head, rows) + f"\n\n{readings:,} readings of {GATEWAYS} gateways, 5 points each, {rounds} rounds in turn."
    )
    if "city" in figures and len(figures) == 3:
        city, naive, reference = figures["city"], figures["naive"], figures["reference"]
        text += (
            f" gateway-city over the script: {over(city['rate'], naive['rate']).text(1)} times the rate, "
            f"1/{over(naive['cpu'], city['cpu']).text(1)} of the CPU, "
            f"1/{over(naive['bytes'], city['bytes']).text(1)} of the bytes. "
            f"Over the C program: {over(city['cpu'], reference['cpu']).text(2)} times the CPU."
        )
    return text
