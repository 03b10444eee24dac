"""Everything that a work runs beside each other: the field, the broker, the subscriber, and whoever is measured."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROGRAMS = os.path.join(ROOT, ".build/bench")
GATEWAY = os.environ.get("GATEWAY_BINARY", os.path.join(ROOT, ".build/release/gateway"))


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Program:
    """A process of ours. `core` pins it, where placement matters."""

    def __init__(self, *command, core=None, log=None, environment=None):
        pinned = ["taskset", "-c", str(core)] if core is not None and os.cpu_count() > 1 else []
        self.began = time.time()
        self.process = subprocess.Popen(
            [*pinned, *map(str, command)], stdout=subprocess.PIPE, stderr=log or subprocess.DEVNULL, text=True,
            env={**os.environ, **(environment or {})},
        )
        self.pid = self.process.pid

    def line(self):
        return self.process.stdout.readline().strip()

    def signal(self, which):
        self.process.send_signal(which)

    def end(self, within=20):
        """Ends it in order. The rest of what it says, and what it used."""
        if self.process.returncode is None:
            self.process.terminate()
        try:
            said, _ = self.process.communicate(timeout=within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            said, _ = self.process.communicate()
        return said.strip()


class World:
    def __init__(self, peers_core=None):
        self.folder = tempfile.mkdtemp(prefix="bench-", dir=os.path.join(ROOT, ".build"))
        self.peers_core = peers_core
        self.broker_port = None
        self.broker = None
        self.programs = []
        self.profiles = os.path.join(self.folder, "profiles")
        os.makedirs(self.profiles)

    @property
    def port(self):
        """The broker's. Chosen when it is first asked for, after the field has taken its own ports."""
        self.broker_port = self.broker_port or free_port()
        return self.broker_port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for program in reversed(self.programs):
            if program.process.returncode is None:
                program.process.kill()
                program.process.communicate()
        if os.environ.get("BENCH_KEEP"):
            print(f"kept {self.folder}")
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.folder, *names)

    def start(self, *command, **options):
        program = Program(*command, **options)
        self.programs.append(program)
        return program

    # MARK: Peers

    def field(self, ports):
        """Modbus TCP devices; gives their ports."""
        return self.start(os.path.join(PROGRAMS, "field"), ports, core=self.peers_core).line().split()

    def start_broker(self, *lines):
        """A mosquitto without Nagle's delay, which would be what is measured."""
        configuration = self.path("mosquitto.conf")
        with open(configuration, "w") as file:
            file.write(
                "\n".join(
                    ["allow_anonymous true", "set_tcp_nodelay true", "max_queued_messages 0", f"log_dest file {self.path('broker.log')}",
                     f"listener {self.port} 127.0.0.1", *lines]
                ) + "\n"
            )
        if os.getuid() == 0:
            os.chmod(self.folder, 0o755)
            with open(configuration, "a") as file:
                file.write("user root\n")
        self.broker = self.start("/usr/sbin/mosquitto", "-c", configuration, core=self.peers_core)
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("mosquitto does not listen")

    def stop_broker(self):
        self.broker.end()

    def subscribe(self, topic_filter, keep=None):
        return Subscriber(self, topic_filter, keep)

    # MARK: Who is measured

    def bare(self, ports, interval_ms, points, broker=True, core=None, window=20):
        return self.start(
            os.path.join(PROGRAMS, "bare"), self.port if broker else 0, interval_ms, points, window, *ports, core=core
        )

    def profile(self, points):
        name = f"bench-{points}"
        lines = [
            f"profile: {name}", "name: Values of the benchmark", "measures: water", "source: Tests/Bench/c/field.c",
            "modbus:", "  numbering: from_0", "  word_order: ABCD", "  line: { baud: 9600, parity: none, stop_bits: 1 }",
            "  reply_time: 500ms", "  worst_reply: 2s", "points:",
        ] + [f"  p{point:03}: {{ holding: {2 * point}, type: float32, unit: m3/h }}" for point in range(points)]
        with open(os.path.join(self.profiles, name + ".yaml"), "w") as file:
            file.write("\n".join(lines) + "\n")
        return name

    def gateway(self, name, buses, devices, limit="64MB", core=None, keep_journal=False, destination=(), port=None):
        return Gateway(self, name, buses, devices, limit, core, keep_journal, destination, port or self.port)

    def tcp(self, ports, interval, points, per_bus=1, at_once=1):
        """Buses and devices of a configuration: `per_bus` units on each port, asked so many requests at once."""
        profile = self.profile(points)
        buses = [f"  bus-{i}: {{ tcp: 127.0.0.1:{port}, requests_at_once: {at_once} }}" for i, port in enumerate(ports)]
        devices = [
            f"  dev-{i * per_bus + unit}: {{ profile: {profile}, bus: bus-{i}, unit: {unit + 1}, site: yard, interval: {interval} }}"
            for i in range(len(ports)) for unit in range(per_bus)
        ]
        return buses, devices


