"""Messages that nobody can use: each is set aside with its topic and a reason, and the stream goes on."""

import json
import time
import zlib

import paho.mqtt.client as mqtt

from city_world import CityWorld
from verdict import Row, say

GOOD = {
    "v": 1,
    "id": "poison-01.1-0badcafe.1",
    "gateway": "poison-01",
    "epoch": "1-0badcafe",
    "seq": 1,
    "site": "yard",
    "device": "dev",
    "time": "2026-11-21T09:18:09.944Z",
    "clock": "synchronised",
    "points": {"p": {"value": 1, "unit": "m"}},
}


def changed(**keys):
    return json.dumps({**GOOD, **keys}).encode()


def without(key):
    return json.dumps({name: value for name, value in GOOD.items() if name != key}).encode()


READING = "kediri/readings/poison-01/yard/dev"
# What nobody can read: none of it may become a row.
POISON = [
    (READING, b"not JSON"),
    (READING, b"{"),
    (READING, b'"text"'),
    (READING, b"[1,2]"),
    (READING, b"null"),
    (READING, b"\xff\xfe\0\1"),
    (READING, b'{"v":1}'),
    (READING, changed(v=2)),
    (READING, changed(v="1")),
    (READING, without("epoch")),
    (READING, without("points")),
    (READING, without("time")),
    (READING, changed(seq="1")),
    (READING, changed(seq=0)),
    (READING, changed(seq=-5)),
    (READING, changed(seq=1.5)),
    (READING, changed(seq=1 << 63)),
    (READING, changed(seq=(1 << 63) - 1)),
    (READING, changed(epoch="x")),
    (READING, changed(epoch="1-0badcafe'; drop table reading; --")),
    (READING, changed(gateway="somebody-else", id="somebody-else.1-0badcafe.1")),
    (READING, changed(time="yesterday")),
    (READING, changed(time="2026-13-45T99:99:99.999Z")),
    (READING, changed(points=[])),
    (READING, changed(points={"p": 1})),
    (READING, changed(points={"p": {"value": {"deep": 1}}})),
    (READING, b"[" * 100_000),
    (READING, changed(filler="x" * (1 << 20))[: 1 << 20]),
    ("kediri/events/poison-01/yard/dev", b"\0"),
    ("kediri/gateways/poison-01/events", changed(event=7)),
    ("kediri/gateways/poison-01/events", b'{"v":1,"event":"start"'),
    ("kediri/packs/poison-01", b"no zlib"),
    ("kediri/packs/poison-01", zlib.compress(b"{}")),
    ("kediri/packs/poison-01", zlib.compress(b"\0" * (64 << 20))),
    ("kediri/packs/poison-01", zlib.compress(b"[" + b"0," * 100)),
    ("kediri/backfill/poison-01/yard/dev", b"{}"),
    ("kediri/readings/poison-01", changed()),
    ("kediri/readings/poison-01/yard/dev/more", changed()),
]
# Strange, and right: each is one row.
ODD = [
    changed(seq=12, id="poison-01.1-0badcafe.12", unknown={"new": ["key"]}),
    changed(seq=13, id="poison-01.1-0badcafe.13", points={"p": {"value": "tab\t and \\N and \u0000 nul", "unit": "m"}}),
    changed(
        seq=14, id="poison-01.1-0badcafe.14", points={"p": {"value": 1e308}, "q": {"value": -0.0}, "r": {"value": True}}
    ),
    changed(seq=15, id="poison-01.1-0badcafe.15", points={"p": {"value": 9223372036854775807}, "r": {"value": None}}),
    changed(seq=16, id="poison-01.1-0badcafe.16", device="dev", site="yard", time="1970-01-01T00:00:00.000Z"),
    changed(seq=17, id="poison-01.1-0badcafe.17", time="9999-12-31T23:59:59.999Z"),
]


def run(quick):
    row = Row("poison")
    with CityWorld(gateways=10) as world:
        world.start_collector()
        world.fleet.start()
        time.sleep(1)
        client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="poisoner", protocol=mqtt.MQTTv5)
        client.connect("127.0.0.1", world.broker.ports[0])
        client.loop_start()
        for _ in range(1 if quick else 5):
            for topic, payload in POISON:
                client.publish(topic, payload, qos=1).wait_for_publish(10)
            row.rounds += 1
        for payload in ODD:
            client.publish(READING, payload, qos=1).wait_for_publish(10)
        time.sleep(2)
        client.loop_stop()
        row.demand(world.collectors["collect-1"].is_up, "the collector ended")
        poisoned = world.query(
            "select r.seq from reading r join epoch e on e.id = r.epoch join gateway g on g.id = e.gateway "
            "where g.name = 'poison-01' order by 1"
        )
        seqs = [int(line[0]) for line in poisoned]
        row.demand(seqs == list(range(12, 18)), f"of poison-01 there are {seqs}; 12 to 17 are right")
        aside = world.query("select topic, reason, bytes, length(payload) from set_aside")
        row.demand(len(aside) >= len(POISON) * row.rounds, f"{len(aside)} set aside of {len(POISON) * row.rounds}")
        row.demand(all(topic and reason for topic, reason, _, _ in aside), "one has no topic or no reason")
        row.notes.append(
            f"{len(aside)} of {len(POISON) * row.rounds} set aside, {len(set(line[1] for line in aside))} reasons"
        )
        # The others' rows are proved as ever; the poisoner's are none of the fleet's.
        proof, drained = world.settle()
        row.readings += proof.rows
        row.lost, row.duplicated = len(proof.lost), len(proof.twice)
        strangers = [line for line in proof.wrong if line[0][0] != "poison-01"]
        row.wrong = len(strangers) + len(proof.ledger)
        row.demand(drained, "gateways still owe entries")
        for line in strangers[:3] + proof.ledger[:3]:
            say(f"   wrong: {line}")
    say(f"   {row.fault}: {row.verdict}")
    return [row]
