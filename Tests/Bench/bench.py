"""Measures what the gateway costs, and writes the tables of docs/performance.md.

usage: bench.py [--quick] [--write] [WORK...]      --write: the tables of these works alone into the page
"""

import importlib
import os
import sys
import traceback

from measure import Others, say
from page import machine, write
from world import ROOT

WORKS = ["live", "rate", "line", "drain", "pending", "disk", "scale", "decode", "uplink", "packs"]
PAGE = os.path.join(ROOT, "docs", "performance.md")


def main(arguments):
    quick = "--quick" in arguments
    wanted = [word for word in arguments if not word.startswith("--")] or WORKS
    unknown = [word for word in wanted if word not in WORKS]
    if unknown:
        print(f"no work is called {', '.join(unknown)}; there are {', '.join(WORKS)}", file=sys.stderr)
        return 2
    others = Others()
    tables, failed = {"machine": ""}, False
    for word in wanted:
        say(f"{word}{' (quick)' if quick else ''}")
        try:
            name, text = importlib.import_module("work_" + word).run(quick)
            tables[name] = text
        except Exception:  # the harness itself; the other works go on
            traceback.print_exc()
            failed = True
    tables["machine"] = machine(others)
    for name, text in tables.items():
        print(f"\n## {name}\n\n{text}")
    if "--write" in arguments or (not quick and wanted == WORKS and not failed):
        write(PAGE, tables)
        say(f"wrote the tables of {os.path.relpath(PAGE, ROOT)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
