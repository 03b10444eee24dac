#!/usr/bin/env python3
"""Checks examples/grafana/gateway.json as JSON: its metrics are in docs/metrics.md. No Grafana imports it here.

usage: check_grafana.py [--bin DIR --profiles DIR]     (neither is used)
"""
import json
import os
import re
import sys

from world import EXAMPLES, ROOT, False_, fact


def main():
    with open(os.path.join(ROOT, "docs", "metrics.md"), encoding="utf-8") as file:
        families = re.findall(r"^\| `([a-z_]+)` \| (\w+) \|", file.read(), re.MULTILINE)
    names = {"up"}
    for name, kind in families:
        names |= {name + end for end in ("_bucket", "_sum", "_count")} if kind == "histogram" else {name}
    fact("docs/metrics.md names families", len(families) > 40)
    with open(os.path.join(EXAMPLES, "grafana", "gateway.json"), encoding="utf-8") as file:
        board = json.load(file)
    panels = [panel for panel in board["panels"] if panel["type"] != "row"]
    fact("the board is JSON, and has panels with ids of their own",
         len(panels) > 20 and len({panel["id"] for panel in board["panels"]}) == len(board["panels"]))
    asked = set()
    for panel in panels:
        for target in panel["targets"]:
            asked |= set(re.findall(r"\b(?:gateway|process)_[a-z0-9_]+", target["expr"]))
    fact("it asks for metrics", len(asked) > 10)
    fact("each of them is in docs/metrics.md", asked <= names, sorted(asked - names))


try:
    main()
except False_ as error:
    sys.exit(f"FALSE: {error}")
