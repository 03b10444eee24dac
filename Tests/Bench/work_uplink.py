"""W9: what the uplink carries: the demo's field, and a box at a spring, to a broker with TLS.

Every contender has a field of its own with the same seed, and all run at the same time, so that all see the same
values. One whole day of the field's traffic goes by in that time; counters and flows keep the rate of real time.
"""

import os
import re
import time

from measure import say, table
from uplink_world import HEADERS, LARGEST_SEGMENT, Certificate, Uplink, Wire
from world import ROOT, World, free_port

DAY = 86_400
QUARTER = 900
# What of a change is none. A counter box shows in its inputs each vehicle that stands on a loop; the counts are what
# matters, so a change of an input alone is no news.
SEND = {
    "flow-soyo": (
        "discharge: 5 %, velocity: 5 %, sound_speed: 2, volume: 2, signal: 5, signal_upstream: 5, signal_downstream: 5"
    ),
    "ph-soyo": "temperature: 0.5, ph: 0.05, electrode: 5, orp: 5",
    "loops-alun": ", ".join(f"count_{number}: 10, input_{number}: any" for number in range(16)),
    "scale-tosaren": "net: 1, gross: 1",
    "scale-07": "weight: 0.1",
    "camera-alun": "uptime: 1000000, detection_rate: 0.5",
}
INPUTS = {**SEND, "loops-alun": ", ".join(f"count_{number}: 10" for number in range(16))}
PACK = ["    pack: { live: 30s, backfill: true }", "    indicators: { open: 5min }"]
KEEPALIVE = ["    keepalive: 5min"]
SITE = [PACK[0], "    indicators: { scopes: [site], open: 5min }", *KEEPALIVE]
SELDOM = [PACK[0], "    indicators: { open: 15min }", *KEEPALIVE]
NEVER = [PACK[0], "    indicators: { open: never }", *KEEPALIVE]
SPRING = """gateway: kdr-soyo-01
timezone: Asia/Jakarta
topic_prefix: kediri
clock: trusted
sites:
  sumber-soyo: {{ name: Sumber Soyo, kelurahan: Bawang, kecamatan: Pesantren, latitude: -7.85, longitude: 112.06 }}
buses:
  rs485: {{ serial: {folder}/rs485, baud: 9600, parity: none, stop_bits: 1 }}
devices:
  flow-soyo:
    profile: tuf-2000m
    bus: rs485
    unit: 1
    site: sumber-soyo
    interval: 10s
    serial: "20117431"
    owner: DLHKP
    verified: {{ by: Diskominfo, on: 2026-10-03 }}
  ph-soyo:
    profile: sup-ph8001
    bus: rs485
    unit: 2
    site: sumber-soyo
    interval: 10s
    verified: {{ by: Diskominfo, on: 2026-10-03 }}
destinations:
  city: {{ mqtt: DEMO_BROKER }}
storage: {{ path: {folder}/journal, limit: 64MB }}
control: {{ socket: {folder}/control.sock }}
"""


def run(quick):
    seconds = 60 if quick else 900
    with World() as world:
        certificate = Certificate(world.folder)
        contenders = [
            Uplink(world, certificate, "demo", demo()),
            Uplink(world, certificate, "exceptions", demo(SEND)),
            Uplink(world, certificate, "exceptions-inputs", demo(INPUTS)),
            Uplink(world, certificate, "packs", demo(SEND, PACK)),
            Uplink(world, certificate, "packs-inputs", demo(INPUTS, PACK)),
            Uplink(world, certificate, "packs-keepalive", demo(SEND, PACK + KEEPALIVE)),
            Uplink(world, certificate, "spring-today", spring()),
            Uplink(world, certificate, "spring", spring(SEND, PACK)),
            Uplink(world, certificate, "spring-site", spring(SEND, SITE)),
            Uplink(world, certificate, "spring-seldom", spring(SEND, SELDOM)),
            Uplink(world, certificate, "spring-never", spring(SEND, NEVER)),
        ]
        told = {contender.name: contender.refused() for contender in contenders}
        for name, reason in told.items():
            if reason:
                say(f"   {name}: {reason}")
        measured = measure([contender for contender in contenders if not told[contender.name]], seconds)
    return "uplink", report(measured, seconds, told)


# MARK: The configurations


def demo(send=None, destination=()):
    with open(os.path.join(ROOT, "config", "demo.yaml")) as file:
        text = file.read()

    def configuration(uplink):
        made = text.replace("DEMO_FOLDER", uplink.folder)
        made = re.sub(r"DEMO_PORT_\d", lambda _: str(free_port()), made)
        made = made.replace("DEMO_PAGE", str(free_port()))
        # The field's own broker is the same one, without TLS, and is not counted.
        made = made.replace("sensors: { mqtt: mqtt://127.0.0.1:DEMO_BROKER }", f"sensors: {{ mqtt: mqtt://127.0.0.1:{uplink.port} }}")
        made = made.replace("mqtt://127.0.0.1:DEMO_BROKER", "DEMO_BROKER")
        return with_keys(made, uplink, send, destination)

    return configuration


