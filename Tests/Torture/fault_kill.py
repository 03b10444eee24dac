"""SIGKILL at random moments under load, the broker up and down alternating."""

import random
import time

from verdict import Row, say
from world import World


def run(quick):
    row = Row("kill")
    rounds = 10 if quick else 200
    chance = random.Random(1)
    world = World(devices=4, interval="50ms")
    try:
        for number in range(rounds):
            world.same_box = number % 4 >= 2
            if number % 2:
                world.broker.stop()
            else:
                world.broker.start()
            world.start()
            life = chance.uniform(0.2, 6)
            if chance.random() < 0.4:
                time.sleep(life / 2)
                world.broker.stop() if world.broker.is_up else world.broker.start()
                life /= 2
            time.sleep(life)
            if world.process.poll() is not None:
                row.demand(False, f"round {number}: ended by itself with {world.process.returncode}")
            world.kill()
            row.rounds += 1
            if row.rounds % 10 == 0:
                say(f"   kill {row.rounds}/{rounds}, {world.record.count()} entries recorded")
        moment = time.time()
        code = world.settle()
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(world, moment=moment)
    finally:
        world.close()
    return [row]
