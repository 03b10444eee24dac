"""Do rows and holds add up? Compares what a subscriber holds with the device's own log, poll by poll."""

import bisect

from exception_field import single
from record import instant

# Between the device's reply and the gateway's time for it, on a busy machine.
LATE = 0.15
COUNTERS = ("volume", "strokes")


class Rule:
    """What a device's `send` says: deadbands by point, as a number, or as a share of the sent value ("5 %")."""

    def __init__(self, deadbands, at_least_every):
        self.deadbands, self.at_least_every = deadbands, at_least_every

    @property
    def key(self):
        bands = ", ".join(f"{point}: {band}" for point, band in self.deadbands.items())
        return f"send: {{ when: changed, deadband: {{ {bands} }}, at_least_every: {self.at_least_every}s }}"

    def holds(self, point, sent, value):
        """Whether a value says the same as the sent one."""
        band = self.deadbands.get(point)
        if isinstance(sent, float) and isinstance(value, float) and band is None:
            return single(sent) == single(value)  # the shortest digits of a float32 stand in the row
        if sent is None or value is None or band is None:
            return sent == value
        width = abs(sent) * float(band.split()[0]) / 100 if isinstance(band, str) else band
        return abs(value - sent) <= width * (1 + 1e-6) + 1e-9

    def widest(self, other):
        """Where a configuration changed between two rows, nothing that either of them holds is wrong."""

        def width(band):
            return float(band.split()[0]) if isinstance(band, str) else band

        both = {
            point: max(band, other.deadbands[point], key=width)
            for point, band in self.deadbands.items() if point in other.deadbands
        }
        return Rule(both, max(self.at_least_every, other.at_least_every))


