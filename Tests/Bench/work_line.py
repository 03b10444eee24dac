"""W3: one RTU line at 9600 baud, 8 slaves of 10 float32, back to back, on a pty that takes a wire's time; and the same line
behind a serial server, by RTU over TCP."""

import json
import os
import time

from measure import Figure, say, table
from world import PROGRAMS, World

BAUD, SLAVES, POINTS = 9600, 8, 10
TURNAROUND_US = 5_000
# The shortest that the configuration accepts: frames with the least turnaround. The slave's own leaves no spare time.
INTERVAL = "500ms"


def rows_of(title, way, quick):
    """The figures of one way to the line: its programs' further arguments, and the keys of its bus."""
    rounds, window = (1, 6) if quick else (5, 8)
    arguments, keys = way
    share, earliest, mean = Figure(), Figure(), Figure()
    with World() as world:
        world.start_broker()
        profile = world.profile(POINTS)
        for number in range(rounds):
            line = world.start(os.path.join(PROGRAMS, "line"), BAUD, TURNAROUND_US, *arguments)
            buses = [f"  line: {{ {keys.format(line.line())}, baud: {BAUD}, parity: none, stop_bits: 1 }}"]
            devices = [
                f"  dev-{i}: {{ profile: {profile}, bus: line, unit: {i + 1}, site: yard, interval: {INTERVAL} }}" for i in range(SLAVES)
            ]
            gateway = world.gateway("line", buses, devices)
            time.sleep(window)
            seen = json.loads(line.end())
            gateway.end()
            share.add(seen["theory"] / seen["seconds"])
            earliest.add(seen["earliest_us"] / 1000)
            mean.add(seen["mean_us"] / 1000)
            say(
                f"   {title}, {number + 1} of {rounds}: {share.values[-1]:.1%} of {seen['transactions']} transactions' own time, "
                f"earliest request {earliest.values[-1]:.2f} ms after a reply"
            )
    return [share.text(3), earliest.text(), mean.text()]


def run(quick):
    port = rows_of("serial port", ([], "serial: {0}"), quick)
    server = rows_of("serial server", (["tcp"], "tcp: 127.0.0.1:{0}, framing: rtu"), quick)
    names = [
        "share of the line's theoretical time",
        "from a reply to the next request, least, ms",
        "from a reply to the next request, mean, ms",
    ]
    silence = f"{3.5 * 10_000 / BAUD:.2f}"
    rows = [list(row) for row in zip(names, port, server)] + [["3.5 characters, ms", silence, silence]]
    return "line", table(["", "serial port", "behind a serial server"], rows)
