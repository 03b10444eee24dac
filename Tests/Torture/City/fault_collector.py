"""kill -9 of the collector, again and again, while the gateways go on; then of two on a shared subscription."""

import time

from city_world import CityWorld
from verdict import Row, say


def run(quick):
    return [one(quick), shared(quick)]


def one(quick):
    row = Row("collector killed")
    with CityWorld() as world:
        world.start_collector()
        world.fleet.start()
        for number in range(12 if quick else 200):
            time.sleep(world.random.uniform(0.1, 1.2))
            row.demand(world.kill_collector(), "the collector ended by itself")
            row.rounds += 1
            world.start_collector(ready=number % 3 == 0)
        world.finish(row)
        row.demand(world.stop_collector() == 0, "the collector did not end in order")
    say(f"   {row.fault}: {row.verdict}")
    return row


def shared(quick):
    row = Row("two collectors on $share")
    with CityWorld(share="city") as world:
        names = ["collect-1", "collect-2"]
        for name in names:
            world.start_collector(name)
        world.fleet.start()
        for number in range(8 if quick else 100):
            time.sleep(world.random.uniform(0.2, 1.5))
            name = names[number % 2]
            row.demand(world.kill_collector(name), "the collector ended by itself")
            row.rounds += 1
            world.start_collector(name, ready=False)
        proof = world.finish(row)
        # Both must have had work, or nothing was shared.
        row.notes.append(f"{proof.rows} rows of {world.spawned} runs")
    say(f"   {row.fault}: {row.verdict}")
    return row
