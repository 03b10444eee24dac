"""What many would write first: a subscriber that inserts each reading as it comes.

usage: naive.py PORT PREFIX CLIENT_ID CONNINFO

It is safe: paho answers a message after `on_message` has returned, and each INSERT is its own transaction.
"""

import json
import signal
import sys

import paho.mqtt.client as mqtt
import psycopg2
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

TABLE = """create table if not exists reading (gateway text, epoch text, seq bigint, device text, time timestamptz,
body jsonb, primary key (gateway, epoch, seq))"""
INSERT = "insert into reading values (%s, %s, %s, %s, %s, %s) on conflict do nothing"


def main(port, prefix, client_id, conninfo):
    store = psycopg2.connect(conninfo)
    store.autocommit = True
    cursor = store.cursor()
    cursor.execute(TABLE)

    def on_connect(client, _data, _flags, _reason, _properties):
        client.subscribe(
            [(f"{prefix}/{kind}", 1) for kind in ("readings/#", "backfill/#", "events/#", "gateways/+/events")]
        )

    def on_subscribe(*_):
        print("ready", flush=True)

    def on_message(_client, _data, message):
        payload = json.loads(message.payload)
        cursor.execute(
            INSERT,
            (
                payload["gateway"],
                payload["epoch"],
                payload["seq"],
                payload.get("device"),
                payload["time"],
                message.payload.decode(),
            ),
        )

    client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id=client_id, protocol=mqtt.MQTTv5)
    client.on_connect, client.on_subscribe, client.on_message = on_connect, on_subscribe, on_message
    properties = Properties(PacketTypes.CONNECT)
    properties.SessionExpiryInterval = 604_800
    properties.ReceiveMaximum = 65_535
    client.connect("127.0.0.1", int(port), 60, clean_start=False, properties=properties)
    signal.signal(signal.SIGTERM, lambda *_: client.disconnect())
    client.loop_forever()


if __name__ == "__main__":
    main(*sys.argv[1:])
