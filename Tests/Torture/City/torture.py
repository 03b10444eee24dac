"""Makes real faults around the city's collector, and holds the database against what the gateways were promised.

usage: torture.py [--quick] [FAULT...]
"""

import importlib
import sys
import traceback

from city_world import CITY  # also finds the modules of the gateway's torture
from engine import Missing
from verdict import Row, Skipped, say, table

FAULTS = [
    "collector",
    "rivals",
    "database",
    "promotion",
    "disk",
    "forgetting",
    "verdicts",
    "boxes",
    "poison",
    "refusal",
    "nats",
    "rabbitmq",
]


def main(arguments):
    quick = "--quick" in arguments
    wanted = [word for word in arguments if not word.startswith("--")] or FAULTS
    unknown = [word for word in wanted if word not in FAULTS]
    if unknown:
        print(f"no fault is called {', '.join(unknown)}; there are {', '.join(FAULTS)}", file=sys.stderr)
        return 2
    say(f"the collector is {CITY}")
    rows = []
    try:
        for word in wanted:
            say(f"{word}{' (quick)' if quick else ''}")
            rows += one(word, quick)
    except KeyboardInterrupt:
        say("broken off")
        rows.append(Row("the rest", skipped="broken off"))
    table(rows)
    return 1 if any(row.fails for row in rows) else 0


def one(word, quick):
    try:
        return importlib.import_module("fault_" + word).run(quick)
    except (Skipped, Missing) as reason:
        say(f"   skipped: {reason}")
        return [Row(word, skipped=str(reason))]
    except Exception as error:  # the harness itself; the other faults go on
        traceback.print_exc()
        return [Row(word, broken=[f"the harness failed: {error!r}"])]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