class Accounts:
    """One device's rows against its polls."""

    def __init__(self, name, rows, polls, rules, interval, breaks=(), lost_in=()):
        self.name, self.polls, self.rules, self.interval = name, polls, rules, interval
        # By epoch in order of time, then by seq.
        self.rows = sorted(rows, key=lambda row: (int(row["epoch"].split("-")[0]), row["seq"]))
        self.breaks = breaks  # moments of a stop or reload: a row goes out then, whatever it says
        self.lost_in = lost_in  # (from, to) of kills: what was held or not yet safe then
        self.wrong, self.notes = [], {"rows": 0, "bad": 0, "held": 0, "idle": 0, "lost": 0, "at_stop": 0}
        self.longest_loss = 0.0
        self.times = [poll.at for poll in polls]

    def rule(self, row):
        at = instant(row["time"])
        return next(rule for since, rule in reversed(self.rules) if at >= since)

    def flaw(self, row, text):
        self.wrong.append((row["id"], f"{self.name}: {text}"))

    def judge(self):
        earlier, expected = None, 1
        for row in self.rows:
            held = row.get("held", 0)
            number = row["points"]["poll"].get("value")
            self.notes["bad" if number is None else "rows"] += 1
            if ("held" in row) != ("held_until" in row) or ("held" in row and held < 1):
                self.flaw(row, f"held {row.get('held')} with held_until {row.get('held_until')}")
            if earlier is None and held:
                self.flaw(row, f"held {held} with no earlier row")
            of_polls = earlier is not None and earlier["points"]["poll"].get("value") is not None
            if of_polls:
                self.held(earlier, row, expected, held)
                expected += held
                self.notes["held"] += held
            if number is not None:
                self.missing(earlier, row, expected, number)
                self.values(row, number)
                expected = number + 1
            self.spacing(earlier, row)
            earlier = row
        self.chains()
        return expected

    def missing(self, earlier, row, expected, number):
        """Polls that neither a row nor a hold accounts for."""
        if number == expected:
            return
        if number < expected:
            self.flaw(row, f"is poll {number}; by rows and holds it is {expected} at least")
            return
        begin, end = self.times[expected - 1], self.times[number - 2]
        lost = number - expected
        excuse = next(((a, b) for a, b in self.lost_in if begin >= a - LATE and end <= b + LATE), None)
        if excuse and earlier is not None and row["epoch"] != earlier["epoch"]:
            self.notes["lost"] += lost
            self.longest_loss = max(self.longest_loss, excuse[1] - begin)
        elif lost == 1 and any(abs(moment - end) < 1 for moment in self.breaks):
            # Its reply was on the way when the gateway stopped listening.
            self.notes["at_stop"] += 1
        else:
            self.flaw(row, f"is poll {number}, but by rows and holds {expected}: {lost} polls unaccounted")

    def held(self, earlier, row, first, count):
        """Each held poll says the same as the earlier row, within its deadbands."""
        if not count:
            return
        rule = self.rule(earlier).widest(self.rule(row))
        last = first + count - 1
        if last > len(self.polls):
            self.flaw(row, f"held {count}: more than the device was asked")
            return
        until = instant(row["held_until"])
        if abs(until - self.polls[last - 1].at) > LATE:
            self.flaw(row, f"held_until is {until - self.polls[last - 1].at:+.3f} s from the last held poll")
        if not instant(earlier["time"]) <= until <= instant(row["time"]):
            self.flaw(row, "held_until is not between the two rows")
        for number in range(first, last + 1):
            truth = self.polls[number - 1].values
            for point, body in earlier["points"].items():
                if body.get("reason") == "counter_reset":
                    continue
                said, was = body.get("value"), truth[point]
                good = body.get("quality") != "bad"
                if point == "ph" and good != (0 <= was <= 14) or not rule.holds(point, said, was):
                    self.flaw(row, f"poll {number} was held: {point} {was} after a row of {said}")
                    return

    def values(self, row, number):
        if number > len(self.polls):
            self.flaw(row, f"is poll {number}, which was never asked")
            return
        poll = self.polls[number - 1]
        if abs(instant(row["time"]) - poll.at) > LATE:
            self.flaw(row, f"has a time {instant(row['time']) - poll.at:+.3f} s from its poll")
        for point, body in row["points"].items():
            said, was = body.get("value"), poll.values[point]
            same = said == was if isinstance(was, str) or was is None or said is None else abs(said - was) <= 1e-6 * abs(was)
            if not same:
                self.flaw(row, f"{point} is {said}, of poll {number} it is {was}")

    def spacing(self, earlier, row):
        """A row was due, and no row came that said nothing new."""
        if earlier is None or earlier["epoch"] != row["epoch"]:
            return
        rule = self.rule(earlier)
        apart = instant(row["time"]) - instant(earlier["time"])
        if not rule.at_least_every:
            return
        # A poll without a reply takes its time.
        silence = 1 if None in (earlier["points"]["poll"].get("value"), row["points"]["poll"].get("value")) else 0
        if apart > rule.at_least_every + (2 + row.get("missed", 0)) * self.interval + LATE + silence:
            self.flaw(row, f"came {apart:.1f} s after the row before, with at_least_every {rule.at_least_every} s")
        if apart >= rule.at_least_every - self.interval - LATE:
            return
        if any(abs(moment - instant(row["time"])) < 2 for moment in self.breaks):
            return
        for point, body in row["points"].items():
            before = earlier["points"].get(point, {})
            if (body.get("quality"), body.get("reason")) != (before.get("quality"), before.get("reason")):
                return
            if not rule.holds(point, before.get("value"), body.get("value")):
                return
        self.notes["idle"] += 1
        if self.notes["idle"] <= 3:
            self.notes.setdefault("idle rows", []).append(row["id"])

    def chains(self):
        """`since` names the row before that carried the counter, and the increases sum up to the difference of totals."""
        for counter in COUNTERS:
            carried = []  # (time, value) of the rows that carried it
            for row in self.rows:
                body = row["points"][counter]
                if body.get("value") is None or body.get("quality") == "bad":
                    continue
                if "since" in body:
                    self.link(row, counter, body, carried)
                carried.append((row["time"], body["value"], row["epoch"]))

    def link(self, row, counter, body, carried):
        times = [time for time, _, _ in carried]
        if body["since"] not in times:
            self.flaw(row, f"{counter} has since {body['since']}, when no row of this device carried it; the one before is {times[-1:]}")
            return
        place = len(times) - 1 - times[::-1].index(body["since"])
        if place != len(times) - 1 and carried[place][2] == row["epoch"]:
            self.flaw(row, f"{counter} has since {body['since']}, but the row before that carried it is of {times[-1]}")
        if body.get("reason") == "counter_reset":
            return
        if abs(body["increase"] - (body["value"] - carried[place][1])) > 1e-6:
            self.flaw(row, f"{counter} increased by {body['increase']}, and {carried[place][1]} became {body['value']}")


def tail(accounts, expected, ended):
    """Polls after the last row of all: at most the one under way at the end."""
    return bisect.bisect_left(accounts.times, ended) - (expected - 1)
