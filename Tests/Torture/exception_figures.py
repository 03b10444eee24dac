"""The figures of the same field with and without exceptions: two devices of one script, in one gateway, poll by poll."""

import json
import os
import subprocess
import time

from exception_field import Device
from verdict import Row, say
from world import BINARY, PROFILES, ROOT

# The device that sends what changed, the one that sends each poll, and how both move.
PAIRS = [("dev-1", "dev-4", "moving"), ("dev-2", "dev-5", "steady")]
CATALOGUE = """provisional_every: 1min
grace: 2min
indicators:
"""
FIGURE = """  {name}:
    name: {{ id: {name}, en: {name} }}
    theme: environment
    dimension: environment
    unit: "{unit}"
    method: {{ name: {name}, source: torture }}
    measure: {measure}
{more}    from: [{{ measures: water, {source} }}]
    windows: [{windows}]
    scopes: [device, site, kelurahan]
"""
FIGURES = [
    ("discharge", "L/s", "mean", "    across: sum\n", "values: [discharge]", "15min, hour, day"),
    ("warmth", "Cel", "maximum", "", "values: [temperature]", "15min, hour, day"),
    ("volume", "m3", "sum", "", "increase: [volume]", "15min, hour, day"),
    ("strokes", "1", "sum", "", "increase: [strokes]", "15min, hour, day"),
    ("acid", "%", "share", "    by: [parameter]\n", 'values: [ph], limits: { at_least: 6.95, at_most: 7.03, unit: "[pH]" }, parameter: ph', "15min, hour, day"),
    ("there", "%", "availability", "", "values: [ph, level]", "day"),
]
# How far a figure of held polls may be off: its deadband, and the polls that a kill lost of one of the two.
BANDS = {"discharge": 0.4, "warmth": 0.5, "volume": 5.4, "strokes": 1, "acid": 100, "there": 5}
SAME = ("value", "minimum", "maximum", "counted", "received", "excluded", "quality", "reason")


def figures(quick, make, moving, steady):
    row = Row("exception, figures", rounds=1)
    world = make(
        devices={unit: Device("steady" if unit in (2, 5) else "moving", 2 if unit in (2, 5) else 1) for unit in (1, 2, 4, 5)},
        sends={"dev-1": moving, "dev-2": steady}, interval=0.5, sites={f"dev-{unit}": f"place-{unit}" for unit in (1, 2, 4, 5)},
    )
    try:
        if world.is_unknown():
            row.skipped = "this gateway does not know the keys"
            return row
        observe(world, row, quick)
    finally:
        world.close()
    return row


def observe(world, row, quick):
    with open(os.path.join(world.folder, "indicators.yaml"), "w") as file:
        file.write(CATALOGUE + "".join(
            FIGURE.format(name=name, unit=unit, measure=measure, more=more, source=source, windows=windows)
            for name, unit, measure, more, source, windows in FIGURES
        ))
    world.start()
    world.wait_running()
    time.sleep(40 if quick else 400)
    compare(row, "running", *settled(world))
    world.restart()
    time.sleep(10 if quick else 60)
    compare(row, "after a stop", *settled(world))
    recompute(world, row, "recompute")
    world.kill()
    world.start()
    world.wait_running()
    time.sleep(15 if quick else 60)
    compare(row, "after a kill", *settled(world, tries=5))
    # What a kill took of a hold that is in the bins can be in no row: such a day may be refused, and is never made less.
    recompute(world, row, "recompute after a kill", may_refuse=world.sends)
    # The journal holds no held polls, only rows that say for how many they stand.
    compare(row, "recomputed", settled(world, tries=5)[0], False)


