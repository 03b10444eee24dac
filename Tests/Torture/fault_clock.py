"""The wall clock is wrong from the start, or steps while the gateway runs (faketime; the kernel's clock stays)."""

import ctypes
import os
import shutil
import time

from record import instant
from verdict import Row, Skipped, say
from world import World

LIBRARY = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"
STARTS = {"1970": 10 - int(time.time()), "an hour ahead": 3600}
STEPS = {"an hour forward": 3600, "an hour back": -3600}


def run(quick):
    if not shutil.which("faketime") or not os.path.exists(LIBRARY):
        raise Skipped("faketime is not installed")
    row = Row("clock")
    try:
        for name, offset in STARTS.items():
            for trusted in (False, True):
                one(row, f"started {name}", [offset], trusted, quick)
        for name, offset in STEPS.items():
            one(row, f"stepped {name}", [0, offset], False, quick)
            one(row, f"stepped {name}", [0, offset], True, quick)
    finally:
        row.notes.append("adjtimex is the kernel's own: faketime does not reach it")
    return [row]


def set_offset(path, seconds):
    with open(path + ".new", "w") as file:
        file.write(f"{seconds:+d}\n")
    os.replace(path + ".new", path)


def one(row, name, offsets, trusted, quick):
    world = World(devices=2, interval="100ms")
    path = os.path.join(world.folder, "offset")
    world.clock = "trusted" if trusted else "kernel"
    # The library changes the environment of the first process, and Swift finds its arguments beside the environment.
    world.prefix = ["/usr/bin/env"]
    world.environment = {
        "LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": path, "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    try:
        set_offset(path, offsets[0])
        world.start()
        row.demand(world.wait_running() is not None, f"{name}: did not start")
        time.sleep(4 if quick else 15)
        for offset in offsets[1:]:
            set_offset(path, offset)
            time.sleep(4 if quick else 15)
        code = world.end()
        row.demand(code == 0, f"{name}: ended with {code} when asked")
        time.sleep(0.5)
        judge(row, world, name, offsets, trusted)
        row.rounds += 1
    finally:
        world.close()


def judge(row, world, name, offsets, trusted):
    first = world.record.readings()
    # Everything that was served before the request to end, except a poll that the end interrupted.
    row.take(world, check_time=False, moment=time.time() - 1.5)
    # The kernel decides whether the clock is synchronised, unless the configuration does.
    wanted = "synchronised" if trusted or kernel_is_synchronised() else "unsynchronised"
    row.demand(all(r["clock"] == wanted for r in first), f"{name}: clock is not {wanted} in every reading")
    if wanted == "unsynchronised":
        row.demand(all("boot" in r and "uptime_ms" in r for r in first), f"{name}: boot or uptime_ms is missing")
    for device in world.units:
        mine = sorted((r for r in first if r["device"] == device), key=lambda r: r["seq"])
        if wanted == "unsynchronised":
            steps = [b["uptime_ms"] - a["uptime_ms"] for a, b in zip(mine, mine[1:])]
            row.demand(min(steps, default=0) > 0, f"{name}: an interval of {min(steps, default=0)} ms")
            row.demand(max(steps, default=0) < 2_000, f"{name}: a pause of {max(steps, default=0)} ms")
        missed = sum(r.get("missed", 0) for r in mine)
        row.demand(missed <= max(2, len(mine) // 20), f"{name}: {missed} polls missed of {len(mine)}")
        samples = [r["points"]["a_sample"]["value"] for r in mine if r["points"]["a_sample"]["value"] is not None]
        row.demand(samples == sorted(set(samples)), f"{name}: samples out of order")
        off = [instant(r["time"]) - world.field.asked[world.units[device]][r["points"]["a_sample"]["value"] - 1]
               for r in mine if r["points"]["a_sample"]["value"]]
        wild = [o for o in off if min(abs(o - offset) for offset in offsets) > 1]
        row.demand(not wild, f"{name}: {len(wild)} times are none of the clock's, {wild[:3]}")
    say(f"   clock: {name}, {'trusted' if trusted else 'kernel'}: {len(first)} readings")


def kernel_is_synchronised():
    buffer = ctypes.create_string_buffer(256)
    return ctypes.CDLL(None).adjtimex(buffer) not in (-1, 5)
