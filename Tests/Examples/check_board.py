#!/usr/bin/env python3
"""Proves examples/board: each retained figure is on the page, grey where it is not sure, also after kills.

usage: check_board.py --bin DIR --profiles DIR
"""
import os
import re
import signal
import sys

from world import World, fact, valid, wait

with World("board", interval="100ms") as world:
    page = world.path("board.html")

    def board(*more):
        return world.start("board", sys.executable, world.example("board", "board.py"), "--output", page, *more,
                           "-h", "127.0.0.1", "-p", world.port)

    def cards():
        """The class and the text of each card, by its topic."""
        if not os.path.exists(page):
            return {}
        with open(page, encoding="utf-8") as file:
            found = re.findall(r'<article class="(\w+)" id="([^"]*)">(.*?)</article>', file.read())
        return {topic: (kind, re.sub("<[^>]*>", " ", text)) for kind, topic, text in found}

    broker = world.start_broker()
    world.witness("kediri/indicators/#")
    boarding = board()
    world.start_meter()
    gateway = world.start_gateway()
    topic = f"kediri/indicators/{world.gateway}/environment/water-volume/site-sumber-soyo/day"
    wait("the gateway's figure is on the page", lambda: topic in cards())
    figures = dict(world.heard())
    fact("every figure fits its schema", all(valid("indicator", figure) for figure in figures.values()))
    wanted = {name for name, figure in figures.items() if not figure["scope"].startswith("device-")}
    wait("each figure of a site or wider is on the page", lambda: wanted <= set(cards()))
    fact("no figure of a device is", not any("/device-" in name for name in cards()))
    kind, text = cards()[topic]
    fact("a figure that just began is grey, and says why", kind == "grey" and "(" in text, text)

    # The values of a sure figure, of one that is incomplete, and of one whose window is over: in the gateway's words.
    world.end(gateway)
    sure = {**figures[topic], "value": 1204.5, "completeness": 0.9932, "revision": figures[topic]["revision"] + 1}
    for key in ("quality", "reason"):
        sure.pop(key, None)
    for case, changes, grey, words in [
        ("a sure figure is not grey", {}, False, ["1,204", "m3", "day", "99 % complete", "sure"]),
        ("an incomplete one is grey", {"completeness": 0.61}, True, ["61 % complete", "incomplete"]),
        ("an uncertain one is grey", {"quality": "uncertain", "reason": "counter_gap"}, True, ["counter_gap"]),
        ("one whose window is over is grey", {"to": "2026-01-01T17:00:00.000Z"}, True, ["old"]),
        ("a sure one is not grey again", {}, False, ["sure"]),
    ]:
        figure = {**sure, **changes}
        fact(f"{case}: fits the schema", valid("indicator", figure))
        world.publish(topic, figure, "-r")
        wait(case, lambda: (cards()[topic][0] == "grey") == grey and all(word in cards()[topic][1] for word in words))
    world.publish(topic, "no figure")
    wait("what is no figure is left out, and said", world.said("board", "left out"))

    # A board that was killed has all figures again, because the broker retains them; so has one whose broker went.
    world.end(boarding, signal.SIGKILL)
    os.remove(page)
    boarding = board("--lang", "id")
    wait("a new board has each figure", lambda: wanted <= set(cards()))
    fact("it speaks Indonesian", "1.204" in cards()[topic][1] and "data 99 %" in cards()[topic][1], cards()[topic][1])
    world.end(broker)
    broker = world.start_broker()
    world.publish(topic, {**sure, "value": 1300}, "-r")
    wait("the board is connected again by itself", lambda: "1.300" in cards()[topic][1])
    world.run("mosquitto_pub", "-p", world.port, "-q", "1", "-r", "-n", "-t", topic)
    wait("a figure that is taken away leaves the page", lambda: topic not in cards())
    fact("the board ends when it is told to", world.end(boarding) == 0)
