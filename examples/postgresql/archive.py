#!/usr/bin/env python3
"""Keeps every reading and event of all gateways in PostgreSQL, each once. Tables and views: schema.sql beside it.

usage: archive.py [--database dbname=kediri] [--host localhost] [--port 1883] [--cafile CA.PEM --user NAME]
                  [--id city-archive] [--prefix kediri]

--database is what libpq takes. The password of --user stands in the environment: MQTT_PASSWORD. It needs Debian's
python3-paho-mqtt and python3-psycopg2.
"""
import argparse
import json
import os
import re
import sys
import zlib

import paho.mqtt.client as mqtt
import psycopg2
from paho.mqtt.packettypes import PacketTypes

# An entry that comes twice changes nothing, except a time that was unsynchronised before.
STORE = """INSERT INTO entries (gateway, epoch, seq, time, body) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (gateway, epoch, seq) DO UPDATE SET time = excluded.time, body = excluded.body
    WHERE entries.body ->> 'clock' = 'unsynchronised'"""
STATUS = "INSERT INTO statuses VALUES (%s, %s) ON CONFLICT (gateway) DO UPDATE SET body = excluded.body"
EPOCH = re.compile("[1-9][0-9]*-[0-9a-f]{8}")
MOST = 1 << 20  # bytes of a pack, decompressed
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, RecursionError, zlib.error, psycopg2.DataError)


def entries(kind, gateway, payload):
    """The entries of a message, as rows. The broker holds each gateway to its topics, so the topic says whose it is."""
    text = zlib.decompressobj().decompress(payload, MOST) if kind == "packs" else payload
    found = json.loads(text)
    for entry in found if isinstance(found, list) else [found]:
        epoch, seq = entry["epoch"], entry["seq"]
        if entry["gateway"] != gateway or not EPOCH.fullmatch(epoch) or type(seq) is not int or not 0 < seq < 1 << 62:
            raise ValueError("no entry of this gateway")
        yield gateway, epoch, seq, entry["time"], json.dumps(entry, allow_nan=False)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2])
    for name, default in [("database", "dbname=kediri"), ("host", "localhost"), ("cafile", None), ("user", None),
                          ("id", "city-archive"), ("prefix", "kediri")]:
        parser.add_argument("--" + name, default=default)
    parser.add_argument("--port", type=int, default=1883)
    options = parser.parse_args()
    database = psycopg2.connect(options.database)
    with database, database.cursor() as cursor, open(os.path.join(os.path.dirname(__file__), "schema.sql")) as schema:
        cursor.execute(schema.read())

    def connected(client, data, flags, reason, properties):
        if reason.value >= 128:
            sys.exit(f"the broker refuses: {reason}")
        # A retained reading belongs to the time before the archive. A retained status is wanted at once.
        new = mqtt.SubscribeOptions(qos=1, retainHandling=mqtt.SubscribeOptions.RETAIN_DO_NOT_SEND)
        topics = ["readings/#", "backfill/#", "events/#", "packs/+", "gateways/+/events"]
        client.subscribe([(f"{options.prefix}/{topic}", new) for topic in topics]
                         + [(f"{options.prefix}/gateways/+/status", mqtt.SubscribeOptions(qos=1))])

    def subscribed(client, data, number, reasons, properties):
        if any(reason.value >= 128 for reason in reasons):
            sys.exit(f"the broker refuses a subscription: {', '.join(map(str, reasons))}")
        print("ready", flush=True)

    def take(client, data, message):
        """Paho acknowledges the message when this returns: that is after the commit.

        Without a database it ends the program; the broker keeps the message, and sends it again to the next start.
        """
        topic = message.topic[len(options.prefix) + 1 :].split("/")
        try:
            statement, rows = STORE, []
            if topic[-1] == "status":
                statement, status = STATUS, json.loads(message.payload)
                rows = [(topic[1], json.dumps(status, allow_nan=False))] if "last_seq" in status else []
            elif message.payload:
                rows = list(entries(topic[0], topic[1], message.payload))
            with database, database.cursor() as cursor:
                cursor.executemany(statement, rows)
        except UNREADABLE as error:
            print(f"{message.topic}: left out: {error!r}", file=sys.stderr, flush=True)

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


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
