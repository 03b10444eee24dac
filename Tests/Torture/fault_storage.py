"""A journal at its limit, a disk that another program filled, and damaged database files."""

import os
import random
import shutil
import tempfile
import time

from loop_disk import LoopDisk
from oracle import Field
from verdict import Row, Skipped, say
from world import World


def run(quick):
    rows = [limit(quick)]
    for part in (full_disk, images):
        try:
            rows.append(part(quick))
        except Skipped as reason:
            rows.append(Row(part.__name__.replace("_", " "), skipped=str(reason)))
    return rows


def wait_for_samples(world, count, within):
    begin = time.time()
    while len(world.field.samples_before(time.time())) < count and time.time() - begin < within:
        time.sleep(0.2)


def limit(quick):
    row = Row("storage limit", rounds=1)
    world = World(devices=4, interval="10ms", limit="1MB")
    try:
        world.start()
        time.sleep(2)
        world.broker.stop()
        wait_for_samples(world, 6_000 if quick else 40_000, 30 if quick else 180)
        world.broker.start()
        code = world.settle(within=10)
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(world, losses=False)
        missing, told = world.record.missing, world.record.announced
        row.demand(missing > 0, "nothing was dropped: the limit was never reached")
        row.demand(missing == told, f"{missing} missing, {told} told")
        row.notes.append(f"{missing} dropped, {told} told")
        say(f"   {row.fault}: {row.verdict}")
    finally:
        world.close()
    return row


def fill(disk):
    """Fills the disk until nothing more fits."""
    path = os.path.join(disk.path, "filler")
    with open(path, "ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass
    return path


def full_disk(quick):
    row = Row("full disk")
    disk = LoopDisk(24)
    world = None
    try:
        world = World(
            devices=4, interval="50ms" if quick else "10ms", storage=os.path.join(disk.path, "storage"), limit="16MB"
        )
        for number in range(1 if quick else 3):
            if not world.process:
                world.start()
            time.sleep(3)
            world.broker.stop()
            filler = fill(disk)
            time.sleep(2)
            world.kill()
            world.start()
            running = world.wait_running(within=5)
            row.demand(running, "did not start on the full disk in 5 s")
            # The last round lasts longer than memory has room for waiting entries: 50,000.
            time.sleep(8 if quick else 20 if number < 2 else 150)
            row.demand(world.process.poll() is None, "ended while the disk was full")
            os.unlink(filler)
            time.sleep(4)
            world.broker.start()
            row.rounds += 1
        code = world.settle()
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(world, losses=False)
        told = {event["data"]["what"] for event in world.record.events("storage")}
        missing, announced = world.record.missing, world.record.announced
        # The stall event is an entry like others: it may be among the oldest, which were dropped and announced.
        expected = {"resumed"} if announced else {"stalled", "resumed"}
        row.demand(expected <= told, f"told {sorted(told)} only")
        row.demand(missing == announced, f"{missing} missing, {announced} told")
        row.notes.append(f"{missing} dropped, {announced} told")
        say(f"   {row.fault}: {row.verdict}")
    finally:
        if world:
            world.close()
        disk.close()
    return row


def damage(folder, chance):
    """Flips bytes of the database or its log, or shortens it; returns what it did."""
    names = [name for name in ("journal.sqlite", "journal.sqlite-wal") if os.path.exists(os.path.join(folder, name))]
    name = chance.choice(names)
    path = os.path.join(folder, name)
    size = os.path.getsize(path)
    if chance.random() < 0.3:
        length = chance.choice([0, 1, 100, 4096, chance.randrange(size), size // 16384 * 16384 // 2])
        os.truncate(path, min(length, size))
        return f"{name} cut to {length} of {size}"
    places = []
    with open(path, "r+b") as file:
        for _ in range(chance.choice([1, 1, 8, 200])):
            place = chance.randrange(min(size, chance.choice([100, 16384, size])))
            file.seek(place)
            byte = file.read(1)[0]
            file.seek(place)
            file.write(bytes([byte ^ (1 << chance.randrange(8))]))
            places.append(place)
    return f"{name} flipped at {places[:8]}{'...' if len(places) > 8 else ''} of {size}"


def master(folder, field):
    """A journal with a backlog, as a kill left it."""
    world = World(devices=4, interval="20ms", field=field)
    try:
        world.broker.stop()
        for _ in range(3):
            world.start()
            time.sleep(4)
            world.kill()
        shutil.copytree(world.storage, folder, dirs_exist_ok=True)
    finally:
        world.close()


def images(quick):
    row = Row("damaged files")
    rounds = 30 if quick else 200
    chance = random.Random(6)
    field = Field()
    base = tempfile.mkdtemp(prefix="torture-image-")
    set_aside = 0
    try:
        master(base, field)
        for number in range(rounds):
            world = World(devices=1, interval="1s", field=Field())
            world.units = {f"old-{unit}": unit for unit in range(1, 5)}
            try:
                shutil.copytree(base, world.storage, dirs_exist_ok=True)
                done = damage(world.storage, chance)
                started(world, row, number, done)
                set_aside += any("corrupt" in name for name in os.listdir(world.storage))
                before = row.wrong
                # Checks against the old samples' field, and by the identity rules for the remaining entries.
                row.take(world, units={f"dev-{unit}": unit for unit in range(1, 5)}, field=field, losses=False)
                if row.wrong > before:
                    say(f"   image {number}: {done}")
            finally:
                world.close()
            row.rounds += 1
            if row.rounds % 10 == 0:
                say(f"   damaged files {row.rounds}/{rounds}, {set_aside} set aside")
        row.notes.append(f"{set_aside} set aside")
    finally:
        shutil.rmtree(base)
    return row


def started(world, row, number, done):
    """Starts with the damaged files as the service manager would: again when the damage shows while it runs."""
    begin = time.time()
    for attempt in range(3):
        world.start()
        running = world.wait_running(within=5)
        took = time.time() - begin
        if running:
            row.demand(running[0] <= 5, f"image {number} ({done}): took {running[0]:.1f} s")
            deadline = time.time() + 4
            while time.time() < deadline and world.process.poll() is None:
                time.sleep(0.25)
                status = world.status()
                if status and all(d["pending"] == 0 for d in status["destinations"]) and time.time() > deadline - 3:
                    break
        code = world.process.poll()
        if code is None:
            if not running:
                row.demand(False, f"image {number} ({done}): did not start in {took:.1f} s")
            world.end()
            time.sleep(0.2)
            return
        world.end()
        if code < 0 or code == 2:
            row.demand(False, f"image {number} ({done}): ended with {code} in attempt {attempt + 1}")
            with open(world.log_path) as log:
                say("   " + log.read()[-600:])
    row.demand(False, f"image {number} ({done}): did not stay up in 3 attempts")
