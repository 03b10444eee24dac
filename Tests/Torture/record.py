"""The subscriber that stores everything by identity, and the rules of identity."""

import json
import threading
import time
import zlib
from datetime import datetime, timezone

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties

VARIABLE = ("time", "clock", "boot", "uptime_ms", "historical")


def instant(text):
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=timezone.utc).timestamp()


class Record:
    """A session that the broker keeps while this subscriber is away."""

    def __init__(self, port, prefix="torture"):
        self.lock = threading.Lock()
        self.entries = {}  # id -> first payload
        self.by_epoch = {}  # epoch -> {seq: id}
        self.conflicts = []
        self.malformed = []
        self.resent = 0
        self.arrivals = []  # (received at, topic kind, reading's time)
        self.packs = []  # (received at, rows, bytes)
        self.status = None
        self.client = mqtt.Client(mqtt.CallbackAPIVersion.VERSION2, client_id="torture-record", protocol=mqtt.MQTTv5)
        self.client.on_message = self._on_message
        self.client.on_connect = self._on_connect
        self.client.reconnect_delay_set(1, 1)
        self.ready = threading.Event()
        self.prefix = prefix
        properties = Properties(PacketTypes.CONNECT)
        properties.SessionExpiryInterval = 86_400
        self.client.connect("127.0.0.1", port, 60, clean_start=False, properties=properties)
        self.client.loop_start()
        if not self.ready.wait(20):
            raise RuntimeError("the record could not subscribe")

    def _on_connect(self, client, _data, _flags, _reason, _properties):
        p = self.prefix
        kinds = ("readings", "backfill", "events", "gateways", "packs")
        client.subscribe([(f"{p}/{kind}/#", 1) for kind in kinds])
        self.ready.set()

    def close(self):
        self.client.disconnect()
        self.client.loop_stop()

    def _on_message(self, _client, _data, message):
        now = time.time()
        kind = message.topic.split("/")[1]
        if not message.payload:
            return
        if kind == "packs":
            self._take_apart(message.topic, message.payload, now)
            return
        try:
            payload = json.loads(message.payload)
            assert payload["v"] == 1
        except (ValueError, KeyError, AssertionError):
            with self.lock:
                self.malformed.append((message.topic, bytes(message.payload[:200])))
            return
        if message.topic.endswith("/status"):
            self.status = (now, payload)
            return
        with self.lock:
            self._keep(payload, message.topic, now, kind, message.retain)

    def _take_apart(self, topic, packed, now):
        """Every row of a pack, as if it had come by itself on its own topic."""
        try:
            rows = json.loads(zlib.decompress(packed))
            assert isinstance(rows, list) and rows and all(row["v"] == 1 for row in rows)
            assert topic.split("/")[2] == rows[0]["gateway"]
        except (ValueError, KeyError, AssertionError, zlib.error) as error:
            with self.lock:
                self.malformed.append((topic, f"{error!r}: {bytes(packed[:60])}"))
            return
        with self.lock:
            self.packs.append((now, len(rows), len(packed)))
            for row in rows:
                if "points" in row:
                    kind, place = "backfill" if row.get("historical") else "readings", f"/{row['site']}/{row['device']}"
                elif "device" in row and row["event"] in ("passage", "weighing"):
                    kind, place = "events", f"/{row['site']}/{row['device']}"
                else:
                    kind, place = "gateways", "/events"
                self._keep(row, f"{self.prefix}/{kind}/{row['gateway']}{place}", now, kind, False)

    def _keep(self, payload, topic, now, kind, retained):
        try:
            identity, epoch, seq = payload["id"], payload["epoch"], payload["seq"]
            arrived = instant(payload["time"])
        except (KeyError, ValueError) as error:
            self.malformed.append((topic, str(error)))
            return
        parts = topic.split("/")
        named = (payload.get("site"), payload.get("device"))
        if identity != f"{payload['gateway']}.{epoch}.{seq}" or parts[2] != payload["gateway"]:
            self.malformed.append((topic, f"identity {identity}"))
        if kind in ("readings", "backfill") and (parts[3], parts[4]) != named:
            self.malformed.append((topic, f"under another's topic: {named}"))
        if (kind == "backfill") != (payload.get("historical", False) and "points" in payload):
            self.malformed.append((topic, "historical, or not, on the wrong topic"))
        before = self.entries.get(identity)
        if before is None:
            self.entries[identity] = payload
            self.by_epoch.setdefault(epoch, {})[seq] = identity
            if not retained:
                self.arrivals.append((now, kind, arrived))
            return
        self.resent += 1
        same = {k: v for k, v in payload.items() if k not in VARIABLE} == {
            k: v for k, v in before.items() if k not in VARIABLE
        }
        both_right = payload["clock"] == before["clock"] == "synchronised"
        if not same or (both_right and payload["time"] != before["time"]):
            self.conflicts.append((identity, before, payload))

    # MARK: What it proves

    def readings(self):
        with self.lock:
            return [entry for entry in self.entries.values() if "points" in entry]

    def events(self, name):
        with self.lock:
            return [entry for entry in self.entries.values() if entry.get("event") == name]

    def count(self):
        with self.lock:
            return len(self.entries)

    def announced_losses(self):
        """(epoch, first, last) -> the count in the greatest `gap` event; each event stands for itself."""
        return [event["data"] for event in self.events("gap") if "first" in event["data"]]

    def set_aside(self):
        """The epochs of a journal that was reported as damaged: its remaining contents are unknown."""
        told = {event["epoch"] for event in self.events("storage") if event["data"]["what"] == "corrupt_file_set_aside"}
        return {epoch for epoch in list(self.by_epoch) if epoch not in told} if told else set()

    def identity_breaks(self, live_epoch=None):
        """Every seq of a finished epoch must be here up to its announced end, unless a `gap` event reported it."""
        breaks = []
        with self.lock:
            epochs = {epoch: set(seqs) for epoch, seqs in self.by_epoch.items()}
        ends = {}
        for start in self.events("start"):
            previous = start["data"].get("previous")
            if previous:
                ends[previous["epoch"]] = previous
        gaps = {}
        for loss in self.announced_losses():
            gaps.setdefault(loss["epoch"], []).append(loss)
        missing_in_all = announced_in_all = 0
        unknowable = self.set_aside()
        for epoch, end in ends.items():
            if epoch in unknowable:
                continue
            seqs = epochs.get(epoch, set())
            missing = set(range(1, end["committed_through"] + 1)) - seqs
            announced = sum(loss["count"] for loss in gaps.get(epoch, []))
            covered = {
                seq for seq in missing if any(loss["first"] <= seq <= loss["last"] for loss in gaps.get(epoch, []))
            }
            missing_in_all += len(missing)
            announced_in_all += announced
            if missing - covered:
                some = sorted(missing - covered)
                breaks.append(
                    f"epoch {epoch}: {len(some)} of 1-{end['committed_through']} missing and untold, {some[:5]}"
                )
            elif len(missing) > announced or (announced > len(missing) and len(missing) > 0):
                breaks.append(f"epoch {epoch}: {len(missing)} missing, {announced} told")
            if end["clean"] and seqs and max(seqs) > end["committed_through"]:
                breaks.append(f"epoch {epoch}: ended in order at {end['committed_through']}, but has {max(seqs)}")
        self.missing, self.announced = missing_in_all, announced_in_all
        return breaks
