#!/usr/bin/env python3
"""Proves examples/alerts: each rule says once when it begins and once when it ends, also across restarts.

usage: check_alerts.py --bin DIR --profiles DIR
"""
import os
import signal
import sys

from world import World, fact, valid, wait

RULES = """
run = ["{command}"]
[[rule]]
when = "device_down"
for_minutes = 0.02
[[rule]]
when = "gateway_offline"
silent_minutes = 10
[[rule]]
when = "below_target"
windows = ["day"]
[[rule]]
when = "incomplete"
windows = ["day"]
only = "*/water-volume/site-*"
[[rule]]
when = "gap"
quiet_minutes = 0.05
"""

with World("alerts", interval="100ms") as world:
    command = world.path("message")
    with open(command, "w") as file:
        file.write(f'#!/bin/sh\nprintf "%s: %s\\n" "$1" "$2" >>{world.path("messages.log")}\n')
    os.chmod(command, 0o755)
    rules = world.path("rules.toml")
    with open(rules, "w") as file:
        file.write(RULES.format(command=command))
    cable = world.path("cables", "flow-soyo")

    def alerts(lang="en"):
        return world.start("alerts", sys.executable, world.example("alerts", "alerts.py"), "--rules", rules,
                           "--state", world.path("alerts.json"), "--lang", lang,
                           "-h", "127.0.0.1", "-p", world.port, "-i", "alerts")

    def said(words, times=1):
        wait(f"it says: {words}", world.said("alerts", words, times))

    broker = world.start_broker()
    world.witness("kediri/gateways/#", "kediri/indicators/#", "kediri/readings/#")
    alerting = alerts()
    wait("the alerts listen", world.said("mosquitto", "Sending SUBACK to alerts"))
    world.start_meter()
    gateway = world.start_gateway()
    day = f"{world.gateway}/water-volume/site-sumber-soyo/day"
    topic = f"kediri/indicators/{world.gateway}/environment/water-volume/site-sumber-soyo/day"
    wait("the gateway publishes a figure of the day", lambda: topic in dict(world.heard()))
    figure = dict(world.heard())[topic]
    fact("the figure fits its schema, and lacks most of the day's readings",
         valid("indicator", figure) and figure["completeness"] < 0.9)
    said(f"BEGIN {day} is incomplete")

    # A cable is pulled. The alerts are killed in the middle, and say nothing twice.
    wait("the meter answers", lambda: any("/readings/" in name for name, _ in world.heard()))
    open(cable, "w").close()
    said(f"BEGIN device {world.gateway}/flow-soyo does not answer")
    wait("the state file has it", lambda: "flow-soyo" in open(world.path("alerts.json")).read())
    world.end(alerting, signal.SIGKILL)
    alerting = alerts()
    wait("the alerts listen again", world.said("mosquitto", "Sending SUBACK to alerts", 2))
    os.remove(cable)
    said(f"END device {world.gateway}/flow-soyo does not answer")

    # The gateway is killed: the broker says so in its place.
    world.end(gateway, signal.SIGKILL)
    said(f"BEGIN gateway {world.gateway} is offline")
    gateway = world.start_gateway()
    said(f"END gateway {world.gateway} is offline")

    # A gap: the gateway is asked for an epoch that it does not know.
    world.publish(f"kediri/requests/{world.gateway}", {"v": 1, "epoch": "9-0a1b2c3d", "ranges": [[7, 9]]})
    said(f"BEGIN gateway {world.gateway} reports lost readings")
    said(f"END gateway {world.gateway} reports lost readings")
    gap = next(payload for _, payload in world.heard() if payload.get("event") == "gap")
    fact("the gateway's event fits its schema", valid("gateway-event", gap))

    # Days do not end within a check: two closed windows and a whole one, made of the gateway's own figure.
    world.end(gateway)
    said(f"BEGIN gateway {world.gateway} is offline", 2)
    good = {key: value for key, value in figure.items() if key not in ("quality", "reason")}
    target = {"year": 2026, "value": 1100, "sense": "at_least"}
    for standing, value in [("missed", 900), ("missed", 950), ("met", 1200)]:
        closed = {**good, "provisional": False, "value": value, "target": {**target, "standing": standing}}
        fact(f"a closed figure that has {standing} its target fits the schema", valid("indicator", closed))
        world.publish(topic + "/final", closed)
    said(f"BEGIN {day} has missed its target")
    said(f"END {day} has missed its target")
    whole = {**good, "value": 1200, "completeness": 0.99}
    fact("a whole figure fits the schema", valid("indicator", whole))
    world.publish(topic, whole, "-r")
    said(f"END {day} is incomplete")
    for words in ["is incomplete", "flow-soyo does not answer", "has missed its target", "reports lost readings"]:
        for what in ("BEGIN", "END"):
            fact(f"{what} once: {words}", len([
                line for line in world.log("alerts").splitlines() if what in line and line.endswith(words)
            ]) == 1, world.log("alerts"))
    count = world.log("alerts").count(" BEGIN ") + world.log("alerts").count(" END ")
    wait("the command ran for each of them", lambda: len(world.log("messages").splitlines()) == count)
    fact("it got the sentence", world.log("messages").startswith(f"BEGIN: {day} is incomplete\n"))

    # In Indonesian.
    world.end(alerting)
    alerting = alerts("id")
    world.start_gateway()
    said(f"SELESAI gateway {world.gateway} offline")
