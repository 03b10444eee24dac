"""What the works of the city's benchmark stand on: a broker, a database, the fleet, and who is compared."""

import json
import os
import shutil
import signal
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))
sys.path += [os.path.join(ROOT, "Tests", "City", "engines"), os.path.join(ROOT, "Tests", "Bench")]

from engine import Process  # noqa: E402
from measure import cpu, resident  # noqa: E402
from mosquitto import Mosquitto  # noqa: E402
from postgres import Postgres  # noqa: E402

PROGRAMS = os.path.join(ROOT, ".build", "bench-city")
PYTHON = os.path.join(ROOT, ".build", "python", "bin", "python")
CITY = os.environ.get("CITY_BINARY", os.path.join(ROOT, ".build", "release", "gateway-city"))
PREFIX = "kediri"
RELATIONS = ("reading", "event", "ledger", "epoch", "gateway", "device", "form", "name")


class City:
    """One folder, one broker, one database server."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="bench-city-")
        self.broker = Mosquitto(self.folder)
        self.store = Postgres(self.folder)
        self.running = []

    def __enter__(self):
        self.broker.start()
        self.store.start()
        return self

    def __exit__(self, *_):
        for process in reversed(self.running):
            process.kill()
        self.broker.kill()
        self.store.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def start(self, name, *command, ready=None, within=60):
        """Starts it, and waits until its log says the word."""
        process = Process(command, self.path(f"{name}.{len(self.running)}.log"))
        process.start()
        self.running.append(process)
        if ready:
            process.wait(lambda: says(process.log, ready), within, name)
        return process

    def fleet(self, gateways, readings, interval_ms, within=120):
        return self.start(
            "fleet",
            os.path.join(PROGRAMS, "fleet"),
            self.broker.port,
            PREFIX,
            gateways,
            readings,
            interval_ms,
            ready="connected",
            within=within,
        )


def says(log, word):
    with open(log, errors="replace") as file:
        return any(line.strip() == word for line in file)


def told(process):
    """The last line of JSON in a log."""
    with open(process.log) as file:
        lines = [line for line in file if line.startswith("{")]
    return json.loads(lines[-1]) if lines else None


def ask(process, within=10):
    """Makes a fleet print where it stands."""
    with open(process.log) as file:
        before = sum(line.startswith("{") for line in file)
    process.send(signal.SIGUSR1)
    begin = time.monotonic()
    while time.monotonic() - begin < within:
        with open(process.log) as file:
            if sum(line.startswith("{") for line in file) > before:
                return told(process)
        time.sleep(0.02)
    raise RuntimeError("the fleet does not answer")


class Collector:
    """One of those that are compared, with a database and a session of its own."""

    def __init__(self, city, kind):
        self.city, self.kind = city, kind
        self.database = f"bench_{kind}"
        self.client_id = f"bench-{kind}"
        self.process = None
        city.store.create_database(self.database)

    def command(self):
        port, url = self.city.broker.port, self.city.store.url(self.database)
        if self.kind == "naive":
            script = os.path.join(os.path.dirname(__file__), "naive.py")
            return [PYTHON, script, port, PREFIX, self.client_id, url]
        if self.kind == "reference":
            return [os.path.join(PROGRAMS, "reference"), port, PREFIX, self.client_id, url]
        configuration = self.city.path(f"{self.client_id}.yaml")
        with open(configuration, "w") as file:
            file.write(configured(port, url, self.client_id))
        return [CITY, "collect", "--config", configuration]

    def start(self):
        self.process = self.city.start(self.client_id, *self.command(), ready="ready")

    def spawn(self):
        self.process = self.city.start(self.client_id, *self.command())
        return time.time()

    def stop(self):
        code = self.process.stop()
        if code != 0:
            raise RuntimeError(f"{self.kind} ended with {code}:\n{self.process.last_lines()}")

    def cpu(self):
        return cpu(self.process.pid)

    def resident(self):
        return resident(self.process.pid)

    def query(self, sql):
        return self.city.store.query(sql, self.database)

    def rows(self):
        # The script keeps events in the same table.
        return int(self.query("select count(*) from reading where device is not null")[0][0])

    def forget(self):
        """Empties the tables, so that the next round begins as this one did. The names stay known."""
        tables = {
            row[0]
            for row in self.query(
                "select relname from pg_class where relkind in ('r','p') and not relispartition "
                "and relnamespace = 'public'::regnamespace"
            )
        }
        self.query(f"truncate {', '.join(tables & set(RELATIONS + ('state', 'touched')))} restart identity cascade")

    def bytes_of_readings(self):
        """Heap and indexes of the table of readings with all its partitions."""
        return int(
            self.query("select sum(pg_total_relation_size(relid)) from pg_partition_tree('reading')")[0][0]
            if self.kind == "city"
            else self.query("select pg_total_relation_size('reading')")[0][0]
        )

    def last_commit(self):
        return float(self.query("select extract(epoch from max(pg_xact_commit_timestamp(xmin))) from reading")[0][0])

    def ages(self, since):
        """Seconds from a reading's time to its commit, of those made since then: 50th and 99th percentile, most."""
        row = self.query(
            "select percentile_disc(array[0.5, 0.99, 1]) within group (order by extract(epoch from "
            f"pg_xact_commit_timestamp(xmin) - time)) from reading where time >= to_timestamp({since})"
        )[0][0]
        return [float(word) for word in row.strip("{}").split(",")]


def configured(port, url, client_id, more=""):
    return f"""city: kediri
timezone: Asia/Jakarta
topic_prefix: {PREFIX}
broker: {{ mqtt: ["mqtt://127.0.0.1:{port}"], version: "5", client_id: {client_id}, share: none }}
database: {{ url: "{url}" }}
destination: city
retention: 35d
{more}"""
