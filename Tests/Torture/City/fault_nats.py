"""kill -9 of the node that leads the messages' stream in a cluster of three NATS nodes."""

import time

from city_world import CityWorld
from nats import NatsCluster
from verdict import Row, say


def run(quick):
    row = Row("NATS: the stream's leader killed")
    slowest = 0.0
    with CityWorld(broker=NatsCluster, version="3.1.1", gateways=15, rate=8) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(3)
        for number in range(2 if quick else 20):
            leader = world.broker.leader()
            row.demand(leader is not None, "the stream has no leader")
            leader = leader or 0
            world.broker.kill_node(leader)
            if number % 4 == 3:
                world.kill_collector()
                world.start_collector(ready=False)
            recovered = world.rows_again(more=50)
            slowest = max(slowest, recovered)
            row.demand(recovered < 60, "nothing came within 60 s of the kill")
            world.broker.start_node(leader)
            whole = time.monotonic()
            # A second kill before the first is whole takes the quorum away, and with it the service.
            while not world.broker.whole() and time.monotonic() - whole < 60:
                time.sleep(0.2)
            row.demand(world.collectors["collect-1"].is_up, "the collector ended")
            row.rounds += 1
            time.sleep(1)
        world.finish(row, within=120)
        row.notes.append(f"rows come again within {slowest:.1f} s")
    say(f"   {row.fault}: {row.verdict}")
    return [row]
