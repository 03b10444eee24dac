#!/usr/bin/env python3
"""Keeps the figures of closed windows in CSV files, one for each month, a row a figure, for a spreadsheet.

usage: figures.py [--folder .] [--decimal , | .] [--open] [--host localhost] [--port 1883]
                  [--cafile CA.PEM --user NAME] [--id city-figures] [--prefix kediri]

With a decimal comma, which is what is written unless --decimal says otherwise, ";" stands between the columns: a double
click opens such a file in an Excel that is set to Indonesian. --open writes the open windows too. The password of
--user stands in the environment: MQTT_PASSWORD. It needs Python and Debian's python3-paho-mqtt.
"""
import argparse
import csv
import datetime
import decimal
import json
import os
import sys
import zoneinfo

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes

KEY = ["source", "indicator", "scope", "window", "from"]
COLUMNS = KEY + ["value", "unit", "quality", "reason", "completeness", "expected", "counted", "target", "standing",
                 "provisional", "revision"]
UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


def text(value, point):
    """A cell. A text that begins like a formula gets a ' before it, so that a spreadsheet takes it as text."""
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: ""}[value]
    if isinstance(value, (int, decimal.Decimal)):
        return f"{value:f}".replace(".", point) if isinstance(value, decimal.Decimal) else str(value)
    return "'" + value if value.lstrip()[:1] in tuple("=+-@") else str(value)


def row(payload, point):
    """The month of a figure, and its row."""
    figure = json.loads(payload, parse_float=decimal.Decimal)
    begin = datetime.datetime.fromisoformat(figure["from"]).astimezone(zoneinfo.ZoneInfo(figure["zone"]))
    target = figure.get("target", {})
    cells = {**{name: figure.get(name) for name in COLUMNS}, "source": figure.get("gateway", figure.get("city")),
             "from": f"{begin:%Y-%m-%d %H:%M}", "quality": figure.get("quality", "good"),
             "target": target.get("value"), "standing": target.get("standing")}
    if not isinstance(figure["revision"], int) or not isinstance(cells["source"], str):
        raise ValueError("no figure")
    return f"{begin:%Y-%m}", {name: text(value, point) for name, value in cells.items()}


class Sheet:
    """The file of a month. What is in it is read once; each change replaces the file in one step."""

    def __init__(self, path, separator):
        self.path, self.separator, self.rows = path, separator, {}
        if os.path.exists(path):
            with open(path, newline="", encoding="utf-8-sig") as file:
                for cells in csv.DictReader(file, delimiter=separator):
                    self.rows[tuple(cells[name] for name in KEY)] = cells

    def take(self, cells):
        """Keeps the figure, unless a newer one of its window is here: the highest revision holds."""
        key = tuple(cells[name] for name in KEY)
        old = self.rows.get(key)
        # Of the same revision, the closed window's figure is the later one.
        age, old_age = ((int(found["revision"]), found["provisional"] == "no") if found else (-1, False)
                        for found in (cells, old))
        if age <= old_age:
            return
        self.rows[key] = cells
        # The byte-order mark says to Excel that this is UTF-8.
        with open(self.path + ".new", "w", newline="", encoding="utf-8-sig") as file:
            writer = csv.DictWriter(file, COLUMNS, delimiter=self.separator)
            writer.writeheader()
            writer.writerows(cells for _, cells in sorted(self.rows.items()))
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.path + ".new", self.path)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.partition("usage: ")[2])
    for name, default in [("folder", "."), ("host", "localhost"), ("cafile", None), ("user", None),
                          ("id", "city-figures"), ("prefix", "kediri")]:
        parser.add_argument("--" + name, default=default)
    parser.add_argument("--decimal", choices=[",", "."], default=",")
    parser.add_argument("--port", type=int, default=1883)
    parser.add_argument("--open", action="store_true")
    options = parser.parse_args()
    sheets = {}

    def connected(client, data, flags, reason, properties):
        if reason.value >= 128:
            sys.exit(f"the broker refuses: {reason}")
        topics = [f"{options.prefix}/indicators/+/+/+/+/+", f"{options.prefix}/city/indicators/+/+/+/+"]
        client.subscribe([(topic + "/final", 1) for topic in topics] + [(topic, 1) for topic in topics if options.open])

    def subscribed(client, data, number, reasons, properties):
        if any(reason.value >= 128 for reason in reasons):
            sys.exit(f"the broker refuses a subscription: {', '.join(map(str, reasons))}")
        print("ready", flush=True)

    def take(client, data, message):
        """Paho acknowledges the message when this returns: that is after the file is on disk."""
        try:
            if message.payload:
                month, cells = row(message.payload, options.decimal)
                if month not in sheets:
                    path = os.path.join(options.folder, f"figures-{month}.csv")
                    sheets[month] = Sheet(path, ";" if options.decimal == "," else ",")
                sheets[month].take(cells)
        except UNREADABLE as error:
            print(f"{message.topic}: left out: {error!r}", file=sys.stderr, flush=True)

    client = mqtt.Client(*([mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []),
                         client_id=options.id, protocol=mqtt.MQTTv5)
    client.on_connect, client.on_subscribe, client.on_message = connected, subscribed, take
    if options.cafile:
        client.tls_set(options.cafile)
    if options.user:
        client.username_pw_set(options.user, os.environ.get("MQTT_PASSWORD"))
    month = mqtt.Properties(PacketTypes.CONNECT)
    month.SessionExpiryInterval = 30 * 86_400
    client.reconnect_delay_set(1, 30)
    client.connect_async(options.host, options.port, clean_start=False, properties=month)
    client.loop_forever(retry_first_connection=True)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
