#!/usr/bin/env python3
"""Proves examples/spreadsheet: a row a figure, the newest revision, numbers that a spreadsheet takes as numbers.

usage: check_spreadsheet.py --bin DIR --profiles DIR
"""
import csv
import datetime
import glob
import os
import shutil
import signal
import sys
import zoneinfo

from world import World, fact, valid, wait

import openpyxl

with World("sheet", interval="100ms", more="timezone: Asia/Jakarta\n") as world:
    def figures(times, *more):
        child = world.start("figures", sys.executable, world.example("spreadsheet", "figures.py"), "--open",
                            "--folder", world.folder, "--port", world.port, *more)
        wait("figures.py is ready", world.said("figures", "ready\n", times))
        return child

    def rows():
        """The rows of all months, by their key."""
        found = {}
        for path in glob.glob(world.path("figures-*.csv")):
            with open(path, newline="", encoding="utf-8-sig") as file:
                for row in csv.DictReader(file, delimiter=";"):
                    found[tuple(row[name] for name in ("source", "indicator", "scope", "window", "from"))] = row
        return found

    def key(figure):
        begin = datetime.datetime.fromisoformat(figure["from"]).astimezone(zoneinfo.ZoneInfo(figure["zone"]))
        return (figure.get("gateway", figure.get("city")), figure["indicator"], figure["scope"], figure["window"],
                f"{begin:%Y-%m-%d %H:%M}")

    broker = world.start_broker()
    world.witness("kediri/indicators/#")
    writing = figures(1)
    world.start_meter()
    gateway = world.start_gateway()
    topic = f"kediri/indicators/{world.gateway}/environment/water-volume/site-sumber-soyo/day"
    wait("the gateway publishes a figure of the day", lambda: topic in dict(world.heard()))
    figure = dict(world.heard())[topic]
    fact("every figure fits its schema", all(valid("indicator", payload) for _, payload in world.heard()))
    wait("each figure of the gateway is a row", lambda: {key(payload) for _, payload in world.heard()} == set(rows()))
    fact("an open window is provisional", rows()[key(figure)]["provisional"] == "yes")

    # Days do not end within a check: closed figures, made of the gateway's own. figures.py is killed and away.
    world.end(gateway)
    world.end(writing, signal.SIGKILL)
    good = {name: value for name, value in figure.items() if name not in ("quality", "reason")}
    closed = {**good, "provisional": False, "value": 1204.5, "completeness": 0.9932, "revision": 1442,
              "target": {"year": 2026, "value": 1100, "sense": "at_least", "standing": "met"}}
    late = {**closed, "value": 1210.25, "revision": 1500}
    before = {**good, "value": 7, "revision": 1439}
    for name, payload in [("final", closed), ("final", late), ("final", closed), ("", before)]:
        fact(f"a figure of revision {payload['revision']} fits its schema", valid("indicator", payload))
        world.publish(f"{topic}/{name}".rstrip("/"), payload)
    city = {**{name: value for name, value in closed.items() if name not in ("gateway", "readings")}, "city": "kediri",
            "scope": "kota", "value": 3613.5, "gateways": 3, "silent": [],
            "parts": {"merging": "sum", "count": 1, "sum": 3613.5}}
    fact("a figure of the city fits its schema", valid("city-indicator", city))
    world.publish("kediri/city/indicators/environment/water-volume/kota/day/final", city)
    writing = figures(2)
    wait("the city's figure is a row", lambda: key(city) in rows())
    row = rows()[key(figure)]
    fact("the highest revision holds, whatever came after it", row["revision"] == "1500", row)
    fact("the number has a decimal comma", row["value"] == "1210,25" and row["completeness"] == "0,9932", row)
    fact("the window is closed, and has met its target",
         (row["provisional"], row["target"], row["standing"]) == ("no", "1100", "met"), row)
    world.publish(topic + "/final", "no figure")
    wait("what is no figure is left out, and said", world.said("figures", "left out"))

    # A spreadsheet opens it, set as in Indonesia: columns by ";", numbers with a comma.
    (path,) = [path for path in glob.glob(world.path("figures-*.csv")) if f"{key(figure)[4][:7]}" in path]
    office = shutil.which("soffice")
    fact("LibreOffice is installed", office)
    # 59: ";" between columns; 34: quotes; 76: UTF-8; 1: from the first line; 1057: Indonesian.
    done = world.run(office, "--headless", f"-env:UserInstallation=file://{world.path('office')}", "--convert-to",
                     "xlsx", "--infilter=CSV:59,34,76,1,,1057,false,true", "--outdir", world.path("sheets"), path)
    opened = os.path.join(world.path("sheets"), os.path.basename(path)[:-3] + "xlsx")
    fact("LibreOffice opens the file", done.returncode == 0 and os.path.exists(opened), done.stdout + done.stderr)
    head, *table = openpyxl.load_workbook(opened).active.iter_rows(values_only=True)
    sheet = {cells[:4]: dict(zip(head, cells)) for cells in table if cells[4] is not None}
    cells = sheet[(world.gateway, "water-volume", "site-sumber-soyo", "day")]
    fact("the value is a number in it", cells["value"] == 1210.25 and cells["target"] == 1100, cells)
    fact("the beginning of the window is a date in it", isinstance(cells["from"], datetime.datetime), cells)

    # The other way: the gateway itself writes a workbook.
    book = world.path("evidence.xlsx")
    today = key(figure)[4][:10]
    done = world.run(
        world.program, "indicators", "export", "--config", world.path("gateway.yaml"), "--profiles", world.profiles,
        "--from", today, "--to", today, "--format", "xlsx", "--output", book)
    fact("gateway indicators export writes a workbook", done.returncode == 0, done.stderr)
    fact("openpyxl reads it", len(openpyxl.load_workbook(book).worksheets) == 2)
