"""A broker that forgets: mosquitto is killed -9 while the collector lags.

What it had acknowledged is named to the number, asked for, and comes.
"""

import json
import time

from city_world import CityWorld
from verdict import Row, say

# [1, end] without what is there: the end is what the last epoch's start or status said.
MISSING = """
select g.name, e.name, lower(r), upper(r) - 1
from ledger l join epoch e on e.id = l.epoch join gateway g on g.id = e.gateway left join state s on s.epoch = e.id,
    unnest(int8multirange(int8range(1, greatest(coalesce(l.closed_at, 0), coalesce(s.last_seq, 0)) + 1))
        - l.have - l.told) r
order by 1, 2, 3
"""


def run(quick):
    row = Row("broker forgets, collector lags")
    with CityWorld(gateways=12, rate=10) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(3)
        for _ in range(1 if quick else 5):
            # The collector is away; the broker has what comes in memory alone.
            world.kill_collector()
            for box in world.random.sample(world.fleet.boxes, 4):
                time.sleep(world.random.uniform(0.2, 1))
                world.fleet.call(box.stop if world.random.random() < 0.5 else lambda box=box: again(world.fleet, box))
            time.sleep(2)
            world.broker.kill()
            time.sleep(0.5)
            world.broker.start()
            # mosquitto has forgotten the session too: nobody keeps anything until it stands again.
            world.start_collector()
            row.rounds += 1
            time.sleep(3)
        # Every gateway says once more where it stands.
        drained = world.fleet.drain(60)
        row.demand(drained, "gateways still owe entries")
        time.sleep(4)
        promised, there = promises(world), keys(world)
        lost = promised - there
        row.demand(bool(lost), "the broker forgot nothing: the fault was none")
        named = {
            (gateway, epoch, seq) for gateway, epoch, first, last in missing(world) for seq in range(first, last + 1)
        }
        # Where an epoch ended is known once the `start` after it is here, and before that the verdict is `open`.
        ended = {
            tuple(line)
            for line in world.query(
                "select g.name, e.name from ledger l join epoch e on e.id = l.epoch join gateway g on g.id = e.gateway "
                "left join state s on s.epoch = e.id where coalesce(l.closed_at, s.last_seq) is not null"
            )
        }
        unnamed = {key for key in lost - named if key[:2] in ended}
        row.demand(
            not unnamed,
            f"{len(unnamed)} of {len(lost)} missing ones are not in the ledger's ranges: {sorted(unnamed)[:3]}",
        )
        row.demand(
            named <= lost, f"{len(named - lost)} are called missing and were not lost: {sorted(named - lost)[:3]}"
        )
        row.notes.append(f"{len(lost)} of {len(promised)} forgotten, {len(named)} named")
        judged(world, row, lost, named)
        code, said, problem = world.complete("--ask")
        row.demand(code in (0, 1), f"`complete --ask` ended with {code}: {problem[-200:]}")
        begin = time.monotonic()
        while missing(world) and time.monotonic() - begin < 60:
            time.sleep(0.5)
            if int(time.monotonic() - begin) % 15 == 14:  # a gateway answers one request at a time
                world.complete("--ask")
                time.sleep(1)
        row.notes.append(f"asked for and here after {time.monotonic() - begin:.1f} s")
        row.demand(not missing(world), f"still missing after 60 s: {missing(world)[:3]}")
        requests = sum(len(box.answered) for box in world.fleet.boxes)
        row.notes.append(f"{requests} requests")
        for box in world.fleet.boxes:
            for request in box.answered:
                row.demand(
                    request.get("v") == 1 and len(request["ranges"]) <= 100, f"a request is {str(request)[:120]}"
                )
        world.finish(row)
        # A day that is not over cannot be complete; but nothing of it is absent.
        absent = [line for line in verdicts(world) if line["verdict"] == "incomplete" or line["missing"]]
        row.demand(not absent, f"`complete` calls something incomplete when everything is there: {absent[:2]}")
    say(f"   {row.fault}: {row.verdict}")
    return [row]


def again(fleet, box):
    """Its power fails for a moment. Nothing is lost by that: what a crash loses, nobody can ask for."""
    fleet.switch_off(box)
    box.crash(most_lost=0)
    fleet.switch_on(box)


def promises(world):
    return world.fleet.call(lambda: {(box.name, *key) for box in world.fleet.boxes for key in box.acknowledged})


def keys(world):
    return {
        (gateway, epoch, int(seq))
        for gateway, epoch, seq in world.query(
            "select g.name, e.name, seq from (select epoch, seq from reading union all select epoch, seq from event "
            "union all "
            "select epoch, seq from unsynchronised) r join epoch e on e.id = r.epoch join gateway g on g.id = e.gateway"
        )
    }


def missing(world):
    return [(gateway, epoch, int(first), int(last)) for gateway, epoch, first, last in world.query(MISSING)]


def verdicts(world, *words):
    _, said, _ = world.complete("--json", *words)
    return [json.loads(line) for line in said.splitlines()]


def judged(world, row, lost, named):
    """What the command says: never `complete` where something was lost; and each number, as lost behind the gateway."""
    for verdict in verdicts(world):
        name = verdict["gateway"]
        if any(key[0] == name for key in lost):
            row.demand(
                verdict["verdict"] in ("incomplete", "open"), f"{name} has lost entries, and is {verdict['verdict']}"
            )
        said = {
            (name, absence["epoch"], seq)
            for absence in verdict["absent"]
            for first, last in absence["ranges"]
            for seq in range(first, last + 1)
        }
        wanted = {key for key in named if key[0] == name}
        row.demand(wanted <= said, f"`complete` does not name {sorted(wanted - said)[:3]} of {name}")
        row.demand(said <= lost, f"`complete` names {sorted(said - lost)[:3]} of {name}, which were not lost")
