"""Measures what the city's collector costs, beside a plain script and a C program of the same design.

usage: bench.py [--quick] [--only KIND] [WORK...]      works: backlog live verdict; kinds: naive reference city
"""

import importlib
import sys
import traceback

from city import CITY  # also finds the modules beside it
from measure import say

WORKS = ["backlog", "live", "verdict"]
KINDS = ["naive", "reference", "city"]


def main(arguments):
    quick = "--quick" in arguments
    kinds = KINDS
    if "--only" in arguments:
        place = arguments.index("--only")
        kinds = arguments[place + 1].split(",")
        del arguments[place : place + 2]
    wanted = [word for word in arguments if not word.startswith("--")] or WORKS
    unknown = [word for word in wanted if word not in WORKS] + [kind for kind in kinds if kind not in KINDS]
    if unknown:
        print(f"unknown: {', '.join(unknown)}; works: {', '.join(WORKS)}; kinds: {', '.join(KINDS)}", file=sys.stderr)
        return 2
    say(f"the collector is {CITY}")
    tables, failed = {}, False
    for word in wanted:
        say(f"{word}{' (quick)' if quick else ''}")
        try:
            name, text = importlib.import_module("work_" + word).run(quick, kinds)
            tables[name] = text
        except Exception:  # the harness itself; the other works go on
            traceback.print_exc()
            failed = True
    for name, text in tables.items():
        print(f"\n## {name}\n\n{text}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
