"""Measures what the city's collector costs, beside a plain script and a C program of the same design.

usage: bench.py [--quick] [--write] [--only KIND,...] [WORK...]
       --write: the tables of these works alone into the page
       works: backlog live verdict; kinds: naive reference city
"""

import importlib
import os
import sys
import traceback

from city import CITY, ROOT  # also finds the modules of the gateway's benchmark
from measure import Others, say
from page import machine, write

WORKS = ["backlog", "live", "verdict"]
KINDS = ["naive", "reference", "city"]
PAGE = os.path.join(ROOT, "docs", "performance-city.md")


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
    others = Others()
    tables, failed = {"machine": ""}, False
    for word in wanted:
        say(f"{word}{' (quick)' if quick else ''}")
        try:
            name, text = importlib.import_module("work_" + word).run(quick, kinds)
            tables[name] = text
        except Exception:  # the harness itself; the other works go on
            traceback.print_exc()
            failed = True
    tables["machine"] = machine(others)
    for name, text in tables.items():
        print(f"\n## {name}\n\n{text}")
    if "--write" in arguments or (not quick and wanted == WORKS and kinds == KINDS and not failed):
        write(PAGE, tables)
        say(f"wrote the tables of {os.path.relpath(PAGE, ROOT)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
