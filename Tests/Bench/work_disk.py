"""W6: bytes written to disk for each 3-point reading.

As root each gateway has a file system of its own on a loop device; the kernel counts what is written to it, metadata
included. Otherwise the kernel's count of the process is used, which counts a whole folio for each page that is touched.

One gateway runs for a short time and one for a long time, and the difference counts. So start and end, which write more
than minutes of readings, cancel out; the checkpoint at the end is in both.
"""

import os
import subprocess
import time

from measure import say, table
from world import World, counted, free_port

POINTS = 3
# Readings a second, devices, their interval, whether the broker is there.
CASES = [(2, 2, "1s", True), (20, 2, "100ms", True), (200, 20, "100ms", True), (2, 2, "1s", False)]


def run(quick):
    cases, short, long = (CASES[1:3], 3, 11) if quick else (CASES, 10, 75)
    with World() as world:
        ports = world.field(32)
        world.start_broker()
        say(f"   {2 * len(cases)} gateways at once, for {long} s")
        runs = [(case, [begin(world, ports, case, seconds) for seconds in (short, long)]) for case in cases]
        try:
            time.sleep(short)
            first = [end(*pair[0]) for _, pair in runs]
            time.sleep(long - short)
            second = [end(*pair[1]) for _, pair in runs]
        finally:
            for _, pair in runs:
                for _, disk in pair:
                    if disk:
                        disk.remove()
    rows = []
    for (case, _), (readings0, bytes0), (readings1, bytes1) in zip(runs, first, second):
        each = (bytes1 - bytes0) / (readings1 - readings0) / 1000
        rows.append([f"{case[0]}", "online" if case[3] else "offline", f"{readings1 - readings0}", f"{each:.2f}"])
    source = "the sectors of a loop device with ext4 of its own" if os.getuid() == 0 else "the kernel's count of the process"
    return "disk", table(["readings/s", "broker", "readings", "kB written a reading"], rows) + f"\n\nCounted: {source}."


class Disk:
    """An ext4 of its own at a folder."""

    def __init__(self, folder):
        self.folder, image = folder, folder + ".img"
        os.makedirs(folder)
        subprocess.run(["truncate", "-s", "256M", image], check=True)
        # Nothing is left to be initialised later, which would be counted.
        subprocess.run(["mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", image], check=True)
        subprocess.run(["mount", "-o", "loop", image, folder], check=True)
        source = subprocess.run(["findmnt", "-no", "SOURCE", folder], check=True, capture_output=True, text=True)
        self.counter = f"/sys/block/{os.path.basename(source.stdout.strip())}/stat"
        os.sync()
        self.before = self.sectors()

    def sectors(self):
        with open(self.counter) as file:
            return int(file.read().split()[6])

    def written(self):
        subprocess.run(["sync", "-f", self.folder], check=True)
        return (self.sectors() - self.before) * 512

    def remove(self):
        subprocess.run(["umount", self.folder], check=True)


def begin(world, ports, case, seconds):
    rate, devices, interval, online = case
    name = f"disk-{rate}-{'on' if online else 'off'}-{seconds}"
    disk = Disk(world.path(name)) if os.getuid() == 0 else None
    gateway = world.gateway(
        name, *world.tcp(ports[:devices], interval, POINTS), port=None if online else free_port(), keep_journal=disk is not None
    )
    return gateway, disk


def end(gateway, disk):
    readings = counted(gateway.wait(lambda status: True))[0]
    process = gateway.program.process
    process.terminate()
    _, process.returncode, usage = os.wait4(process.pid, 0)
    return readings, disk.written() if disk else usage.ru_oublock * 512
