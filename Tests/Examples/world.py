"""What each check of an example has: a folder, a broker, a gateway with a simulated meter, and facts.

A check is run as: check_<name>.py --bin DIR --profiles DIR. DIR has the program `gateway`. It prints a line for each
fact, and ends with exit code 1 at the first one that is false. Everything listens on loopback, on free ports.
"""
import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
EXAMPLES = os.path.join(ROOT, "examples")
WITHIN = 60  # seconds that an event may take on a busy machine


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class False_(Exception):
    """A fact that is false."""


def fact(words, truth, *more):
    if not truth:
        raise False_("\n".join([words, *map(str, more)]))
    print(f"ok: {words}", flush=True)


def wait(words, condition, within=WITHIN, look=lambda: ""):
    """Waits until the condition gives something, says it as a fact, and returns it. `look` says what is the case."""
    end = time.monotonic() + within
    while not (found := condition()):
        if time.monotonic() > end:
            raise False_(f"{words}: not within {within} s: {look()}")
        time.sleep(0.05)
    print(f"ok: {words}", flush=True)
    return found


class World:
    """A folder with a broker and a gateway. Leaving it ends everything that was started in it."""

    def __init__(self, name, *, interval="250ms", gateway="kdr-soyo-01", more=""):
        parser = argparse.ArgumentParser()
        parser.add_argument("--bin", required=True, help="the folder of the program gateway")
        parser.add_argument("--profiles", required=True)
        options = parser.parse_args()
        self.program = os.path.join(os.path.abspath(options.bin), "gateway")
        self.profiles = os.path.abspath(options.profiles)
        # A socket's path has 107 bytes at most.
        self.folder = tempfile.mkdtemp(prefix=f"{name}-", dir="/tmp")
        os.chmod(self.folder, 0o755)
        self.children = []
        self.gateway = gateway
        self.port, self.meter = free_port(), free_port()
        self.interval, self.more = interval, more
        shutil.copy(os.path.join(ROOT, "config", "indicators.yaml"), self.folder)
        self.configure()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        for child in reversed(self.children):
            self.end(child)
        for name in sorted(os.listdir(self.folder)) if kind else []:
            if name.endswith(".log") and name != "witness.log":
                lines = [line[:200] for line in self.log(name[:-4]).splitlines()[-12:]]
                print(f"== {name}", *lines, sep="\n", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)
        if kind is False_:
            print(f"FALSE: {error}", file=sys.stderr)
            sys.exit(1)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    # Programs

    def start(self, name, *command, environment=None, **more):
        """Starts a program; what it prints goes to NAME.log, after what an earlier one of that name printed."""
        with open(self.path(name + ".log"), "ab") as log:
            child = subprocess.Popen(
                [str(word) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "PYTHONUNBUFFERED": "1", **(environment or {})}, **more,
            )
        self.children.append(child)
        return child

    def end(self, child, how=signal.SIGTERM):
        if child.poll() is None:
            child.send_signal(how)
            try:
                child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
        return child.returncode

    def run(self, *command, timeout=WITHIN):
        return subprocess.run([str(word) for word in command], capture_output=True, text=True, timeout=timeout)

    def log(self, name):
        with open(self.path(name + ".log"), errors="replace") as file:
            return file.read()

    def said(self, name, words, times=1):
        return lambda: self.log(name).count(words) >= times

    def example(self, *names):
        return os.path.join(EXAMPLES, *names)

    # The broker

    def start_broker(self):
        with open(self.path("mosquitto.conf"), "w") as file:
            file.write(
                f"listener {self.port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n"
                f"persistence true\npersistence_location {self.folder}/\nlog_type all\n"
            )
            if os.geteuid() == 0:
                file.write("user root\n")
        before = self.log("mosquitto").count(" running") if os.path.exists(self.path("mosquitto.log")) else 0
        broker = self.start("mosquitto", shutil.which("mosquitto") or "/usr/sbin/mosquitto", "-c", file.name)
        wait("the broker runs", self.said("mosquitto", " running", before + 1))
        return broker

    def forget(self, broker, gateway, subscribe):
        """Kills the broker with what it has acknowledged and not passed on. The gateway stands still until `subscribe`
        has returned, so that nothing else is lost. Returns the new broker, and what `subscribe` returned."""
        self.end(broker, signal.SIGKILL)
        self.wait_backlog()
        gateway.send_signal(signal.SIGSTOP)
        try:
            return self.start_broker(), subscribe()
        finally:
            gateway.send_signal(signal.SIGCONT)

    def publish(self, topic, payload, *more):
        text = payload if isinstance(payload, str) else json.dumps(payload, separators=(",", ":"))
        done = self.run("mosquitto_pub", "-p", self.port, "-V", "5", "-q", "1", "-t", topic, "-m", text, *more)
        fact(f"the broker takes a message on {topic}", done.returncode == 0, done.stderr)

    def witness(self, *topics):
        """Starts a subscriber whose lines `heard` returns: what was published, whoever else took it."""
        words = [word for topic in topics for word in ("-t", topic)]
        self.start("witness", "mosquitto_sub", "-p", self.port, "-V", "5", "-q", "1", "-i", "witness",
                   "-F", "%r %t %p", *words)
        wait("a witness listens", self.said("mosquitto", "Sending SUBACK to witness"))

    def heard(self):
        """Topic and payload of each message so far."""
        lines = (line.split(" ", 2) for line in self.log("witness").splitlines() if line.count(" ") >= 2)
        return [(topic, json.loads(payload)) for _, topic, payload in lines if payload.startswith("{")]

    # The gateway

    def configure(self):
        with open(self.path("gateway.yaml"), "w") as file:
            file.write(
                f"gateway: {self.gateway}\nclock: trusted\n"
                "sites: { sumber-soyo: { name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren } }\n"
                f"buses: {{ meter: {{ tcp: 127.0.0.1:{self.meter} }} }}\n"
                "devices:\n  flow-soyo:\n"
                f"    {{ profile: tuf-2000m, bus: meter, unit: 1, site: sumber-soyo, interval: {self.interval},\n"
                "      verified: { by: Diskominfo, on: 2026-10-03 } }\n"
                f"destinations: {{ city: {{ mqtt: mqtt://127.0.0.1:{self.port}, resend: true }} }}\n"
                f"storage: {{ path: {self.path('journal')}, limit: 64MB }}\n"
                f"control: {{ socket: {self.path('c.sock')} }}\n{self.more}"
            )

    def command(self, word, *more):
        return [self.program, word, "--config", self.path("gateway.yaml"), "--profiles", self.profiles, *more]

    def start_meter(self):
        os.makedirs(self.path("cables"), exist_ok=True)
        meter = self.start("simulate", *self.command("simulate", "--cables", self.path("cables")))
        wait("the simulated meter answers", self.said("simulate", "ready"))
        return meter

    def metric(self, words):
        """A number of `gateway metrics`; None where the gateway does not answer."""
        done = self.run(self.program, "metrics", "--config", self.path("gateway.yaml"))
        found = [line for line in done.stdout.splitlines() if line.startswith(words + " ")]
        return float(found[0].split()[-1]) if found else None

    def wait_backlog(self, least=20):
        """Waits until so many entries wait for the broker. By then the gateway knows that it is away."""
        name = 'gateway_destination_pending_entries{destination="city"}'
        wait(f"{least} entries wait at the gateway", lambda: (self.metric(name) or 0) >= least)

    def start_gateway(self):
        before = self.log("gateway").count("gateway runs") if os.path.exists(self.path("gateway.log")) else 0
        gateway = self.start("gateway", *self.command("run"))
        wait("the gateway runs", self.said("gateway", "gateway runs", before + 1))
        return gateway


def valid(schema, payload):
    """Whether a payload fits its schema in docs/schemas: what an example relies on is in the contract."""
    import jsonschema
    with open(os.path.join(ROOT, "docs", "schemas", schema + ".schema.json")) as file:
        wrong = list(jsonschema.Draft202012Validator(json.load(file)).iter_errors(payload))
    if wrong:
        raise False_(f"a payload fits {schema}.schema.json: {wrong[0].message}: {json.dumps(payload)}")
    return True


def schema_of(topic, payload):
    """The schema of a message, by its topic; None for one that no example uses."""
    kind = topic.split("/")[1]
    if kind == "gateways":
        return "status" if topic.endswith("/status") else "gateway-event"
    if kind == "city":
        return "city-indicator"
    return {"readings": "reading", "backfill": "backfill", "events": "device-event", "indicators": "indicator",
            "meta": "meta"}.get(kind)
