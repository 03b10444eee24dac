"""What gateways go through: restarts, crashes, full journals, death, cards cloned or put back, wrong clocks."""

import copy
import time

from city_world import CityWorld
from fault_forgetting import missing
from verdict import Row, say


def run(quick):
    return [lives(quick), clones(quick), clocks(quick)]


def lives(quick):
    """Restarts, crashes, losses and death, with kills of the collector in between."""
    row = Row("gateways restart, crash, give up, die")
    with CityWorld(gateways=30, rate=15) as world:
        fleet, random = world.fleet, world.random
        world.start_collector()
        fleet.start()
        dead = []
        for number in range(20 if quick else 200):
            time.sleep(random.uniform(0.2, 0.6))
            living = [box for box in fleet.boxes if not box.dead]
            for box in random.sample(living, 3):
                what = random.choice(["stop", "crash", "away", "give up"])
                if what == "stop":
                    fleet.call(box.stop)
                elif what == "crash":
                    fleet.call(lambda box=box: (fleet.switch_off(box), box.crash(), fleet.switch_on(box)))
                elif what == "away":
                    fleet.call(fleet.switch_off, box)
                    # It goes on measuring behind a dead link, and is back later with a journal that was full.
                    for _ in range(30):
                        fleet.call(box.reading)
                    fleet.call(box.give_up, 12)
                    fleet.call(fleet.switch_on, box)
                else:
                    fleet.call(box.give_up, 5)
            if number % 10 == 9 and len(dead) < 5:
                box = random.choice(living)
                fleet.call(lambda box=box: (fleet.switch_off(box), setattr(box, "dead", True)))
                dead.append(box)
            if number % 6 == 5:
                world.kill_collector()
                world.start_collector()
            row.rounds += 1
        fleet.drain(60)
        time.sleep(3)
        world.finish(row)
        honest(world, row)
        row.notes.append(f"{len(dead)} died, {sum(len(box.given_up) for box in fleet.boxes)} given up and told")
    say(f"   {row.fault}: {row.verdict}")
    return row


def honest(world, row):
    """What the ledgers call missing is what a dead box had promised to nobody; and given up is told, not missing."""
    named = {(gateway, epoch, seq) for gateway, epoch, first, last in missing(world) for seq in range(first, last + 1)}
    owed = {(box.name, *key) for box in world.fleet.boxes if box.dead for key in box.journal.owed}
    strange = named - owed
    row.demand(not strange, f"{len(strange)} are called missing that no gateway owes: {sorted(strange)[:3]}")
    there = {
        tuple(line)
        for line in world.query(
            "select g.name, e.name, l.told::text from ledger l join epoch e on e.id = l.epoch "
            "join gateway g on g.id = e.gateway where not isempty(l.told)"
        )
    }
    row.notes.append(f"{len(named)} missing, all owed by dead gateways" if not strange else f"{len(named)} missing")
    given_up = any(box.given_up for box in world.fleet.boxes)
    row.demand(bool(there) or not given_up, "gateways gave up entries, and no ledger was told")


def clones(quick):
    """Two boxes with one card, and a box that starts from an older image of its own."""
    row = Row("cards cloned and put back")
    with CityWorld(gateways=8, rate=10) as world:
        fleet = world.fleet
        world.start_collector()
        fleet.start()
        time.sleep(2)
        for number in range(2 if quick else 8):
            box = fleet.boxes[number % 4]
            clone = fleet.call(lambda: copy.deepcopy(box))
            clone.random.seed(f"clone/{number}")
            clone.acknowledged, clone.sent = {}, set()
            fleet.call(lambda: (fleet.switch_off(box), box.crash(), fleet.switch_on(box)))
            # The clone takes over the other's session, which takes it back, and so on.
            fleet.call(lambda: (clone.crash(), fleet.add(clone)))
            other = fleet.boxes[4 + number % 4]
            card = fleet.call(other.card)
            time.sleep(2)
            fleet.call(
                lambda: (
                    fleet.switch_off(other),
                    setattr(other, "before", dict(other.journal.kept)),
                    other.restore(card),
                    fleet.switch_on(other),
                )
            )
            time.sleep(2)
            fleet.call(lambda: (fleet.switch_off(clone), setattr(clone, "dead", True)))
            row.rounds += 1
            if number % 2:
                world.kill_collector()
                world.start_collector()
        world.finish(row)
    say(f"   {row.fault}: {row.verdict}")
    return row


def clocks(quick):
    """Boxes that start without the time and learn it later; some never do."""
    row = Row("clocks corrected")
    with CityWorld(gateways=10, rate=10) as world:
        fleet = world.fleet
        for box in fleet.boxes:
            box.journal.owed.clear(), box.journal.kept.clear()
            box.journal.counter = 0
            box.begin(None, synchronised=False)
        world.start_collector()
        fleet.start()
        time.sleep(3)
        for number in range(1 if quick else 6):
            for box in fleet.boxes[:-2]:
                fleet.call(box.set_clock)
                if number % 2:
                    time.sleep(0.1)
                    world.kill_collector()
                    world.start_collector(ready=False)
            time.sleep(1.5)
            row.rounds += 1
            if number + 1 < (1 if quick else 6):
                for box in fleet.boxes:
                    fleet.call(
                        lambda box=box: (
                            fleet.switch_off(box),
                            box.crash(),
                            setattr(box, "synchronised", False),
                            fleet.switch_on(box),
                        )
                    )
                time.sleep(2)
        proof = world.finish(row)
        # Rows of a boot whose clock was set stand at their right time; only the two that never learn it are left.
        left = {
            line[0]
            for line in world.query(
                "select distinct g.name from unsynchronised u join epoch e on e.id = u.epoch join gateway g "
                "on g.id = e.gateway"
            )
        }
        known = {box.name for box in fleet.boxes[:-2]}
        row.demand(
            quick is False or not left & known, f"entries of a corrected boot still wait: {sorted(left & known)[:3]}"
        )
        row.demand(proof.unsynchronised > 0, "nothing of the boxes that never learn the time is kept")
        corrected(world, row)
    say(f"   {row.fault}: {row.verdict}")
    return row


def corrected(world, row):
    """Each row of a boot that learned its time has the right one."""
    right = {(box.name, *key): entry.made for box in world.fleet.boxes for key, entry in box.journal.kept.items()}
    wrong = []
    for gateway, epoch, seq, moment in world.query(
        "select g.name, e.name, seq, extract(epoch from time)::text from (select epoch, seq, time from reading "
        "union all select epoch, seq, "
        "time from event) r join epoch e on e.id = r.epoch join gateway g on g.id = e.gateway"
    ):
        key = gateway, epoch, int(seq)
        if key in right and abs(right[key] - float(moment)) > 0.0021:
            wrong.append((key, float(moment) - right[key]))
    row.wrong += len(wrong)
    for line in wrong[:3]:
        say(f"   wrong time: {line}")
