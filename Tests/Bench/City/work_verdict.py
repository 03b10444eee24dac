"""How long the verdict of a day takes for one gateway of 10,000."""

import datetime
import subprocess
import time

from city import CITY, City, Collector
from measure import Figure, say, table


def run(quick, kinds):
    if "city" not in kinds:
        return "verdict", "not measured"
    gateways, rounds = (1_000 if quick else 10_000), 20
    with City() as city:
        collector = Collector(city, "city")
        collector.start()
        fleet = city.fleet(gateways, 5 if quick else 20, 1000)
        if fleet.process.wait(300) != 0:
            raise RuntimeError(f"the fleet failed:\n{fleet.last_lines()}")
        wanted = gateways * (5 if quick else 20)
        begin = time.monotonic()
        while collector.rows() < wanted and time.monotonic() - begin < 120:
            time.sleep(0.5)
        collector.stop()
        collector.query("analyze")
        configuration = collector.command()[-1]
        day = datetime.datetime.now(datetime.timezone(datetime.timedelta(hours=7))).strftime("%Y-%m-%d")
        times = Figure()
        for number in range(rounds):
            begin = time.monotonic()
            done = subprocess.run(
                [CITY, "complete", f"kdr-{number * 37 % gateways + 1:05}", "--day", day, "--config", configuration],
                capture_output=True,
                text=True,
            )
            times.add((time.monotonic() - begin) * 1000)
            if done.returncode not in (0, 1):
                raise RuntimeError(f"complete ended with {done.returncode}: {done.stderr}")
        say(f"   it says: {done.stdout.strip().splitlines()[:3]}")
    return "verdict", table(["", "ms"], [[f"the day of one gateway of {gateways:,}, as a command", times.text(1)]])
