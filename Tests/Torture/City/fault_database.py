"""kill -9 of PostgreSQL under the collector, which goes on by itself when the database is back."""

import time

from city_world import CityWorld
from verdict import Row, say


def run(quick):
    row = Row("PostgreSQL killed")
    slowest = 0.0
    with CityWorld() as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(2)
        for number in range(4 if quick else 50):
            world.store.kill()
            time.sleep(world.random.uniform(0, 2))
            if number % 5 == 4:
                row.demand(world.kill_collector(), "the collector ended by itself")
            world.store.start()
            row.rounds += 1
            if not world.collectors:
                world.start_collector()
            recovered = world.rows_again()
            row.demand(recovered < 60, "nothing came within 60 s of the database's return")
            slowest = max(slowest, recovered)
            row.demand(world.collectors["collect-1"].is_up, "the collector ended with the database")
            if not world.collectors["collect-1"].is_up:
                world.kill_collector()
                world.start_collector()
            time.sleep(world.random.uniform(0.3, 2))
        world.finish(row)
        row.notes.append(f"rows come again within {slowest:.1f} s")
        row.demand(world.stop_collector() == 0, "the collector did not end in order")
    say(f"   {row.fault}: {row.verdict}")
    return [row]
