"""A city under torture: engines, a simulated fleet, collectors, and the proof at the end."""

import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
sys.path += [os.path.join(ROOT, "Tests", "City", "engines"), os.path.join(ROOT, "Tests", "Torture")]

from engine import Process, allow_many_files  # noqa: E402
from fleet import Fleet  # noqa: E402
from mosquitto import Mosquitto  # noqa: E402
from postgres import Postgres  # noqa: E402
from proof import prove  # noqa: E402
from verdict import say  # noqa: E402

CITY = os.environ.get("CITY_BINARY", os.path.join(ROOT, ".build", "debug", "gateway-city"))
DATABASE = "kediri"


class CityWorld:
    def __init__(
        self,
        broker=None,
        store=None,
        gateways=30,
        rate=20,
        version="5",
        share="none",
        seed=18,
        login=None,
        address=None,
        more=(),
        answers=True,
    ):
        self.folder = tempfile.mkdtemp(prefix="torture-city-")
        self.random = random.Random(seed)
        self.version, self.share, self.more, self.address, self.login = version, share, more, address, login
        self.broker = broker(self.folder) if broker else Mosquitto(self.folder)
        self.store = store(self.folder) if store else Postgres(self.folder)
        self.collectors = {}
        self.spawned = 0
        self.exits = []
        self.fleet = None
        try:
            self.broker.start()
            self.store.start()
            self.store.create_database(DATABASE)
            self.database_url = self.store.url(DATABASE)
            self.fleet = Fleet(self.broker.ports, gateways, rate, answers=answers)
        except BaseException:
            self.close()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    # MARK: Collectors

    def configuration(self, client_id):
        path = os.path.join(self.folder, f"{client_id}.yaml")
        addresses = self.address or [f"mqtt://127.0.0.1:{port}" for port in self.broker.ports]
        lines = [
            "city: kediri",
            "timezone: Asia/Jakarta",
            "topic_prefix: kediri",
            "broker:",
            f"  mqtt: {json.dumps(addresses)}",
            f'  version: "{self.version}"',
            f"  client_id: {client_id}",
            f"  share: {self.share}",
            *(f"  {line}" for line in self.login or ()),
            f'database: {{ url: "{self.database_url}" }}',
            "destination: city",
            "retention: 35d",
            *self.more,
        ]
        with open(path, "w") as file:
            file.write("\n".join(lines) + "\n")
        return path

    def command(self, client_id):
        return [CITY, "collect", "--config", self.configuration(client_id)]

    def start_collector(self, client_id="collect-1", ready=True, within=60):
        self.spawned += 1
        process = Process(self.command(client_id), os.path.join(self.folder, f"{client_id}.log"))
        said = self.ready_lines(process)
        process.start()
        self.collectors[client_id] = process
        if ready:
            process.wait(lambda: self.ready_lines(process) > said, within, "the collector's `ready`")
        return process

    def ready_lines(self, process):
        try:
            with open(process.log, errors="replace") as file:
                return sum(line.strip() == "ready" for line in file)
        except FileNotFoundError:
            return 0

    def kill_collector(self, client_id="collect-1"):
        process = self.collectors.pop(client_id)
        fell = not process.is_up
        if fell:
            self.exits.append(process.process.returncode)
            say(f"   the collector had ended by itself with {self.exits[-1]}:\n{process.last_lines(5)}")
        process.kill()
        return not fell

    def stop_collector(self, client_id="collect-1"):
        code = self.collectors.pop(client_id).stop()
        self.exits.append(code)
        return code

    def complete(self, *words):
        """The verdict of today, as the city counts days."""
        return self.ask("complete", *words, "--day", time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600)))

    def ask(self, *words, within=60):
        """Runs a command of gateway-city; its exit code and what it printed."""
        configuration = self.configuration(next(iter(self.collectors), "collect-1"))
        done = subprocess.run([CITY, *words, "--config", configuration], capture_output=True, text=True, timeout=within)
        return done.returncode, done.stdout, done.stderr

    # MARK: The verdict

    def query(self, sql):
        return self.store.query(sql, DATABASE)

    def rows(self):
        tables = ("reading", "event", "unsynchronised")
        return int(self.query(f"select {' + '.join(f'(select count(*) from {table})' for table in tables)}")[0][0])

    def rows_again(self, more=1, within=60):
        """Seconds until so many more rows are there; infinite when they do not come, or no collector is left."""
        before, begin = self.rows(), time.monotonic()
        while time.monotonic() - begin < within and any(process.is_up for process in self.collectors.values()):
            if self.rows() >= before + more:
                return time.monotonic() - begin
            time.sleep(0.1)
        return float("inf")

    def settle(self, within=90):
        """Lets everything come that the fleet has made, and proves it. The gateways are off the line then."""
        drained = self.fleet.drain(within)
        if not drained:
            say(f"   after {within} s {self.fleet.totals()[1]} entries are still owed")
        self.fleet.quiet()
        promised = len({(box.name, *key) for box in self.fleet.boxes for key in box.acknowledged})
        begin = time.monotonic()
        while time.monotonic() - begin < within and self.rows() < promised:
            time.sleep(0.5)
        time.sleep(1)
        return prove(self.fleet.boxes, self.query), drained

    def finish(self, row, within=90):
        """Settles, and puts the common promises into the row of the table."""
        proof, drained = self.settle(within)
        row.readings += proof.rows
        row.lost += len(proof.lost)
        row.duplicated += len(proof.twice)
        row.wrong += len(proof.wrong) + len(proof.ledger)
        row.demand(drained, "gateways still owe entries: the broker does not take them")
        for name, found in (
            ("lost", proof.lost),
            ("twice", proof.twice),
            ("wrong", proof.wrong),
            ("ledger", proof.ledger),
        ):
            for line in found[:3]:
                say(f"   {name}: {line}")
        return proof

    def close(self):
        if self.fleet:
            self.fleet.close()
        for process in self.collectors.values():
            process.kill()
        self.broker.stop()
        self.store.stop()
        if os.environ.get("TORTURE_KEEP"):
            say(f"   kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)


allow_many_files()
