"""kill -9 of the node that leads the collector's quorum queue in a cluster of three RabbitMQ nodes."""

import time

from city_world import CityWorld
from rabbitmq import RabbitCluster
from verdict import Row, say


def run(quick):
    row = Row("RabbitMQ: the queue's leader killed")
    slowest = 0.0
    with CityWorld(broker=RabbitCluster, version="3.1.1", gateways=10, rate=5) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(3)
        for number in range(1 if quick else 10):
            leader = world.broker.queue_leader("collect-1")
            row.demand(leader is not None, "the session has no quorum queue")
            leader = leader or 0
            world.broker.kill_node(leader)
            if number % 3 == 2:
                world.kill_collector()
                world.start_collector(ready=False)
            recovered = world.rows_again(more=20, within=120)
            slowest = max(slowest, recovered)
            row.demand(recovered < 120, "nothing came within 120 s of the kill")
            world.broker.start_node(leader)
            # A killed node needs a while until it votes again on client ids.
            time.sleep(10)
            row.demand(world.collectors["collect-1"].is_up, "the collector ended")
            row.rounds += 1
        world.finish(row, within=180)
        row.notes.append(f"rows come again within {slowest:.1f} s")
    say(f"   {row.fault}: {row.verdict}")
    return [row]
