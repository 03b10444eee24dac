"""W8: planning and decoding alone, in a program of their own."""

import json
import os
import subprocess

from measure import Figure, say, table
from world import PROGRAMS, ROOT, World

POINTS = 100
PROGRAM = os.environ.get("DECODING_BINARY", os.path.join(ROOT, ".build/release/decoding-bench"))


def run(quick):
    blocks = 200_000 if quick else 1_000_000
    decoded, planned = Figure(), Figure()
    with World() as world:
        profile = os.path.join(world.profiles, world.profile(POINTS) + ".yaml")
        for number in range(2 if quick else 5):
            said = measure(profile, blocks)
            decoded.add(said["points"] / said["seconds"] / 1e6)
            planned.add(said["planning_us"])
            say(f"   {number + 1}: {decoded.values[-1]:.0f} million points/s")
        few, many = (measure(profile, count, counting=True)["allocations"] for count in (1_000, 1_001_000))
    rows = [
        ["points decoded, million a second and core", decoded.text(0)],
        ["allocations a block of 62 points", f"{(many - few) / 1_000_000:.2f}"],
        ["planning of a profile of 100 points, us", planned.text(1)],
    ]
    return "decode", table(["", "figure"], rows)


def measure(profile, blocks, counting=False):
    environment = dict(os.environ, LD_PRELOAD=os.path.join(PROGRAMS, "allocations")) if counting else None
    said = subprocess.run([PROGRAM, profile, str(blocks)], capture_output=True, text=True, check=True, env=environment)
    result = json.loads(said.stdout)
    if counting:
        result["allocations"] = int(said.stderr.split()[-1])
    return result
