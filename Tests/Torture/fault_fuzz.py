"""Bytes from outside, at random: Modbus replies, MQTT payloads, YAML. Nothing may crash; exit codes are 0, 1 and 2."""

import glob
import os
import random
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

import paho.mqtt.client as mqtt

from oracle import Field
from rtu_peer import RTUPeer
from tcp_peer import TCPPeer
from verdict import Row, say
from world import BINARY, PROFILES, ROOT, World


def run(quick):
    return [wire(quick), yaml(quick)]


# MARK: Modbus and MQTT

DEVICES = {
    "scale": "profile: tasmota-hx711, node: n1", "camera": "profile: frigate",
    "street": "profile: telraam, node: n3", "number": "profile: esphome-number, node: n4",
}
TOPICS = [
    "tele/n1/SENSOR", "tele/n1/LWT", "frigate/events", "frigate/stats", "frigate/available", "telraam/n3", "n4/state",
]
SEEDS = [
    b'{"Time":"2026-11-21T09:12:44","HX711":{"Weight":12,"WeightRaw":12034,"AbsRaw":110004}}',
    b'{"type":"end","before":{},"after":{"id":"1607123955.475377-mxklsc","camera":"s","label":"car",'
    b'"start_time":1607123955.4}}',
    b"Online", b"23.4", b"null", b"1e999999999", b"-0", b"[" * 5000, b'{"a":' * 3000, b"\xff\xfe\x00", b"",
    b'"\\ud800"', b'{"Time":"9999-99-99T99:99:99"}', b'{"HX711":{"WeightRaw":' + b"9" * 400 + b"}}",
    b'{"HX711":{"WeightRaw":1e-400}}',
]


def mutate(data, chance):
    data = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        kind, place = chance.randrange(5), chance.randrange(len(data) + 1)
        if kind == 0:
            data[place:place] = bytes(chance.randrange(256) for _ in range(chance.randint(1, 8)))
        elif kind == 1:
            del data[place : place + chance.randint(1, 12)]
        elif kind == 2 and place < len(data):
            data[place] = chance.randrange(256)
        elif kind == 3:
            data[place:place] = data[place : place + chance.randint(1, 40)]
        else:
            data[place:place] = chance.choice(
                [b"0", b"-", b"99999999999999999999", b"\x00", b"{", b"]", b'"', b": ", b"\n  "]
            )
    return bytes(data)


def wire(quick):
    row = Row("fuzz: Modbus, MQTT")
    chance = random.Random(8)

    def mangle(frame):
        kind = chance.randrange(4)
        if kind == 0:
            return bytes(chance.randrange(256) for _ in range(chance.randint(0, 400)))
        return mutate(frame, chance) if kind < 3 else frame

    world = World(devices=2, interval="100ms")
    foreign = Field()  # what these deliver is judged by nobody: a mangled value cannot be told from a true one
    liar = TCPPeer(foreign, mangle)
    kinds = ["before", "after", "inside", "echo", "inside", None]
    line = RTUPeer(foreign, lambda unit: chance.choice(kinds), chance)
    try:
        world.extra_buses += [
            f"  liar: {{ tcp: 127.0.0.1:{liar.port} }}", f"  sensors: {{ mqtt: mqtt://127.0.0.1:{world.broker.port} }}",
            f"  serial: {{ serial: {line.path}, baud: 115200 }}",
        ]
        world.extra_devices += [
            "  liar-1: { profile: torture-counter, bus: liar, unit: 9, site: yard, interval: 20ms }"
        ]
        world.extra_devices += [
            "  serial-1: { profile: torture-counter, bus: serial, unit: 19, site: yard, interval: 50ms }"
        ]
        world.extra_devices += [
            f"  {name}: {{ {words}, bus: sensors, site: yard, interval: 1s }}" for name, words in DEVICES.items()
        ]
        world.start()
        row.demand(world.wait_running() is not None, "did not start")
        row.rounds = throw(world, 3_000 if quick else 100_000, 20 if quick else 180, chance)
        row.demand(world.process.poll() is None, f"crashed with {world.process.poll()}")
        moment = time.time()
        code = world.settle()
        row.demand(code == 0, f"ended with {code} when asked")
        row.take(world, moment=moment, units=world.units)
        row.notes.append(f"{foreign.requests} Modbus replies")
        say(f"   {row.fault}: {row.verdict}")
    finally:
        world.close()
        liar.close()
        line.close()
    return row


def throw(world, count, seconds, chance):
    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="torture-fuzz", protocol=mqtt.MQTTv5)
    client.connect("127.0.0.1", world.broker.port)
    client.loop_start()
    begin = time.time()
    vectors = profile_payloads()
    sent = 0
    while time.time() - begin < seconds and world.process.poll() is None:
        for _ in range(50):
            if sent < count:
                seed = chance.choice(SEEDS + vectors)
                data = mutate(seed, chance) if chance.random() < 0.8 else seed
                client.publish(chance.choice(TOPICS), data, qos=chance.randrange(2), retain=chance.random() < 0.1)
                sent += 1
        time.sleep(0.1)
    client.disconnect()
    client.loop_stop()
    return sent


def profile_payloads():
    """The payloads of the shipped profiles' own vectors."""
    found = []
    for path in glob.glob(os.path.join(ROOT, "devices", "*.yaml")):
        with open(path) as file:
            found += [line.split("payload:", 1)[1].strip().strip("'\"").encode() for line in file if "payload:" in line]
    return [text for text in found if len(text) > 1]


