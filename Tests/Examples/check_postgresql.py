#!/usr/bin/env python3
"""Proves examples/postgresql: nothing twice, nothing lost by kills of archive and database, missing numbers named.

usage: check_postgresql.py --bin DIR --profiles DIR
"""
import json
import os
import pwd
import signal
import sys

from world import World, fact, schema_of, valid, wait

PROGRAMS = "/usr/lib/postgresql/15/bin/"

with World("postgresql", interval="100ms") as world:
    # PostgreSQL refuses to run as root. Then it runs as the user of Debian's package.
    user = ["/usr/bin/setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"] if os.geteuid() == 0 else []
    cluster = world.path("cluster")
    os.mkdir(cluster)
    if user:
        os.chown(cluster, pwd.getpwnam("postgres").pw_uid, pwd.getpwnam("postgres").pw_gid)
    made = world.run(*user, PROGRAMS + "initdb", "-D", cluster + "/data", "-A", "trust", "-U", "postgres", "--no-sync")
    fact("a cluster of PostgreSQL is made", made.returncode == 0, made.stderr)

    def start_database():
        before = world.log("postgres").count("ready to accept") if os.path.exists(world.path("postgres.log")) else 0
        child = world.start("postgres", *user, PROGRAMS + "postgres", "-D", cluster + "/data", "-k", cluster,
                            "-c", "listen_addresses=", cwd="/")
        wait("PostgreSQL runs", world.said("postgres", "ready to accept", before + 1))
        return child

    def ask(query):
        done = world.run("psql", "-X", "-At", "-F", "|", "-h", cluster, "-U", "postgres", "-d", "kediri", "-c", query)
        return [line.split("|") for line in done.stdout.splitlines()] if done.returncode == 0 else []

    def rows():
        return [(gateway, epoch, int(seq)) for gateway, epoch, seq in ask("SELECT gateway, epoch, seq FROM entries")]

    def published():
        return [(entry["gateway"], entry["epoch"], entry["seq"]) for topic, entry in world.heard() if "seq" in entry]

    def more(count):
        before = len(published())
        wait(f"{count} more entries are published", lambda: len(published()) >= before + count)

    def archive(times):
        child = world.start("archive", sys.executable, world.example("postgresql", "archive.py"), "--port", world.port,
                            "--database", f"host={cluster} user=postgres dbname=kediri")
        wait("the archive is ready", world.said("archive", "ready\n", times))
        return child

    def whole():
        return ask("SELECT count(*) FROM gaps WHERE missing <> '{}'") == [["0"]]

    database = start_database()
    world.run("psql", "-h", cluster, "-U", "postgres", "-c", "CREATE DATABASE kediri")
    broker = world.start_broker()
    world.witness("kediri/readings/#", "kediri/backfill/#", "kediri/events/#", "kediri/gateways/#")
    archiving = archive(1)
    world.start_meter()
    gateway = world.start_gateway()
    wait("the archive has readings", lambda: len(rows()) > 8)

    # The database goes away: the archive ends, and the broker keeps what it has not acknowledged.
    world.end(database, signal.SIGINT)
    wait("the archive ends without a database", lambda: archiving.poll() is not None)
    fact("it ends with an error", archiving.returncode != 0)
    more(8)
    database = start_database()
    archiving = archive(2)
    wait("what was published meanwhile is there", lambda: set(published()) <= set(rows()))

    # The gateway is killed, and asked for entries that it has sent.
    world.end(gateway, signal.SIGKILL)
    gateway = world.start_gateway()
    wait("a second epoch is in the archive", lambda: len({row[1] for row in rows()}) == 2)
    first = published()[0][1]
    world.publish(f"kediri/requests/{world.gateway}", {"v": 1, "epoch": first, "ranges": [[2, 5]]})
    twice = [(world.gateway, first, seq) for seq in range(2, 6)]
    wait("the broker delivers four entries twice", lambda: all(published().count(row) == 2 for row in twice))
    wait("the archive has what came after them", lambda: set(published()) <= set(rows()))
    stored = rows()
    fact("the archive has each identity once", len(stored) == len(set(stored)) and set(twice) <= set(stored))
    wait("the view of gaps has both epochs, and nothing is missing",
         lambda: whole() and len(ask("SELECT * FROM gaps")) == 2)

    # The broker forgets what it has acknowledged, while the archive is away.
    world.end(archiving, signal.SIGKILL)
    more(8)
    broker, archiving = world.forget(broker, gateway, lambda: archive(3))
    ((epoch, behind),) = wait("the view names the numbers that the broker has lost",
                              lambda: ask("SELECT epoch, behind FROM gaps WHERE behind <> '{}'"))
    # A multirange has the number behind its last one: {[64,72)}.
    ranges = [[int(low), int(high) - 1] for low, high in
              (part.strip("[)").split(",") for part in behind.strip("{}").replace("),", ") ").split())]
    world.publish(f"kediri/requests/{world.gateway}", {"v": 1, "epoch": epoch, "ranges": ranges})
    wait("what was asked for is there, and nothing is missing", whole, look=lambda: ask("SELECT * FROM gaps"))

    # A gateway with a new journal no longer has them, and reports that.
    lost = ask(f"DELETE FROM entries WHERE epoch = '{first}' AND seq BETWEEN 2 AND 4 RETURNING seq")
    fact("three entries are taken out of the archive", lost[:3] == [["2"], ["3"], ["4"]], lost)
    world.end(gateway)
    fact("the gateway's journal is removed", world.run("rm", "-r", world.path("journal")).returncode == 0)
    gateway = world.start_gateway()
    wait("three epochs are in the archive", lambda: len({row[1] for row in rows()}) == 3)
    world.publish(f"kediri/requests/{world.gateway}", {"v": 1, "epoch": first, "ranges": [[2, 4]]})
    judged = "SELECT missing, reported, behind FROM gaps WHERE missing <> '{}'"
    wait("what an event gap reports counts as reported",
         lambda: ask(judged) == [["{[2,5)}", "{[2,5)}", "{}"]], look=lambda: ask("SELECT * FROM gaps"))

    for topic, payload in world.heard():
        valid(schema_of(topic, payload), payload)
    fact("every message fits its schema", True)
    point = ask("SELECT unit, quality FROM points WHERE point = 'discharge' LIMIT 1")
    fact("a reading's point is a row", point == [["L/s", "good"]], point)
