"""One gateway under torture: its peers, its configuration, its life, and the verdict over what it delivered."""

import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from broker import Broker
from oracle import Field, judge, stale
from proxy import Proxy
from record import Record, instant
from tcp_peer import TCPPeer

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
PROFILES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "profiles")
BINARY = os.environ.get("GATEWAY_BINARY", os.path.join(ROOT, ".build/debug/gateway"))
SAFE_WITHIN = 2.0


class World:
    def __init__(
        self, devices=4, interval="50ms", storage=None, limit="64MB", proxied=False, broker_lines=(), field=None,
    ):
        self.folder = tempfile.mkdtemp(prefix="torture-")
        self.storage = storage or os.path.join(self.folder, "storage")
        os.makedirs(self.storage, exist_ok=True)
        self.limit = limit
        self.interval = interval
        self.units = {f"dev-{unit}": unit for unit in range(1, devices + 1)}
        self.field = field or Field()
        self.peer = TCPPeer(self.field)
        self.broker = Broker(self.folder, broker_lines)
        self.proxy = Proxy(self.broker.port) if proxied else None
        self.record = Record(self.broker.port)
        self.process = None
        self.prefix = []
        self.environment = {}
        self.same_box = False
        self.backfill_rate = 5_000
        self.clock = "trusted"
        self.extra_buses, self.extra_devices, self.destination = [], [], []
        self.address = f"mqtt://127.0.0.1:{self.proxy.port if self.proxy else self.broker.port}"
        self.excused = []  # (from, to): what arrived then was not yet safe when the process died
        self.exits = []
        self.log_path = os.path.join(self.folder, "gateway.log")

    # MARK: The gateway

    @property
    def config(self):
        return os.path.join(self.folder, "gateway.yaml")

    @property
    def control(self):
        return os.path.join(self.folder, "control.sock")

    def write_configuration(self):
        lines = [
            "gateway: torture-01", "topic_prefix: torture", f"clock: {self.clock}",
            f"control: {{ socket: {self.control} }}", f"storage: {{ path: {self.storage}, limit: {self.limit} }}",
            "sites:", "  yard: { name: Yard }", "buses:",
        ]
        if self.units:
            lines.append(f"  oracle: {{ tcp: 127.0.0.1:{self.peer.port} }}")
        lines += self.extra_buses + ["devices:"]
        lines += [
            f"  {name}: {{ profile: torture-counter, bus: oracle, unit: {unit}, site: yard, "
            f"interval: {self.interval} }}"
            for name, unit in self.units.items()
        ]
        lines += self.extra_devices + [
            "destinations:", "  city:", f"    mqtt: {self.address}", f"    backfill_rate: {self.backfill_rate}",
            f"    same_box: {str(self.same_box).lower()}",
        ] + self.destination
        with open(self.config, "w") as file:
            file.write("\n".join(lines) + "\n")

    def command(self, word="run"):
        return [*self.prefix, BINARY, word, "--config", self.config, "--profiles", PROFILES,
                "--profiles", os.path.join(ROOT, "devices")]

    def start(self):
        self.write_configuration()
        self.log = open(self.log_path, "ab")
        self.process = subprocess.Popen(
            self.command(), stdout=self.log, stderr=self.log, env={**os.environ, **self.environment}
        )

    def end(self, how=signal.SIGTERM, within=20):
        """Ends the gateway; returns its exit code, or None when it had to be killed."""
        if not self.process:
            return 0
        try:
            self.process.send_signal(how)
            code = self.process.wait(within)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            code = None
        self.process = None
        self.log.close()
        self.exits.append(code)
        return code

    def kill(self):
        moment = time.time()
        self.end(signal.SIGKILL)
        self.excused.append((moment - SAFE_WITHIN, time.time()))

    def status(self):
        """The status on the control socket; None while there is no socket."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(self.control)
                line.sendall(b"status\n")
                return json.loads(line.makefile("rb").readline())
        except (OSError, ValueError):
            return None

    def wait_running(self, within=20):
        begin = time.time()
        while time.time() - begin < within:
            if self.process.poll() is not None:
                return None
            if status := self.status():
                return time.time() - begin, status
            time.sleep(0.02)
        return None

    def memory(self, word):
        """In KiB: RssAnon is the process' own memory, VmRSS all resident memory, VmHWM its maximum so far."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith(word + ":"))

    # MARK: The verdict

    def settle(self, within=60):
        """Makes everything whole again, waits until all that was served has come, then ends the last run cleanly."""
        self.broker.start()
        if self.proxy:
            self.proxy.mend()
        if not self.process:
            self.start()
        moment = time.time()
        begin = time.time()
        last, quiet = -1, 0
        while time.time() - begin < within:
            time.sleep(0.5)
            if not self.lost(moment):
                break
            if self.process.poll() is not None:
                break
        code = self.end()
        self.start()  # its start event tells where the last epoch ended
        self.wait_running()
        while time.time() - begin < within + 20:
            time.sleep(0.5)
            status = self.status() or {}
            pending = sum(d["pending"] for d in status.get("destinations", []))
            count = self.record.count()
            quiet = quiet + 1 if pending < 20 and count > last and not self.record.identity_breaks() else 0
            last = count
            if quiet >= 2:
                break
        self.end()
        time.sleep(0.3)
        return code

    def lost(self, before):
        have = set()
        for entry in self.record.readings():
            unit = self.units.get(entry["device"])
            sample = entry["points"].get("b_sample", {}).get("value")
            if unit and sample is not None:
                have.add((unit, sample))
        wanted = self.field.samples_before(before)
        return {
            key: at for key, at in wanted.items()
            if key not in have and not any(begin <= at <= end for begin, end in self.excused)
        }

    def wrong(self, check_time=True, units=None, field=None):
        """Everything delivered that is not right."""
        units, field = units or self.units, field or self.field
        found = []
        totals = {}
        for entry in self.record.readings():
            unit = units.get(entry["device"])
            if unit is None:
                continue
            values = entry["points"]
            flaw = judge(unit, entry)
            sample = values.get("a_sample", {}).get("value")
            if not flaw and sample is not None:
                totals.setdefault((unit, entry["time"]), set()).add(sample)
                if check_time and entry["clock"] == "synchronised":
                    flaw = stale(field, unit, sample, instant(entry["time"]))
            if flaw:
                found.append((entry["id"], flaw))
        for entry in self.record.readings():
            unit = units.get(entry["device"])
            for letter in "ab" if unit else "":
                point = entry["points"].get(f"{letter}_total", {})
                since = totals.get((unit, point.get("since")))
                if since is None or point.get("value") is None:
                    continue
                if point["increase"] not in {point["value"] - 3 * sample for sample in since}:
                    found.append((entry["id"], f"increase {point['increase']} since {point['since']}"))
        return found

    def close(self):
        if self.process:
            self.end(signal.SIGKILL)
        self.record.close()
        self.broker.stop()
        if self.proxy:
            self.proxy.close()
        self.peer.close()
        if os.environ.get("TORTURE_KEEP"):
            print(f"   kept {self.folder}", flush=True)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)
