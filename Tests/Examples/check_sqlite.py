#!/usr/bin/env python3
"""Proves examples/sqlite: nothing twice, nothing lost by kills, and every missing number named.

usage: check_sqlite.py --bin DIR --profiles DIR
"""
import json
import signal
import sqlite3
import sys

from world import World, fact, schema_of, valid, wait

ENTRIES = ("readings", "backfill", "events")

with World("sqlite", interval="100ms") as world:
    file = world.path("archive.db")
    command = [sys.executable, world.example("sqlite", "archive.py"), "--file", file, "--port", world.port]

    def archive(times):
        child = world.start("archive", *command)
        wait("the archive is ready", world.said("archive", "ready\n", times))
        return child

    def rows(query="SELECT gateway, epoch, seq FROM entries"):
        db = sqlite3.connect(file)
        try:
            return db.execute(query).fetchall()
        finally:
            db.close()

    def published():
        """The identity of each entry that the witness has heard, as often as it came."""
        return [
            (entry["gateway"], entry["epoch"], entry["seq"])
            for topic, entry in world.heard() if "seq" in entry
        ]

    def more(count):
        before = len(published())
        wait(f"{count} more entries are published", lambda: len(published()) >= before + count)

    def gaps():
        done = world.run(*command, "--gaps")
        return done.returncode, done.stdout + done.stderr

    broker = world.start_broker()
    world.witness("kediri/readings/#", "kediri/backfill/#", "kediri/events/#", "kediri/gateways/#")
    archiving = archive(1)
    world.start_meter()
    gateway = world.start_gateway()
    wait("the archive has readings", lambda: len(rows()) > 8)

    # The archive is killed while messages come.
    world.end(archiving, signal.SIGKILL)
    more(8)
    archiving = archive(2)
    wait("what was published meanwhile is there after a kill of the archive",
         lambda: set(published()) <= set(rows()))
    stored = rows()
    fact("the archive has each identity once", len(stored) == len(set(stored)))
    code, text = gaps()
    fact("no number is missing", code == 0 and "all here" in text, text)

    # A duplicate: the gateway is asked for entries that it has sent.
    (epoch,) = {row[1] for row in rows()}
    world.publish(f"kediri/requests/{world.gateway}", {"v": 1, "epoch": epoch, "ranges": [[2, 5]]})
    twice = [(world.gateway, epoch, seq) for seq in range(2, 6)]
    wait("the broker delivers four entries twice", lambda: all(published().count(row) == 2 for row in twice))
    wait("the archive has what came after them", lambda: set(published()) <= set(rows()))
    stored = rows()
    fact("the archive has each of them once", all(stored.count(row) == 1 for row in twice))

    # The gateway is killed: the next start says where the epoch ended.
    world.end(gateway, signal.SIGKILL)
    gateway = world.start_gateway()
    wait("a second epoch is in the archive", lambda: len({row[1] for row in rows()}) == 2)
    wait("the archive has every number up to the end that the start names",
         lambda: gaps()[0] == 0 and gaps()[1].count("all here") == 2)

    # The broker forgets: it is killed with messages that it has acknowledged, while the archive is away.
    world.end(archiving, signal.SIGKILL)
    more(8)
    broker, archiving = world.forget(broker, gateway, lambda: archive(3))
    wait("the archive says which numbers the broker has lost", lambda: "ask for them again" in gaps()[1])
    (line,) = [line for line in gaps()[1].splitlines() if line.startswith("ask ")]
    _, topic, request = line.split(" ", 2)
    fact("what it prints to ask with fits the schema of a request", valid("request", json.loads(request)))
    world.publish(topic, request)
    wait("what was asked for is there, and nothing is missing", lambda: gaps()[0] == 0, look=gaps)

    # Lost for good: the journal is gone too, so that the gateway reports what it no longer has.
    world.end(archiving, signal.SIGKILL)
    more(8)
    broker, archiving = world.forget(broker, gateway, lambda: archive(4))
    more(2)
    world.end(gateway)
    fact("the gateway's journal is removed", world.run("rm", "-r", world.path("journal")).returncode == 0)
    gateway = world.start_gateway()
    wait("the numbers that the broker lost are missing", lambda: "ask for them again" in gaps()[1])
    for line in gaps()[1].splitlines():
        if line.startswith("ask "):
            world.publish(*line.split(" ", 2)[1:])
    wait("what is reported by an event gap counts as lost", lambda: gaps()[0] == 0 and "lost; events gap" in gaps()[1])

    for topic, payload in world.heard():
        valid(schema_of(topic, payload), payload)
    fact("every message fits its schema", True)
    print(gaps()[1], end="")
    readings = rows("SELECT point, value, unit, quality, time FROM points WHERE point = 'discharge' LIMIT 1")
    fact("a reading's point is a row", readings and readings[0][2] == "L/s" and readings[0][3] == "good", readings)
