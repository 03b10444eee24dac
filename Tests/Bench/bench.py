"""Measures what the gateway costs, and writes the tables of docs/performance.md.

usage: bench.py [--quick] [--write] [WORK...]      --write: the tables of these works alone into the page
"""

import datetime
import importlib
import os
import platform
import sys
import traceback

from measure import Others, say
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
        write(tables)
        say(f"wrote the tables of {os.path.relpath(PAGE, ROOT)}")
    return 1 if failed else 0


def machine(others):
    """What was measured on, and how much of it was somebody else's."""
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":")[1].strip() for line in file if line.startswith("model name")), platform.machine())
    used = os.times()
    share = others.share(used.user + used.system + used.children_user + used.children_system)
    return (
        f"Measured on {datetime.date.today():%d %B %Y}: {os.cpu_count()} cores, {model}, Linux {platform.release().split('-')[0]}. "
        f"Of all cores' time, {share:.0%} was used by other processes. Figures are medians, with (minimum to maximum) of the rounds."
    )


def write(tables):
    """Puts each table between its markers; the prose around them stays."""
    with open(PAGE) as file:
        text = file.read()
    for name, table in tables.items():
        begin, end = f"<!-- bench: {name} -->", f"<!-- end: {name} -->"
        if begin not in text or end not in text:
            say(f"   {PAGE} has no place for {name}")
            continue
        head, rest = text.split(begin, 1)
        text = f"{head}{begin}\n{table}\n{end}{rest.split(end, 1)[1]}"
    with open(PAGE, "w") as file:
        file.write(text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
