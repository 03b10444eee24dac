#!/usr/bin/env python3
"""Keeps every reading and event of all gateways in an SQLite file, each once, and says which numbers are missing.

usage: archive.py [--file archive.db] [--host localhost] [--port 1883] [--cafile CA.PEM --user NAME] [--id city-archive]
       archive.py --gaps [--file archive.db] [--destination city]

The password of --user stands in the environment: MQTT_PASSWORD. It needs Python and Debian's python3-paho-mqtt.
"""
import argparse
import json
import os
import re
import sqlite3
import sys
import zlib

import gaps

SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
CREATE TABLE IF NOT EXISTS entries (
    gateway TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, json TEXT NOT NULL,
    site TEXT AS (json ->> 'site'), device TEXT AS (json ->> 'device'), event TEXT AS (json ->> 'event'),
    PRIMARY KEY (gateway, epoch, seq));
CREATE INDEX IF NOT EXISTS events ON entries (event) WHERE event IS NOT NULL;
CREATE TABLE IF NOT EXISTS statuses (gateway TEXT PRIMARY KEY, json TEXT NOT NULL);
-- An unsynchronised entry has its right time when the clock event of the same boot is here.
CREATE VIEW IF NOT EXISTS timed AS SELECT *, coalesce((
    SELECT strftime('%Y-%m-%dT%H:%M:%fZ', ((json ->> '$.data.boot_time_ms') + (e.json ->> 'uptime_ms')) / 1000.0,
                    'unixepoch')
    FROM entries WHERE event = 'clock' AND gateway = e.gateway AND json ->> '$.data.boot' = e.json ->> 'boot'
        AND json ->> '$.data.clock' = 'synchronised' ORDER BY rowid DESC LIMIT 1), json ->> 'time') AS time
    FROM entries e;
CREATE VIEW IF NOT EXISTS points AS SELECT gateway, epoch, seq, site, device, time, p.key AS point,
    p.value ->> 'value' AS value, p.value ->> 'unit' AS unit, coalesce(p.value ->> 'quality', 'good') AS quality,
    p.value ->> 'reason' AS reason, p.value ->> 'increase' AS increase, p.value ->> 'since' AS since
    FROM timed, json_each(timed.json, '$.points') p;
"""
# An entry that comes twice changes nothing, except a time that was unsynchronised before.
STORE = """INSERT INTO entries (gateway, epoch, seq, json) VALUES (?, ?, ?, ?)
    ON CONFLICT (gateway, epoch, seq) DO UPDATE SET json = excluded.json
    WHERE entries.json ->> 'clock' = 'unsynchronised'"""
EPOCH = re.compile("[1-9][0-9]*-[0-9a-f]{8}")
MOST = 1 << 20  # bytes of a pack, decompressed
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error)


def rows(kind, gateway, payload):
    """The entries of a message, as rows. The broker holds each gateway to its topics, so the topic says whose it is."""
    text = zlib.decompressobj().decompress(payload, MOST) if kind == "packs" else payload
    found = json.loads(text)
    for entry in found if isinstance(found, list) else [found]:
        epoch, seq = entry["epoch"], entry["seq"]
        if entry["gateway"] != gateway or not EPOCH.fullmatch(epoch) or type(seq) is not int or not 0 < seq < 1 << 62:
            raise ValueError("no entry of this gateway")
        yield gateway, epoch, seq, json.dumps(entry, separators=(",", ":"), allow_nan=False)


def collect(options):
    import paho.mqtt.client as mqtt
    from paho.mqtt.packettypes import PacketTypes

    db = sqlite3.connect(options.file)
    db.executescript(SCHEMA)

    def connected(client, data, flags, reason, properties):
        if reason.value >= 128:
            sys.exit(f"the broker refuses: {reason}")
        # A retained reading belongs to the time before the archive. A retained status is wanted at once.
        new = mqtt.SubscribeOptions(qos=1, retainHandling=mqtt.SubscribeOptions.RETAIN_DO_NOT_SEND)
        entries = ["readings/#", "backfill/#", "events/#", "packs/+", "gateways/+/events"]
        client.subscribe([(f"{options.prefix}/{topic}", new) for topic in entries]
                         + [(f"{options.prefix}/gateways/+/status", mqtt.SubscribeOptions(qos=1))])

    def subscribed(client, data, number, reasons, properties):
        if any(reason.value >= 128 for reason in reasons):
            sys.exit(f"the broker refuses a subscription: {', '.join(map(str, reasons))}")
        print("ready", flush=True)

    def take(client, data, message):
        """Paho acknowledges the message when this returns: that is after the commit."""
        topic = message.topic[len(options.prefix) + 1 :].split("/")
        statement, found = STORE, []
        try:
            if topic[-1] == "status":
                statement, status = "INSERT OR REPLACE INTO statuses VALUES (?, ?)", json.loads(message.payload)
                found = [(topic[1], json.dumps(status, allow_nan=False))] if "last_seq" in status else []
            elif message.payload:
                found = list(rows(topic[0], topic[1], message.payload))
        except UNREADABLE as error:
            print(f"{message.topic}: left out: {error!r}", file=sys.stderr, flush=True)
        with db:
            db.executemany(statement, found)

    client = mqtt.Client(*([mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []),
                         client_id=options.id, protocol=mqtt.MQTTv5)
    client.on_connect, client.on_subscribe, client.on_message = connected, subscribed, take
    if options.cafile:
        client.tls_set(options.cafile)
    if options.user:
        client.username_pw_set(options.user, os.environ.get("MQTT_PASSWORD"))
    week = mqtt.Properties(PacketTypes.CONNECT)
    week.SessionExpiryInterval = 604_800
    client.reconnect_delay_set(1, 30)
    client.connect_async(options.host, options.port, clean_start=False, properties=week)
    client.loop_forever(retry_first_connection=True)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2])
    for name, default in [("file", "archive.db"), ("host", "localhost"), ("cafile", None), ("user", None),
                          ("id", "city-archive"), ("prefix", "kediri"), ("destination", "city")]:
        parser.add_argument("--" + name, default=default)
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--gaps", action="store_true")
    options = parser.parse_args()
    if options.gaps and not os.path.exists(options.file):
        sys.exit(f"there is no archive {options.file}: run archive.py without --gaps first")
    if options.gaps:
        sys.exit(gaps.tell(options.file, options.destination, options.prefix))
    collect(options)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
