#!/usr/bin/env python3
"""Checks examples/node-red/flow.json as JSON: ids, wires, topics. No Node-RED imports it here.

usage: check_node_red.py [--bin DIR --profiles DIR]     (neither is used)
"""
import json
import os
import re
import sys

from world import EXAMPLES, ROOT, False_, fact


def documented():
    """An example of each topic in the table of docs/topics.md."""
    with open(os.path.join(ROOT, "docs", "topics.md"), encoding="utf-8") as file:
        found = re.findall(r"^\| `(<prefix>/[^`]*)` \|", file.read(), re.MULTILINE)
    return [re.sub("<[^>]*>", "x", topic.replace("<prefix>", "kediri")) for topic in found]


def matches(topic_filter, topic):
    """Whether a filter of MQTT takes a topic."""
    wanted, levels = topic_filter.split("/"), topic.split("/")
    if wanted[-1] == "#":
        wanted, levels = wanted[:-1], levels[: len(wanted) - 1]
    return len(wanted) == len(levels) and all(a in ("+", b) for a, b in zip(wanted, levels))


def main():
    with open(os.path.join(EXAMPLES, "node-red", "flow.json"), encoding="utf-8") as file:
        nodes = json.load(file)
    ids = [node["id"] for node in nodes]
    fact("the flow is JSON, and its ids are unique", len(ids) == len(set(ids)))
    tabs = {node["id"] for node in nodes if node["type"] == "tab"}
    placed = [node for node in nodes if node["type"] not in ("tab", "mqtt-broker")]
    fact("each node lies on the tab", all(node["z"] in tabs for node in placed))
    fact("each wire ends at a node", all(end in ids for node in placed for ends in node["wires"] for end in ends))
    fact("each node has as many outputs as it says",
         all(node.get("outputs", len(node["wires"])) == len(node["wires"]) for node in placed))
    targets = {end for node in placed for ends in node["wires"] for end in ends}
    fact("each node but those that read is reached",
         {node["id"] for node in placed if node["type"] != "mqtt in"} == targets)
    fact("each function returns", all("return" in node["func"] for node in placed if node["type"] == "function"))
    readers = [node for node in nodes if node["type"] == "mqtt in"]
    brokers = {node["id"]: node for node in nodes if node["type"] == "mqtt-broker"}
    fact("each reader has the broker, and QoS 1",
         all(node["broker"] in brokers and node["qos"] == "1" for node in readers))
    (broker,) = brokers.values()
    fact("the session is kept at the broker: a client id, no clean session, an expiry",
         broker["clientid"] and broker["cleansession"] is False and int(broker["sessionExpiry"]) > 0)
    topics = documented()
    fact("docs/topics.md names topics", len(topics) > 8, topics)
    for node in readers:
        taken = [topic for topic in topics if matches(node["topic"], topic)]
        fact(f"{node['topic']} takes exactly one kind of the documented topics", len(taken) == 1, taken)


try:
    main()
except False_ as error:
    sys.exit(f"FALSE: {error}")
