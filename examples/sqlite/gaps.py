"""Says which numbers of an archive are missing, and why: archive.py --gaps. docs/topics.md, Identity, has the rules."""
import json
import sqlite3


def split(ranges, others):
    """Returns the parts of the ranges that lie in the others, and the parts that do not."""
    inside, outside = [], []
    for first, last in ranges:
        for low, high in sorted(others):
            if max(first, low) <= min(last, high):
                outside += [(first, low - 1)] if first < low else []
                inside.append((max(first, low), min(last, high)))
                first = high + 1
        outside += [(first, last)] if first <= last else []
    return inside, outside


def counter(epoch):
    return int(epoch.partition("-")[0])


class Gateway:
    """What the archive has of one gateway."""

    def __init__(self, db, name, destination):
        self.db, self.name = db, name
        self.epochs = {epoch: (low, high) for epoch, low, high in db.execute(
            "SELECT epoch, min(seq), max(seq) FROM entries WHERE gateway = ? GROUP BY 1 ORDER BY min(rowid)", (name,))}
        # The archive began within this epoch. Nobody knows what of it, and of earlier ones, was sent before.
        self.began = counter(next(iter(self.epochs)))
        self.ends, self.reported = {}, {}
        for event, text in db.execute(
            "SELECT event, json -> 'data' FROM entries WHERE gateway = ? AND event IN ('start', 'gap')", (name,)
        ):
            data = json.loads(text)
            if event == "start" and "previous" in data:
                epoch = data["previous"]["epoch"]
                self.ends[epoch] = data["previous"]["committed_through"]
                if counter(epoch) > self.began:
                    self.epochs.setdefault(epoch, (1, 0))
            # A gap that does not concern this destination takes nothing from it.
            elif event == "gap" and destination in data.get("destinations", [data.get("destination")]):
                for part in data.get("ranges", [data]):
                    # The same gap may come under two identities: a set has it once.
                    self.reported.setdefault(part["epoch"], set()).add((part["first"], part["last"], part["count"]))
        found = db.execute("SELECT json FROM statuses WHERE gateway = ?", (name,)).fetchone()
        self.status = json.loads(found[0]) if found else {"epoch": "0-", "last_seq": 0, "destinations": {}}
        self.state = self.status["destinations"].get(destination, {})

    def settled(self, epoch):
        """The last number about which the newest status says whether the gateway still owes it."""
        if epoch == self.status["epoch"]:
            return self.status["last_seq"]
        # After a new journal the counter begins at 1 again: then the order in which the epochs came decides.
        order = [name for name in self.epochs if name in (epoch, self.status["epoch"])]
        later = counter(epoch) > counter(self.status["epoch"]) and order[-1] == epoch
        older = "owed_older" in self.state and epoch not in self.state["owed"]
        return 0 if later or older else 1 << 62

    def missing(self, epoch):
        """Ranges of numbers that the epoch had and the archive has not."""
        low, high = self.epochs[epoch]
        last = max(high, self.settled(epoch)) if epoch == self.status["epoch"] else high
        # Above the end of an epoch that was killed, some entries came live and the others do not exist any more.
        end = self.ends.get(epoch, last)
        ranges = self.db.execute(
            """SELECT seq + 1, next - 1 FROM (SELECT seq, lead(seq) OVER (ORDER BY seq) AS next FROM entries
               WHERE gateway = ? AND epoch = ?) WHERE next > seq + 1""", (self.name, epoch)).fetchall()
        ranges += [(1, low - 1)] if counter(epoch) > self.began else []
        ranges += [(high + 1, end)]
        return end, [(low, min(high, end)) for low, high in sorted(ranges) if low <= min(high, end)]


def words(ranges):
    return ", ".join(f"{low} to {high}" if low < high else f"{low}" for low, high in ranges)


def tell(file, destination, prefix):
    """Prints it. Returns 1 where something is missing that may still come, else 0."""
    db = sqlite3.connect(f"file:{file}?mode=rw", uri=True)
    open_ = 0
    for (name,) in db.execute("SELECT DISTINCT gateway FROM entries ORDER BY 1").fetchall():
        gateway = Gateway(db, name, destination)
        for epoch in gateway.epochs:
            end, missing = gateway.missing(epoch)
            gone = gateway.reported.get(epoch, ())
            lost, rest = split(missing, [gap[:2] for gap in gone])
            coming, rest = split(rest, gateway.state.get("owed", {}).get(epoch, ()))
            behind, unknown = split(rest, [(1, gateway.settled(epoch))])
            count = sum(high - low + 1 for low, high in lost)
            for ranges, why in [
                (lost, f"lost; events gap report {sum(gap[2] for gap in gone)} there, and {count} are missing"),
                (coming, "on their way: the gateway still owes them"),
                (unknown, "missing; no status has come yet that says more"),
                (behind, "missing, and the gateway owes them no more: ask for them again"),
            ]:
                if ranges:
                    print(f"{name} {epoch}: {words(ranges)} {why}")
            if behind:
                request = {"v": 1, "epoch": epoch, "ranges": behind[:100]}
                print(f"ask {prefix}/requests/{name} {json.dumps(request, separators=(',', ':'))}")
            if not missing:
                print(f"{name} {epoch}: all here up to {end}")
            open_ += len(coming + unknown + behind)
    return 1 if open_ else 0
