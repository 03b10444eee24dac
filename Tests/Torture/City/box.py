"""A simulated gateway: its journal, its epochs, and what becomes of them at a restart, a loss or a restored card.

It keeps what it has sent, and what the broker has acknowledged; that is what the database is judged by.
"""

import copy
import json
import random
import time
import uuid
import zlib

from journal import LIVE_WITHIN, STALE, Entry, Journal, at_most, runs, stamp


class Box:
    def __init__(self, name, prefix="kediri", destination="city", seed=0, synchronised=True):
        self.name, self.prefix, self.destination = name, prefix, destination
        self.random = random.Random(f"{name}/{seed}")
        self.journal = Journal()
        self.acknowledged = {}  # key -> Entry; what the broker has promised
        self.sent = set()  # keys that were ever on the wire
        self.given_up = {}  # key -> reason
        self.answered = []  # the requests that were taken
        self.again = set()  # keys that were asked for and are not acknowledged yet
        self.requests = {}  # payload -> when it came
        self.dead = False
        self.packs = False
        self.begin(None, synchronised)

    # MARK: Epochs

    def begin(self, previous, synchronised=True):
        self.journal.counter += 1
        for key in self.again:  # a request is not stored
            self.journal.owed.pop(key, None)
        self.again.clear()
        self.epoch = f"{self.journal.counter}-{self.random.getrandbits(32):08x}"
        self.seq = 0
        self.since = time.time()
        self.synchronised = synchronised
        self.boot = uuid.UUID(int=self.random.getrandbits(128)).hex
        self.boot_began = time.time() - 10
        data = {"version": "0.1.0", "configuration": "1a68579fe5ac6e8c"}
        if previous:
            data["previous"] = previous
        self.event("start", "info", data)

    def stop(self):
        """In order: the next epoch says that this one was clean."""
        self.event("stop", "info", {"reason": "asked"})
        self.begin({"epoch": self.epoch, "committed_through": self.seq, "clean": True})

    def crash(self, most_lost=3):
        """Without power: of the last entries some were not on disk yet, though the broker may have them."""
        first_lost = self.seq + 1 - self.random.randint(0, most_lost)
        committed = max(1, first_lost - 1)
        for seq in range(committed + 1, self.seq + 1):
            self.journal.kept.pop((self.epoch, seq), None)
            self.journal.owed.pop((self.epoch, seq), None)
        self.begin({"epoch": self.epoch, "committed_through": committed, "clean": False})

    def card(self):
        """An image of the box's card, as somebody makes one before work on it."""
        return copy.deepcopy(self.journal), self.epoch, self.seq

    def restore(self, card):
        """The box starts from an older image: it knows nothing of what came after."""
        self.journal = copy.deepcopy(card[0])
        # Epochs of the same counter differ in their second part.
        self.random.getrandbits(32)
        self.begin({"epoch": card[1], "committed_through": card[2], "clean": False})

    def set_clock(self):
        self.synchronised = True
        self.event(
            "clock", "info", {"clock": "synchronised", "boot": self.boot, "boot_time_ms": int(self.boot_began * 1000)}
        )

    # MARK: Entries

    def add(self, topic, body):
        now = time.time()
        self.seq += 1
        entry = Entry(self.epoch, self.seq, topic, body, now)
        if not self.synchronised:
            entry.boot, entry.uptime_ms = self.boot, int((now - self.boot_began) * 1000)
            # As exact as its uptime, which the clock's correction is added to.
            entry.made = int(self.boot_began * 1000) / 1000 + entry.uptime_ms / 1000
        self.journal.kept[entry.key] = self.journal.owed[entry.key] = entry
        return entry

    def reading(self):
        points = {
            "sample": {"value": self.seq + 1, "unit": "1"},
            "level": {"value": round(self.random.uniform(0, 5), 3), "unit": "m"},
        }
        kind = self.random.randrange(12)
        if kind == 0:
            points["level"] = {"value": None, "unit": "m", "quality": "bad", "reason": "timeout"}
        elif kind == 1:
            points["word"] = {"value": 'dua "kata"\t\\', "name": "run"}
        elif kind == 2:
            points["total"] = {
                "value": (1 << 53) + 1 + self.seq,
                "unit": "m3",
                "increase": 0.25,
                "since": stamp(time.time()),
            }
        device = f"dev-{self.random.randrange(3)}"
        return self.add(f"{{kind}}/{self.name}/yard/{device}", {"site": "yard", "device": device, "points": points})

    def event(self, name, severity, data):
        return self.add(f"gateways/{self.name}/events", {"event": name, "severity": severity, "data": data})

    def passage(self):
        data = {"event_id": f"{self.epoch}-{self.seq}", "class": "car", "camera": "utara", "zones": []}
        return self.add(
            f"events/{self.name}/yard/cam",
            {"event": "passage", "severity": "info", "device": "cam", "site": "yard", "data": data},
        )

    def give_up(self, most):
        """The journal is full: the oldest that are owed go, and a `gap` says so. Entries in flight stay."""
        lost = [key for key, entry in self.journal.owed.items() if not entry.times_sent and "points" in entry.body][
            :most
        ]
        for epoch in {key[0] for key in lost}:
            seqs = [key[1] for key in lost if key[0] == epoch]
            for seq in seqs:
                self.given_up[epoch, seq] = "limit"
                del self.journal.owed[epoch, seq], self.journal.kept[epoch, seq]
            self.event(
                "gap",
                "alarm",
                {
                    "reason": "limit",
                    "epoch": epoch,
                    "first": min(seqs),
                    "last": max(seqs),
                    "count": len(seqs),
                    "destinations": [self.destination],
                },
            )
        return len(lost)

    def is_late(self, entry):
        return entry.times_sent > 0 or time.time() - entry.made > LIVE_WITHIN

    def message(self, entry):
        """Topic and payload, as they are sent now."""
        historical = self.is_late(entry)
        head = {
            "v": 1,
            "id": f"{self.name}.{entry.epoch}.{entry.seq}",
            "gateway": self.name,
            "epoch": entry.epoch,
            "seq": entry.seq,
        }
        late_clock = entry.boot and not (self.synchronised and entry.boot == self.boot)
        when = {"time": stamp(entry.made), "clock": "synchronised"}
        if late_clock:
            when = {
                "time": stamp(STALE + entry.uptime_ms / 1000),
                "clock": "unsynchronised",
                "boot": entry.boot,
                "uptime_ms": entry.uptime_ms,
            }
        late = {"historical": True} if historical else {}
        topic = entry.topic.replace("{kind}", "backfill" if historical else "readings")
        return (
            f"{self.prefix}/{topic}",
            json.dumps({**head, **when, **late, **entry.body}, separators=(",", ":")).encode(),
        )

    def pack(self, entries):
        """Many entries in one message; all of them live, or all of them late."""
        payloads = b",".join(self.message(entry)[1] for entry in entries)
        return f"{self.prefix}/packs/{self.name}", zlib.compress(b"[" + payloads + b"]")

    def status(self, state="online"):
        payload = {
            "v": 1,
            "gateway": self.name,
            "state": state,
            "version": "0.1.0",
            "epoch": self.epoch,
            "since": stamp(self.since),
            "configuration": "1a68579fe5ac6e8c",
            "clock": "synchronised" if self.synchronised else "unsynchronised",
        }
        if state == "online":
            owed = {"connected": True, "pending": len(self.journal.owed)}
            if self.journal.owed:
                owed["oldest_pending"] = stamp(min(entry.made for entry in self.journal.owed.values()))
                epochs = list(dict.fromkeys(epoch for epoch, _ in self.journal.owed))
                if len(epochs) > 8:
                    owed["owed_older"] = True
                owed["owed"] = {
                    epoch: at_most(runs(seq for known, seq in self.journal.owed if known == epoch), 8)
                    for epoch in epochs[-8:]
                }
            if self.again:
                owed["asked_again"] = len(self.again)
            payload.update(
                last_seq=self.seq,
                devices={"total": 3, "answering": 3, "verified": 3, "missed": 0},
                buses={},
                destinations={self.destination: owed},
                storage={"bytes": 163840, "limit": 64000000, "free": 12345678901},
            )
        return f"{self.prefix}/gateways/{self.name}/status", json.dumps(payload, separators=(",", ":")).encode()

    # MARK: What comes

    def take_acknowledgement(self, entry):
        self.journal.owed.pop(entry.key, None)
        self.again.discard(entry.key)
        self.acknowledged[entry.key] = entry

    def take_request(self, payload):
        """Somebody asks for entries again: the journal still has them, or a `gap` says that it has not.

        What is ignored is what a gateway ignores: docs/topics.md, "Entries again".
        """
        now = time.monotonic()
        repeated = now - self.requests.get(payload, -60) < 60
        if self.again or repeated or len(payload) > 16_384:
            return
        self.requests[payload] = now
        request = json.loads(payload)
        self.answered.append(request)
        epoch = request["epoch"]
        end = (
            self.seq
            if epoch == self.epoch
            else max((seq for known, seq in self.journal.kept if known == epoch), default=0)
        )
        absent = []
        for first, last in request["ranges"][:100]:
            for seq in range(first, min(last, end) + 1):
                entry = self.journal.kept.get((epoch, seq))
                if entry and entry.key not in self.journal.owed:
                    self.journal.owed[entry.key] = entry
                    self.again.add(entry.key)
                elif not entry:
                    absent.append(seq)
        for first, last in runs(absent):
            self.event(
                "gap",
                "warning",
                {
                    "reason": "not_kept",
                    "epoch": epoch,
                    "first": first,
                    "last": last,
                    "count": last - first + 1,
                    "destinations": [self.destination],
                },
            )
