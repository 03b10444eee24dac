"""Report by exception: what was sent and what was held is all that was polled, whatever happens meanwhile."""

import itertools
import random
import signal
import subprocess
import time

from exception_figures import figures
from exception_field import Device, ExceptionField
from exception_verdict import Accounts, Rule, tail
from verdict import Row, Skipped, say
from world import World

INTERVAL, AT_LEAST = 0.2, 5
EVERYTHING = 10**9  # a deadband that holds any number
MIXED = {"poll": EVERYTHING, "discharge": "2 %", "level": 0.05, "ph": 0.1, "temperature": 0.5, "volume": 5}
WIDER = {**MIXED, "level": 0.08, "temperature": 0.8}
STRICT = {"poll": EVERYTHING}
RELATIVE = {
    "poll": EVERYTHING, "discharge": "5 %", "level": "10 %", "ph": "1 %", "temperature": "4 %", "volume": EVERYTHING,
    "strokes": EVERYTHING,
}
SENDS = {"dev-1": MIXED, "dev-2": STRICT, "dev-3": RELATIVE}
PACK = ["    pack: { live: 3s, backfill: true }"]


def run(quick):
    rows = []
    for name, keys in (("exception", []), ("exception, packs", PACK)):
        row = Row(name)
        world = ExceptionWorld(keys)
        try:
            if world.is_unknown():
                raise Skipped("this gateway does not know the keys")
            faults(world, row, quick)
        except Skipped as reason:
            row.skipped = str(reason)
        finally:
            world.close()
        say(f"   {name}: {row.verdict}")
        rows.append(row)
    return rows + [figures(quick, ExceptionWorld, MIXED, STRICT)]


class ExceptionWorld(World):
    """A gateway with several scripted devices, each with a `send` of its own; `None` sends each poll."""

    def __init__(self, destination=(), devices=None, sends=None, interval=INTERVAL, sites=None):
        devices = devices or {1: Device("moving", 1), 2: Device("steady", 2), 3: Device("moving", 3), 4: Device("moving", 4)}
        super().__init__(devices=0, proxied=True)
        self.meter = ExceptionField(devices)
        self.seconds = interval
        self.sends = dict(sends if sends is not None else SENDS)
        self.at_least_every = AT_LEAST
        self.sites = sites or {}
        self.rules = {f"dev-{unit}": [] for unit in devices}
        self.destination = list(destination)
        self.extra_buses = [f"  bus-{unit}: {{ tcp: 127.0.0.1:{port} }}" for unit, port in self.meter.ports.items()]
        self.breaks, self.kills = [], []
        self.write_configuration()

    def write_configuration(self):
        self.extra_devices = []
        for name in self.rules:
            rule = Rule(self.sends[name], self.at_least_every) if name in self.sends else Rule({}, 0)
            self.rules[name].append((0 if not self.rules[name] else time.time(), rule))
            key = f", {rule.key}" if name in self.sends else ""
            self.extra_devices.append(
                f"  {name}: {{ profile: torture-exception, bus: bus-{name[4:]}, unit: {name[4:]}, site: {self.sites.get(name, 'yard')}, "
                f"interval: {round(self.seconds * 1000)}ms, verified: {{ by: us, on: 2026-01-01 }}{key} }}"
            )
        super().write_configuration()
        with open(self.config) as file:
            text = file.read()
        extra = "".join(f"  {site}: {{ name: {site} }}\n" for site in sorted(set(self.sites.values())))
        with open(self.config, "w") as file:
            file.write(text.replace("  yard: { name: Yard }\n", "  yard: { name: Yard }\n" + extra))

    def is_unknown(self):
        told = subprocess.run(self.command("check"), capture_output=True, text=True)
        if told.returncode:
            say("   " + told.stderr.strip().split("\n")[0])
        return told.returncode != 0

    # MARK: What happens to it

    def stop(self):
        code = self.end()
        self.breaks.append(time.time())
        return code

    def restart(self):
        self.stop()
        self.start()
        self.wait_running()

    def kill(self):
        begin = time.time()
        super().kill()
        # A hold is at most so old, and a row that was not yet safe two seconds.
        self.kills.append((begin - self.at_least_every - 2 - self.seconds, time.time()))

    def reload(self, sends):
        self.sends = sends
        self.write_configuration()
        self.breaks.append(time.time())
        self.process.send_signal(signal.SIGHUP)
        time.sleep(1)

    def close(self):
        super().close()
        self.meter.close()

    def drain(self, within=60):
        """The end in order, a start that tells of it, and everything owed delivered."""
        code = self.stop()
        ended = time.time()
        self.start()
        begin, quiet, last = time.time(), 0, -1
        while time.time() - begin < within:
            time.sleep(0.5)
            pending = sum(d["pending"] for d in (self.status() or {}).get("destinations", [{"pending": 1}]))
            quiet = quiet + 1 if pending < 30 and not self.record.identity_breaks() else 0
            if quiet >= 4:
                break
        self.stop()
        time.sleep(0.5)
        return code, ended

    def accounts(self):
        found = {}
        for name in self.rules:
            rows = [row for row in self.record.readings() if row["device"] == name]
            found[name] = Accounts(
                name, rows, self.meter.polls(int(name[4:])), self.rules[name], self.seconds, self.breaks, self.kills
            )
        return found


