"""The database's disk is full: everything waits, nothing is answered that is not there, and it goes on by itself."""

import os
import subprocess
import tempfile
import time

from city_world import CityWorld
from postgres import Postgres, lend
from verdict import Row, Skipped, say

MEGABYTES = 160


def run(quick):
    if os.geteuid() != 0:
        raise Skipped("mounting a small file system needs root")
    row = Row("disk full at PostgreSQL")
    disk = tempfile.mkdtemp(prefix="torture-city-disk-")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", disk]).returncode:
        raise Skipped("no tmpfs can be mounted here")
    lend(disk)
    os.chmod(disk, 0o755)
    filler = os.path.join(disk, "filler")

    def store(folder):
        return Postgres(folder, data=disk, settings=["min_wal_size = 32MB", "max_wal_size = 48MB"])

    try:
        with CityWorld(store=store) as world:
            world.start_collector()
            world.fleet.start()
            time.sleep(2)
            for _ in range(1 if quick else 4):
                fill(filler)
                time.sleep(10 if quick else 20)
                up = world.collectors["collect-1"].is_up
                row.demand(up, "the collector ended when the disk was full")
                os.remove(filler)
                row.rounds += 1
                if not world.store.process.is_up:  # PostgreSQL stops itself where its WAL has no room
                    row.notes.append("PostgreSQL had stopped itself")
                    world.store.kill()
                    world.store.start()
                if not up:
                    world.kill_collector()
                    world.start_collector()
                recovered = world.rows_again()
                row.demand(recovered < 60, "nothing came within 60 s of room on the disk")
                row.notes.append(f"rows again after {recovered:.1f} s")
                time.sleep(2)
            world.finish(row)
    finally:
        subprocess.run(["umount", disk])
        os.rmdir(disk)
    say(f"   {row.fault}: {row.verdict}")
    return [row]


def fill(path):
    """Takes every byte that is left."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
