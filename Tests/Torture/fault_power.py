"""The power goes: ext4 is shut down without a flush under the running gateway, then checked and mounted again."""

import os
import random
import shutil
import sqlite3
import tempfile
import time

from loop_disk import LoopDisk
from verdict import Row, say
from world import SAFE_WITHIN, World


def integrity(storage):
    """Runs SQLite's own check on a copy: the gateway must find the files as the cut left them."""
    folder = tempfile.mkdtemp(prefix="torture-copy-")
    try:
        shutil.copytree(storage, folder, dirs_exist_ok=True)
        database = os.path.join(folder, "journal.sqlite")
        if not os.path.exists(database):
            return "ok"
        with sqlite3.connect(database) as connection:
            return connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.Error as error:
        return str(error)
    finally:
        shutil.rmtree(folder)


def run(quick):
    row = Row("power")
    rounds = 3 if quick else 50
    chance = random.Random(2)
    disk = LoopDisk(64)
    world = None
    try:
        world = World(devices=4, interval="50ms", storage=os.path.join(disk.path, "storage"), limit="32MB")
        for number in range(rounds):
            world.same_box = number % 4 >= 2
            if number % 2:
                world.broker.start()
            else:
                world.broker.stop()
            world.start()
            time.sleep(chance.uniform(1.5, 7))
            row.demand(world.process.poll() is None, f"round {number}: ended before the cut")
            cut = time.time()
            disk.cut_power()
            time.sleep(0.1)
            world.kill()
            world.excused.append((cut - SAFE_WITHIN, time.time()))
            disk.unmount()
            disk.check()
            disk.mount()
            found = integrity(world.storage)
            row.demand(found == "ok", f"round {number}: integrity_check says {found}")
            damaged = [name for name in os.listdir(world.storage) if "corrupt" in name]
            row.demand(not damaged, f"round {number}: {damaged}")
            row.rounds += 1
            if row.rounds % 5 == 0 or quick:
                say(f"   power {row.rounds}/{rounds}, {world.record.count()} entries recorded")
        moment = time.time()
        world.settle()
        row.take(world, moment=moment)
    finally:
        if world:
            world.close()
        disk.close()
    return [row]
