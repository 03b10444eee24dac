"""Everything at once, for long: a fault each 8 s and a reload each 12 s, and what the process uses meanwhile.

SOAK_MINUTES sets how long. Leaks of a fault or a reload show as growing memory, descriptors or threads.
"""

import json
import os
import random
import socket
import subprocess
import sys
import time
from datetime import datetime, timezone

import paho.mqtt.client as mqtt

import fault_fuzz
from oracle import Field
from rtu_peer import RTUPeer
from tcp_peer import TCPPeer
from verdict import Row, say
from world import BINARY, PROFILES, ROOT, World

FAULT_EVERY, RELOAD_EVERY = 8, 12
VERIFIED = "verified: { by: Torture, on: 2026-10-03 }"
INDICATORS = """indicators:
  increase:
    name: { id: increase, en: increase }
    theme: environment
    dimension: environment
    method: { name: sum, source: the torture }
    measure: sum
    unit: "1"
    windows: [15min, day]
    scopes: [device, site]
    from: [{ profile: torture-counter, increase: [a_total] }]
"""


def run(quick):
    minutes = float(os.environ.get("SOAK_MINUTES", 2 if quick else 40))
    row = Row("soak")
    soak = Soak(random.Random(12))
    try:
        soak.begin(row)
        soak.go_on(row, minutes * 60)
        soak.end(row)
    finally:
        soak.close()
    return [row]