def faults(world, row, quick):
    chance = random.Random(16)
    world.start()
    world.wait_running()
    time.sleep(3 * AT_LEAST)
    happenings = [away, cut, silent, refusing, reset, reload, restart, kill, cut_and_kill]
    for number in itertools.count():
        happening = happenings[number] if number < len(happenings) else chance.choice(happenings)
        say(f"   {happening.__name__}, {world.record.count()} entries recorded")
        happening(world, chance)
        row.rounds += 1
        if world.process.poll() is not None:
            row.demand(False, f"{happening.__name__}: ended by itself with {world.process.returncode}")
            return
        time.sleep(chance.uniform(0.5, AT_LEAST + 2))
        if number + 1 >= (len(happenings) if quick else 5 * len(happenings)):
            break
    code, ended = world.drain()
    row.demand(code == 0, f"ended with {code} when asked")
    conclude(world, row, ended)


def away(world, chance):
    world.broker.stop()
    time.sleep(chance.uniform(6, 10))
    world.broker.start()


def cut(world, chance):
    world.proxy.cut()
    time.sleep(chance.uniform(0.2, 4))
    world.proxy.mend()


def silent(world, chance):
    device = world.meter.devices[chance.choice([1, 2, 3])]
    device.mute = True
    time.sleep(chance.uniform(3, 2 * AT_LEAST))
    device.mute = False
    time.sleep(6)


def refusing(world, chance):
    device = world.meter.devices[chance.choice([1, 2, 3])]
    device.exception = chance.choice([4, 6])
    time.sleep(chance.uniform(2, 6))
    device.exception = None
    time.sleep(6)


def reset(world, chance):
    for device in world.meter.devices.values():
        device.reset()


def reload(world, chance):
    world.reload({**SENDS, "dev-1": WIDER if world.sends["dev-1"] is MIXED else MIXED})


def restart(world, chance):
    world.restart()


def kill(world, chance):
    world.kill()
    time.sleep(chance.uniform(0, 2))
    world.start()
    world.wait_running()


def cut_and_kill(world, chance):
    world.proxy.cut()
    time.sleep(chance.uniform(2, 6))
    world.kill()
    world.proxy.mend()
    world.start()
    world.wait_running()


def conclude(world, row, ended):
    record = world.record
    row.readings = len(record.readings())
    for text in record.identity_breaks():
        row.demand(False, text)
    row.duplicated = len(record.conflicts)
    for identity, before, after in record.conflicts[:2]:
        say(f"   conflict: {identity}\n      {before}\n      {after}")
    row.wrong += len(record.malformed)
    for line in record.malformed[:3]:
        say(f"   malformed: {line}")
    for name, accounts in world.accounts().items():
        expected = accounts.judge()
        row.wrong += len(accounts.wrong)
        for identity, text in accounts.wrong[:5]:
            say(f"   wrong: {identity} {text}")
        notes = accounts.notes
        left = tail(accounts, expected, ended - 0.5)
        row.demand(left <= 1, f"{name}: {left} polls at the end are in no row")
        row.demand(
            accounts.longest_loss <= AT_LEAST + 2 + 2 * INTERVAL + 0.5,
            f"{name}: a kill lost {accounts.longest_loss:.1f} s of polls",
        )
        polls = len(accounts.polls)
        odd = world.meter.devices[int(name[4:])].odd
        say(
            f"   {name}: {polls} polls = {notes['rows']} rows, {notes['held']} held, {notes['lost']} lost by kills "
            f"({accounts.longest_loss:.1f} s at most), {notes['at_stop']} under way at a stop; {notes['idle']} rows said "
            f"nothing new {notes.get('idle rows', '')}; {notes['bad']} rows without a reply, {odd} requests for a part"
        )
        row.notes.append(f"{name} {notes['rows']} rows of {polls} polls")
    if world.sends:
        told_of_kills(world, row)
    if record.packs:
        rows = sum(rows for _, rows, _ in record.packs)
        row.notes.append(f"{len(record.packs)} packs of {rows / len(record.packs):.1f} rows")


def told_of_kills(world, row):
    """A start after a kill says that holds may be lost; one after a stop says nothing."""
    for start in world.record.events("start"):
        previous = start["data"].get("previous")
        if not previous:
            continue
        said = "holds_lost" in previous or "holds_lost" in start["data"]
        row.demand(said or previous["clean"], f"the start after {previous['epoch']} does not tell that holds are lost")
        row.demand(not said or not previous["clean"], f"the start after {previous['epoch']}, which ended in order, tells of lost holds")
