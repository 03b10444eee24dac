"""What a verdict must not be led astray by: times that are wrong, starts in the past, a card that was put back.

Each gateway has four days behind it, in its journal when the collector meets it. Two numbers of one day were
never sent.
"""

import json
import time

from city_world import CityWorld
from verdict import Row, say

DAY = 86_400
HOLE_DAY = -3
A_DAY = 20


def run(quick):
    row = Row("verdicts led astray")
    with CityWorld(gateways=6, rate=0.2) as world:
        names = ["control", "behind", "ahead", "started in the past", "card put back", "two epochs a day"]
        boxes = dict(zip(names, world.fleet.boxes))
        noon = (int(time.time() + 7 * 3600) // DAY) * DAY - 7 * 3600 + 12 * 3600
        holes = {name: lived(box, name, noon) for name, box in boxes.items()}
        world.start_collector()
        world.fleet.start()
        row.demand(world.fleet.drain(60), "gateways still owe entries")
        time.sleep(8)  # two times of its upkeep
        for name, box in boxes.items():
            for day in range(-4, 0):
                verdict = judged(world, box, day)
                row.rounds += 1
                holds(row, name, box, day, verdict, holes[name])
        world.finish(row)
    say(f"   {row.fault}: {row.verdict}")
    return [row]


def lived(box, name, noon):
    """Fills four days; returns the (epoch, number) of what was never sent."""
    next(iter(box.journal.owed.values())).made = noon - 4 * DAY - 60
    hole = []
    for day in range(-4, 0):
        for number in range(A_DAY):
            if number == A_DAY // 2 and begins_anew(name, day):
                anew(box, name, noon + day * DAY + number)
            entry = box.reading()
            entry.made = noon + day * DAY + number
            if day != HOLE_DAY:
                continue
            if number in (6, 7):
                del box.journal.owed[entry.key]
                hole.append(entry.key)
            # Not a neighbour of the hole: that would leave open to which of two days it belongs.
            if number == 3 and name == "ahead":
                entry.made += 40 * DAY
            if number == 14 and name == "behind":
                entry.made -= 20 * DAY
    return hole


def begins_anew(name, day):
    return (name, day) in {("started in the past", HOLE_DAY), ("card put back", -4), ("card put back", HOLE_DAY)} or (
        name == "two epochs a day"
    )


def anew(box, name, moment):
    """A new epoch at that moment."""
    if name == "card put back" and not hasattr(box, "image"):
        # The image is of the first epoch; the second one is unknown to it, and no later start names its end.
        box.image = box.card()
        box.crash(most_lost=0)
    elif name == "card put back":
        owed = box.journal.owed
        box.restore(box.image)
        box.journal.owed = {**owed, **box.journal.owed}
    else:
        box.crash(most_lost=0)
    start = list(box.journal.owed.values())[-1]
    start.made = moment - 20 * DAY if name == "started in the past" else moment - 0.5


def judged(world, box, day):
    when = time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600 + day * DAY))
    _, said, problem = world.ask("complete", box.name, "--json", "--day", when)
    try:
        return json.loads(said)
    except ValueError:
        raise RuntimeError(f"`complete` says {said!r} {problem!r}") from None


def holds(row, name, box, day, verdict, hole):
    word = verdict["verdict"]
    named = {
        (absence["epoch"], seq)
        for absence in verdict["absent"]
        for first, last in absence["ranges"]
        for seq in range(first, last + 1)
    }
    row.demand(
        named <= set(hole), f"{name}, day {day}: {sorted(named - set(hole))[:2]} were sent, and are called absent"
    )
    if day == HOLE_DAY:
        row.demand(set(hole) <= named, f"{name}, day {day}: is {word}, and {sorted(set(hole) - named)} were never sent")
    elif day > HOLE_DAY and name != "ahead":
        # A number counts for two days rather than for none: below a time ahead what is absent counts until then.
        row.demand(word == "complete", f"{name}, day {day}: is {word}, and everything of it is there")