class Subscriber:
    def __init__(self, world, topic_filter, keep):
        arguments = [world.port, topic_filter] + ([keep] if keep else [])
        self.program = world.start(os.path.join(PROGRAMS, "subscriber"), *arguments, core=world.peers_core)
        self.program.line()

    def forget(self):
        self.program.signal(signal.SIGUSR1)
        time.sleep(0.25)

    def tell(self):
        self.program.signal(signal.SIGUSR2)
        return json.loads(self.program.line())

    def wait_first(self, within=10):
        begin = time.time()
        while time.time() - begin < within:
            told = self.tell()
            if told["count"]:
                return told
            time.sleep(0.05)
        return None

    def end(self):
        return json.loads(self.program.end().splitlines()[-1])


class Gateway:
    def __init__(self, world, name, buses, devices, limit, core, keep_journal, destination, port):
        self.folder = world.path(name)
        storage = os.path.join(self.folder, "storage")
        if not keep_journal:
            shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(storage, exist_ok=True)
        self.control = os.path.join(self.folder, "control.sock")
        configuration = os.path.join(self.folder, "gateway.yaml")
        lines = [
            f"gateway: bench-{name}", "topic_prefix: bench", "clock: trusted", f"control: {{ socket: {self.control} }}",
            f"storage: {{ path: {storage}, limit: {limit} }}", "sites:", "  yard: { name: Yard }", "buses:", *buses, "devices:",
            *devices, "destinations:", "  city:", f"    mqtt: mqtt://127.0.0.1:{port}", "    same_box: false",
            "    backfill_rate: 100000", *destination,
        ]
        with open(configuration, "w") as file:
            file.write("\n".join(lines) + "\n")
        self.log_path = os.path.join(self.folder, "log")
        with open(self.log_path, "a") as log:
            self.program = world.start(
                GATEWAY, "run", "--config", configuration, "--profiles", world.profiles,
                "--profiles", os.path.join(ROOT, "devices"), core=core, log=log,
            )
        self.pid = self.program.pid

    def status(self):
        """What the control socket says; None while there is none."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(10)
                line.connect(self.control)
                line.sendall(b"status\n")
                return json.loads(line.makefile("rb").readline())
        except (OSError, ValueError):
            return None

    def wait(self, holds, within=60, every=0.02):
        """Until the status fulfils it; gives the status, or None."""
        begin = time.time()
        while time.time() - begin < within:
            if self.program.process.poll() is not None:
                with open(self.log_path) as file:
                    raise RuntimeError("the gateway ended: " + file.read()[-2000:])
            status = self.status()
            if status and holds(status):
                return status
            time.sleep(every)
        return None

    def end(self):
        return self.program.end()


def pending(status):
    return sum(destination["pending"] for destination in status["destinations"])


def counted(status):
    """Readings and missed polls of all devices so far."""
    return sum(d["readings"] for d in status["devices"]), sum(d["missed"] for d in status["devices"])
