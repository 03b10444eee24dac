"""The primary is killed -9 and its synchronous standby promoted: no answered message is on the lost disk alone."""

import time

from city_world import CityWorld
from engine import free_port
from postgres import PostgresPair
from verdict import Row, say


class MovingPair(PostgresPair):
    """Two ports for good: a new standby takes the port of the server that is gone, as a repaired machine does."""

    def __init__(self, folder):
        self.places = [free_port(), free_port()]
        super().__init__(folder)

    def server(self):
        made = super().server()
        taken = self.primary.port if hasattr(self, "primary") else None
        made.port = next(port for port in self.places if port != taken)
        return made

    def url(self, database="postgres"):
        return super().url(database, self.places)


def run(quick):
    row = Row("primary killed, standby promoted")
    slowest = 0.0
    with CityWorld(store=MovingPair) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(2)
        for number in range(2 if quick else 10):
            world.store.kill_primary_and_promote()
            # It answers alone until it has a standby of its own: the standby's settings name none.
            recovered = world.rows_again()
            slowest = max(slowest, recovered)
            row.demand(recovered < 60, "nothing came within 60 s of the promotion")
            row.rounds += 1
            if number % 3 == 2:
                row.demand(world.kill_collector(), "the collector ended by itself")
                world.start_collector()
            up = world.collectors["collect-1"].is_up
            row.demand(up, "the collector ended with the primary")
            if not up:
                world.kill_collector()
                world.start_collector()
            world.store.follow()
            time.sleep(world.random.uniform(0.5, 2))
        world.finish(row)
        row.notes.append(f"rows come again within {slowest:.1f} s")
    say(f"   {row.fault}: {row.verdict}")
    return [row]