def spring(send=None, destination=()):
    return lambda uplink: with_keys(SPRING.format(folder=uplink.folder), uplink, send, destination)


def with_keys(text, uplink, send, destination):
    for device, deadbands in (send or {}).items():
        text = text.replace(
            f"\n  {device}:\n",
            f"\n  {device}:\n    send: {{ when: changed, deadband: {{ {deadbands} }}, at_least_every: 5min }}\n",
        )
    lines = [
        "  city:", f"    mqtt: {uplink.address}", f"    ca_file: {uplink.certificate.authority}", "    same_box: false",
        *destination,
    ]
    return text.replace("  city: { mqtt: DEMO_BROKER }", "\n".join(lines))


# MARK: Measuring


def wait_for_quarter(seconds):
    """So that one quarter closes while it is measured, two minutes after its end, and the gateways saw its end."""
    since = time.time() % QUARTER
    if seconds >= QUARTER and (since < 150 or since > QUARTER - 60):
        time.sleep((150 - since) % QUARTER)


def measure(contenders, seconds):
    wait_for_quarter(seconds)
    say(f"   {len(contenders)} gateways at once, for {seconds} s")
    for contender in contenders:
        contender.start(speed=DAY // seconds)
    # Past the start: the handshake, who the devices are, the first reading of each.
    time.sleep(20)
    first = [(contender.relay.wire(), contender.told()) for contender in contenders]
    time.sleep(seconds)
    second = [(contender.relay.wire(), contender.told()) for contender in contenders]
    measured = {}
    for contender, (wire0, told0), (wire1, told1) in zip(contenders, first, second):
        if contender.gateway.process.poll() is not None:
            raise RuntimeError(f"{contender.name}: the gateway ended; {contender.folder}/log says why")
        kinds = {kind: tuple(b - a for a, b in zip(told0[kind], told1[kind])) for kind in told1}
        wire = Wire(wire1.payload - wire0.payload, wire1.segments - wire0.segments, wire1.connections)
        measured[contender.name] = wire, kinds, wire0
        if wire.connections != 1:
            say(f"   {contender.name}: {wire.connections} connections")
    return measured


# MARK: The table

ROWS = [
    ("demo", "the demo's field, as configured", "demo"),
    ("exceptions", "(b) report by exception", "demo"),
    ("exceptions-inputs", "(b), each change of an input is news", "demo"),
    ("packs", "(c): (b), packs of 30 s, open figures each 5 min", "demo"),
    ("packs-inputs", "(c), each change of an input is news", "demo"),
    ("packs-keepalive", "(c), keepalive 5 min", "demo"),
    ("spring-today", "a box at a spring, without these keys", "spring-today"),
    ("spring", "(d): a box at a spring, as (c)", "spring-today"),
    ("spring-site", "(d), keepalive 5 min, figures of the site alone", "spring-today"),
    ("spring-seldom", "(d), keepalive 5 min, open figures each 15 min", "spring-today"),
    ("spring-never", "(d), keepalive 5 min, closed figures alone", "spring-today"),
]


def report(measured, seconds, told):
    head = [
        "", "MB a day", "over the first", "without TCP/IP headers", "messages a minute", "readings", "packs", "events",
        "open figures", "closed figures", "start kB",
    ]
    rows = []
    for name, words, base in ROWS:
        if name not in measured:
            rows.append([words] + ["not known"] + [""] * (len(head) - 2))
            continue
        wire, kinds, start = measured[name]

        def day(count):
            return f"{count * DAY / seconds / 1e6:.2f}"

        rows.append(
            [words, day(wire.total), f"1/{measured[base][0].total / wire.total:.1f}", day(wire.payload),
             f"{kinds['all'][0] * 60 / seconds:.1f}"]
            + [day(kinds[kind][1]) for kind in ("readings", "packs", "events", "open figures", "closed figures")]
            + [f"{start.total / 1000:.1f}"]
        )
    closed = {name: kinds["closed figures"][0] for name, (_, kinds, _) in measured.items()}
    return table(head, rows) + (
        f"\n\nAll for the same {seconds} s, in which a day of the field's traffic went by, and counted on the wire in both "
        f"directions: what the connection's own counters say, with TLS and MQTT, and {HEADERS} bytes a segment of at most "
        f"{LARGEST_SEGMENT} bytes. The columns by kind are payloads alone, in MB a day. Closed figures in that time: "
        + ", ".join(f"{count} ({name})" for name, count in closed.items())
        + ". `start kB`: a start's handshake and first 20 s, in no other column."
    )