class Soak:
    def __init__(self, chance):
        self.chance = chance
        self.world = World(devices=4, interval="100ms", proxied=True)
        self.foreign = Field()  # what these deliver is judged by nobody: a mangled value cannot be told from a true one
        self.liar = TCPPeer(self.foreign, self.mangle)
        moods = ["before", "inside", "echo", ("late", 0.7), None]
        self.line = RTUPeer(self.foreign, lambda unit: chance.choice(moods), chance)
        self.hostile = subprocess.Popen(
            [sys.executable, os.path.join(ROOT, "Tests/Peers/hostile_broker.py"), "--packets", "100000000"],
            stdout=subprocess.PIPE, text=True,
        )
        self.hostile_port = int(self.hostile.stdout.readline().split()[1])
        self.mended = lambda: None
        self.reloads = 0
        self.samples = []
        self.faults = {}
        self.kinds = [
            self.cut, self.deafen, self.freeze, self.refuse, self.storm_of_payloads, self.storm_of_requests,
            self.borrow,
            self.take, self.recompute, self.look,
        ]

    def close(self):
        self.world.close()
        self.liar.close()
        self.line.close()
        self.hostile.kill()
        self.hostile.wait()

    # MARK: The course

    def begin(self, row):
        with open(os.path.join(self.world.folder, "indicators.yaml"), "w") as file:
            file.write(INDICATORS)
        self.configure(last=False)
        self.world.start()
        row.demand(self.world.wait_running(60) is not None, "did not start")

    def go_on(self, row, seconds):
        begin = time.time()
        fault, reload, sample = begin + FAULT_EVERY, begin + RELOAD_EVERY, begin
        while (now := time.time()) - begin < seconds and self.world.process.poll() is None:
            if now >= sample:
                sample += max(20, seconds / 16)
                self.note(now - begin)
            if now >= fault:
                fault += FAULT_EVERY
                self.mended()
                self.mended = lambda: None
                kind = self.kinds[row.rounds % len(self.kinds)]
                row.rounds += 1
                self.faults[kind.__name__] = self.faults.get(kind.__name__, 0) + 1
                kind()
            if now >= reload:
                reload += RELOAD_EVERY
                self.configure(last=False)
                self.reload()
            time.sleep(0.1)
        row.demand(self.world.process.poll() is None, f"ended with {self.world.process.poll()}")

    def end(self, row):
        """Makes everything whole again, as at the start; then measures what the process uses, and gives the verdict."""
        self.mended()
        self.configure(last=True)
        moment = time.time()
        if self.world.process.poll() is None:
            self.reload()
            time.sleep(10)
            self.note(None)
            self.judge(row)
        code = self.world.settle(within=120)
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(self.world, moment=moment, units=self.world.units)
        row.notes.insert(0, f"{self.reloads} reloads")

    def judge(self, row):
        """Judges the samples after the first fifth: by then everything has happened once."""
        if len(self.samples) < 6:
            return
        early = self.samples[len(self.samples) // 5]
        last = self.samples[-1]
        for index, (word, most) in enumerate([("KiB", 12_288), ("descriptors", 8), ("threads", 4)]):
            grown = last[index] - early[index]
            row.notes.append(f"{word} {early[index]} to {last[index]}")
            # A sanitizer keeps freed memory, and needs shadow memory for everything.
            if index > 0 or "SANITIZED" not in os.environ:
                row.demand(grown <= most, f"{grown} more {word} than after the first fifth")

    def note(self, after):
        folder = f"/proc/{self.world.process.pid}"
        sample = (self.world.memory("VmRSS"), len(os.listdir(folder + "/fd")), len(os.listdir(folder + "/task")))
        self.samples.append(sample)
        when = "at the end" if after is None else f"{after / 60:5.1f} min"
        held = f"{sample[0]} KiB, {sample[1]} descriptors, {sample[2]} threads"
        say(f"   {when}: {held}, {self.reloads} reloads, {self.faults}")

    # MARK: Reloads

    def configure(self, last):
        """Writes another configuration each time; the oracle's devices stay, because they are judged."""
        chance, world = self.chance, self.world
        some = (lambda: True) if last else (lambda: chance.random() < 0.7)
        world.extra_buses = [
            f"  liar: {{ tcp: 127.0.0.1:{self.liar.port} }}",
            f"  sensors: {{ mqtt: mqtt://127.0.0.1:{world.broker.port} }}",
            f"  serial: {{ serial: {self.line.path}, baud: 115200 }}",
        ]
        world.extra_devices = [
            "  serial-1: { profile: torture-counter, bus: serial, unit: 19, site: yard, "
            f"interval: 200ms, {VERIFIED} }}"
        ]
        if some():
            world.extra_devices += [
                "  liar-1: { profile: torture-counter, bus: liar, unit: 9, site: yard, "
                f"interval: {chance.choice([50, 200])}ms, {VERIFIED} }}"
            ]
        world.extra_devices += [
            f"  {name}: {{ {words}, bus: sensors, site: yard, interval: 1s }}"
            for name, words in fault_fuzz.DEVICES.items() if some()
        ]
        world.backfill_rate = 5_000 if last else chance.choice([2_000, 5_000])
        world.destination = []
        if not last and some():
            world.destination = ["  hostile:", f"    mqtt: mqtt://127.0.0.1:{self.hostile_port}"]
        world.write_configuration()

    def reload(self):
        self.reloads += 1
        self.world.process.send_signal(1)

    # MARK: Faults

    def mangle(self, frame):
        kind = self.chance.randrange(4)
        if kind == 0:
            return bytes(self.chance.randrange(256) for _ in range(self.chance.randint(0, 400)))
        return fault_fuzz.mutate(frame, self.chance) if kind < 3 else frame

    def cut(self):
        self.world.proxy.cut()
        self.mended = self.world.proxy.mend

    def deafen(self):
        self.world.proxy.go_deaf()
        self.mended = self.hear

    def hear(self):
        self.world.proxy.cut()
        self.world.proxy.mend()

    def freeze(self):
        self.world.broker.freeze()
        self.mended = self.world.broker.thaw

    def refuse(self):
        self.world.proxy.refuse_with = 0x88
        self.world.proxy.cut()
        self.world.proxy.mend()
        self.mended = self.accept

    def accept(self):
        self.world.proxy.refuse_with = None

    def storm_of_payloads(self):
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="torture-storm", protocol=mqtt.MQTTv5)
        client.connect("127.0.0.1", self.world.broker.port)
        client.loop_start()
        seeds = fault_fuzz.SEEDS + fault_fuzz.profile_payloads()
        for _ in range(400):
            data = fault_fuzz.mutate(self.chance.choice(seeds), self.chance)
            client.publish(self.chance.choice(fault_fuzz.TOPICS), data, qos=1).wait_for_publish(5)
        client.disconnect()
        client.loop_stop()

    def ask(self, *lines, reading=False, wait=2):
        """Sends lines of text to a control socket; returns the answer, or nothing."""
        path = self.world.control.replace(".sock", "-status.sock") if reading else self.world.control
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(wait)
                client.connect(path)
                client.sendall(b"".join(line + b"\n" for line in lines))
                return client.recv(65_536)
        except OSError:
            return b""

    def storm_of_requests(self):
        seeds = [b"status", b"indicators", b"take serial", b'borrow {"bus":"serial"}']
        seeds.append(b'recompute {"from":"2026-11-21"}')
        for number in range(200):
            line = fault_fuzz.mutate(self.chance.choice(seeds), self.chance).replace(b"\n", b" ")
            self.ask(*[line] * self.chance.randint(1, 5), reading=number % 2 == 1, wait=0.05)

    def borrow(self):
        for bus, endpoint, unit in [
            ("serial", self.line.path, 19), ("liar", f"127.0.0.1:{self.liar.port}", 9), ("oracle", "nowhere", 1),
        ]:
            read = {
                "bus": bus, "endpoint": endpoint, "unit": unit, "table": "holding", "start": 0, "count": 12,
                "replyTime": 500_000_000, "worstReply": 1_000_000_000, "listen": 0, "patience": 100_000_000,
            }
            self.ask(b"borrow " + json.dumps(read).encode())

    def take(self):
        """Takes a line, and leaves without a release."""
        self.ask(b"take serial")

    def recompute(self):
        day = datetime.now(timezone.utc).strftime("%Y-%m-%d")
        request = {"from": day, "to": day, "reason": "soak", "by": "soak"}
        self.ask(b"recompute " + json.dumps(request).encode())

    def look(self):
        """Runs other programs beside the gateway; one of them reads its journal."""
        options = ["--config", self.world.config, "--profiles", PROFILES, "--profiles", os.path.join(ROOT, "devices")]
        for words in (["indicators"], ["check"], ["status"]):
            subprocess.run(
                [BINARY, *words, *options],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60, check=False
            )
