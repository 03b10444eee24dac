"""Holds what a fleet was promised against what a database has."""

from dataclasses import dataclass, field

ROWS = """
select g.name, e.name, r.seq, extract(epoch from r.time)::text, r.sample, r.place
from (
    select epoch, seq, time, coalesce(v[array_position(points, 'sample')]::text, '') as sample, 'reading' as place
    from reading join form on form.id = form
    union all select epoch, seq, time, '', 'event' from event
    union all select epoch, seq, time, '', 'unsynchronised' from unsynchronised
) r join epoch e on e.id = r.epoch join gateway g on g.id = e.gateway
"""
LEDGER = """
with there as (
    select epoch, range_agg(int8range(seq, seq + 1)) as have from (
        select epoch, seq from reading union all select epoch, seq from event
        union all select epoch, seq from unsynchronised
    ) as row group by epoch
)
select coalesce(l.epoch, t.epoch), l.have, t.have from ledger l full join there t using (epoch)
where coalesce(l.have, '{}') <> coalesce(t.have, '{}')
"""


@dataclass
class Proof:
    rows: int = 0
    promised: int = 0
    lost: list = field(default_factory=list)  # acknowledged, and not there
    twice: list = field(default_factory=list)
    wrong: list = field(default_factory=list)  # never sent, or with another value or time
    ledger: list = field(default_factory=list)  # epochs whose ledger says something else than the rows
    unsynchronised: int = 0


def prove(boxes, query):
    """`boxes`: those of the fleet; several may have one name, such as a box and its clone."""
    proof = Proof()
    promised, entries = {}, {}
    for box in boxes:
        for key, entry in box.acknowledged.items():
            promised[box.name, *key] = entry
        for key in box.sent:
            entries[box.name, *key] = box.acknowledged.get(key) or box.journal.kept.get(key)
    proof.promised = len(promised)
    seen = set()
    for gateway, epoch, seq, time, sample, where in query(ROWS):
        key = (gateway, epoch, int(seq))
        proof.rows += 1
        proof.unsynchronised += where == "unsynchronised"
        if key in seen:
            proof.twice.append(key)
        seen.add(key)
        if key not in entries:
            proof.wrong.append((key, "was never sent"))
            continue
        entry = entries[key]
        if entry is None:
            continue
        if where == "reading" and sample and float(sample) != int(seq):
            proof.wrong.append((key, f"sample {sample}"))
        if (where == "event") != ("event" in entry.body) and where != "unsynchronised":
            proof.wrong.append((key, f"is in {where}"))
        if where != "unsynchronised" and abs(float(time) - entry.made) > 0.0021 and not entry.boot:
            proof.wrong.append((key, f"time is off by {float(time) - entry.made:.3f} s"))
    proof.lost = sorted(set(promised) - seen)
    proof.ledger = query(LEDGER)
    return proof