# MARK: YAML

CONFIGURATION = """gateway: kdr-soyo-01
timezone: Asia/Jakarta
topic_prefix: kediri
clock: trusted
sites:
  sumber-soyo: { name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren, latitude: -7.85, longitude: 112.06 }
buses:
  rs485-1: { serial: /dev/ttyUSB0, baud: 9600, parity: none, stop_bits: 1 }
  simpang-4: { tcp: 192.168.127.254:502 }
  sensors: { mqtt: mqtt://127.0.0.1:1883 }
devices:
  flow-soyo: { profile: tuf-2000m, bus: rs485-1, unit: 1, site: sumber-soyo, interval: 5s, \
serial: "20117431", owner: DLHKP, verified: { by: D, on: 2026-10-03 } }
  scale-07: { profile: tasmota-hx711, bus: sensors, node: bsu-07, site: sumber-soyo, interval: 10s, \
labels: { category: plastik } }
  counter: { profile: iologik-e1210, bus: simpang-4, unit: 1, site: sumber-soyo, interval: 1min }
destinations:
  city:
    mqtt: [mqtts://broker-1.example:8883, mqtts://broker-2.example:8883]
    username: kdr-soyo-01
    password_file: credential:city-password
    ca_file: /etc/gateway/city-ca.pem
storage: { path: /var/lib/gateway, limit: 512MB }
"""
WORDS = [
    "999999999999999999999", "-1", "0", "1e400", ".nan", "~", "[]", "{}", "&a", "*a", "!!binary x", "'", '"', ":", "- ",
    "\t", "<<: *a", "0x7fffffffffffffff", "0s", "1000000000000h", "é", "\u0000", "? ", "|", ">", "%YAML 9.9", "---",
    "...", "9" * 60, "uint64", "CDAB", "holding: 65535", "bits: 0", "scale: 0", "scale: 1e-300", "decimals: 400",
    "interval: 10ms", "unit: 256",
]


def mutate_yaml(text, chance):
    for _ in range(chance.choice([1, 1, 2, 4])):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        kind = chance.randrange(6)
        if kind == 0:
            del lines[at]
        elif kind == 1:
            lines.insert(at, lines[chance.randrange(len(lines))])
        elif kind == 2:
            lines[at] = " " * chance.randrange(6) + lines[at].strip()
        elif kind == 3 and ":" in lines[at]:
            lines[at] = lines[at].split(":")[0] + ": " + chance.choice(WORDS)
        elif kind == 4:
            place = chance.randrange(len(lines[at]) + 1)
            lines[at] = lines[at][:place] + chance.choice(WORDS) + lines[at][place:]
        else:
            words = lines[at].split(" ")
            words[chance.randrange(len(words))] = chance.choice(WORDS)
            lines[at] = " ".join(words)
        text = "\n".join(lines)
    return text


def yaml(quick):
    row = Row("fuzz: YAML")
    chance = random.Random(9)
    rounds = 150 if quick else 1_500
    profiles = sorted(glob.glob(os.path.join(ROOT, "devices", "*.yaml")))
    folder = tempfile.mkdtemp(prefix="torture-yaml-")
    codes = {}

    def check(number, configuration, name, profile):
        own = os.path.join(folder, str(number))
        os.makedirs(os.path.join(own, "profiles"))
        with open(os.path.join(own, "gateway.yaml"), "wb") as file:
            file.write(configuration)
        if profile is not None:
            with open(os.path.join(own, "profiles", name), "wb") as file:
                file.write(profile)
        words = [BINARY, "check", "--config", os.path.join(own, "gateway.yaml"),
                 "--profiles", os.path.join(ROOT, "devices"), "--profiles", os.path.join(own, "profiles")]
        try:
            done = subprocess.run(words, capture_output=True, timeout=30)
            return number, done.returncode, done.stderr[-300:].decode(errors="replace")
        except subprocess.TimeoutExpired:
            return number, "no end in 30 s", ""

    def jobs():
        for number in range(rounds):
            path = chance.choice(profiles)
            with open(path) as file:
                profile = file.read()
            configuration = CONFIGURATION
            if chance.random() < 0.5:
                profile = mutate_yaml(profile, chance)
            else:
                configuration, profile = mutate_yaml(configuration, chance), None
            if chance.random() < 0.1:
                configuration = mutate(configuration.encode(), chance).decode("latin-1")
            name = os.path.basename(path)
            if profile is not None and chance.random() < 0.5:
                device = name.removesuffix(".yaml")
                configuration = configuration.replace("iologik-e1210, bus: simpang-4", f"{device}, bus: simpang-4")
            yield number, configuration.encode(), name, None if profile is None else profile.encode()

    try:
        with ThreadPoolExecutor(2) as pool:
            for number, code, words in pool.map(lambda job: check(*job), jobs()):
                codes[code] = codes.get(code, 0) + 1
                row.rounds += 1
                if code not in (0, 1, 2):
                    row.demand(False, f"file {number}: {code}")
                    keep = os.path.join(tempfile.gettempdir(), f"torture-yaml-{number}")
                    shutil.copytree(os.path.join(folder, str(number)), keep, dirs_exist_ok=True)
                    say(f"   kept in {keep}: {words}")
                if row.rounds % 500 == 0:
                    say(f"   yaml {row.rounds}/{rounds}: {codes}")
    finally:
        shutil.rmtree(folder)
    row.notes.append("exit codes " + ", ".join(f"{code}: {count}" for code, count in sorted(codes.items(), key=str)))
    return row