def recompute(world, row, when, may_refuse=()):
    """What stands in the journal, held polls included, comes to the same figures within the deadbands."""
    told = command(world, "recompute", "--reason", "torture")
    lines = (told.stdout + told.stderr).strip().splitlines()
    say(f"   {when} ({told.returncode}): {lines[-1] if lines else ''}")
    refused = [line for line in lines if line.startswith("refused") and not any(f" {name}/" in line for name in may_refuse)]
    for line in refused[:3]:
        say(f"      {line}")
    row.demand(not refused, f"{when}: {len(refused)} figures refused")
    row.demand(told.returncode in (0, 1), f"{when} ended with {told.returncode}")
    time.sleep(5)
    for change in (change for event in world.record.events("recomputed") for change in event["data"].get("changed", [])):
        say(f"      {change}")
        exact = change["scope"] in ("device-dev-2", "device-dev-4", "device-dev-5")
        far = change["old"] is None or change["new"] is None or abs(float(change["old"]) - float(change["new"])) > BANDS.get(change["indicator"], 0)
        if exact or far:
            row.demand(False, f"recomputed {change['indicator']} of {change['scope']}: {change['old']} became {change['new']}")


def command(world, *words):
    return subprocess.run(
        [BINARY, "indicators", words[0], "--config", world.config, "--profiles", PROFILES, "--profiles",
         os.path.join(ROOT, "devices"), "--from", day(), "--to", day(), *words[1:]],
        capture_output=True, text=True,
    )


def day():
    # The default zone is seven hours ahead.
    return time.strftime("%Y-%m-%d", time.gmtime(time.time() + 7 * 3600))


def settled(world, tries=20):
    """The figures at a moment in which both of a pair have the same number of polls; and whether there was one."""
    for _ in range(tries):
        told = export(world)
        pairs = [
            (body["received"], other(told, key)["received"]) for key, body in told.items()
            if key[1] in ("device-dev-1", "device-dev-2") and other(told, key)
        ]
        if pairs and all(a == b for a, b in pairs):
            return told, True
        time.sleep(0.13)
    return told, False


def other(told, key):
    twin = {f"device-{a}": f"device-{b}" for a, b, _ in PAIRS}.get(key[1])
    return told.get((key[0], twin, *key[2:])) if twin else None


def export(world):
    told = command(world, "export", "--format", "json", "--window", "15min", "--window", "hour", "--window", "day")
    if told.returncode:
        raise RuntimeError(f"export ended with {told.returncode}: {told.stderr[:300]}")
    figures = (json.loads(line) for line in told.stdout.splitlines())
    return {(f["indicator"], f["scope"], f["window"], f["from"]): f for f in figures}


def compare(row, when, told, exact):
    """Each figure of a device that sends what changed beside that of its twin, which sends each poll.

    `exact`: both had the same polls. Otherwise this machine missed polls of one of them, or a kill lost some.
    """
    compared, differ = 0, []
    for key, body in told.items():
        twin = other(told, key)
        if not twin:
            continue
        compared += 1
        unlike = {k: (body.get(k), twin.get(k)) for k in SAME if is_unlike(key, body.get(k), twin.get(k), k, body)}
        if unlike:
            differ.append((key, unlike))
    say(f"   {when}: {compared} pairs of figures, {len(differ)} differ{'' if exact else '; not the same polls'}")
    row.notes.append(f"{when}: {'the same polls, ' if exact else ''}{len(differ)} of {compared} differ")
    for key, unlike in differ[:6]:
        say(f"      {' '.join(key)}: {unlike}")
    row.readings += compared
    row.demand(compared > 0, f"{when}: nothing to compare")
    if exact:
        row.demand(not differ, f"{when}: {len(differ)} of {compared} figures differ from the field without exceptions")
        return
    for key, unlike in differ:
        if key[1] == "device-dev-2" and "received" not in unlike:
            row.demand(False, f"{when}: {key[0]} of {key[2]} differs, and nothing has a deadband: {unlike}")
        for name in ("value", "minimum", "maximum"):
            value, twin = unlike.get(name, (0, 0))
            if value is None or twin is None or abs(value - twin) > BANDS.get(key[0], 0):
                row.demand(False, f"{when}: {name} of {key[0]} of {key[1]} is {value} and {twin}, beyond the deadband")


def is_unlike(key, a, b, name, body):
    """Means and shares are taken over time: polls of one tick are some milliseconds apart, and one value may yet hold."""
    if name == "value" and key[0] in ("discharge", "acid") and None not in (a, b):
        return abs(a - b) > 3 / max(body["received"], 1) * max(abs(a), abs(b))
    return a != b
