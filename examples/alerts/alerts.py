#!/usr/bin/env python3
"""Says once when something begins to be wrong, and once when it is over. The rules are in alerts.toml.

usage: alerts.py [--rules alerts.toml] [--state alerts.json] [--prefix kediri] [--lang en|id] [options of mosquitto_sub]
  alerts.py -h broker.example
  alerts.py --lang id -h broker.example -p 8883 --cafile ca.pem -u alerts -P SECRET -i alerts -c -x 86400

The state file has what has begun, so that a restart says nothing twice. It needs mosquitto_sub (Debian:
mosquitto-clients) and nothing else.
"""
import argparse
import fnmatch
import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
import tomllib

SENTENCES = {
    "en": {"BEGIN": "BEGIN", "END": "END", "device_down": "device {} does not answer",
           "gateway_offline": "gateway {} is offline", "below_target": "{} has missed its target",
           "incomplete": "{} is incomplete", "gap": "gateway {} reports lost readings"},
    "id": {"BEGIN": "MULAI", "END": "SELESAI", "device_down": "perangkat {} tidak menjawab",
           "gateway_offline": "gateway {} offline", "below_target": "{} tidak mencapai target",
           "incomplete": "data {} belum lengkap", "gap": "gateway {} melaporkan data hilang"},
}


class Alerts:
    def __init__(self, rules, state, lang):
        self.rules = {rule.setdefault("name", rule["when"]): rule for rule in rules["rule"]}
        self.command, self.path, self.words = rules.get("run"), state, SENTENCES[lang]
        self.begun = {}  # by "rule subject": since when
        if os.path.exists(state):
            with open(state) as file:
                self.begun = {key: at for key, at in json.load(file).items() if key.split(" ", 1)[0] in self.rules}
        self.true = dict(self.begun)  # what is the case, since when; not all of it has lasted long enough to begin
        self.heard = {}  # by gateway: when its last status came

    def set(self, when, subject, truth, now, window=None):
        """Notes for each rule that fits whether something is the case."""
        for name, rule in self.rules.items():
            if rule["when"] == when and fnmatch.fnmatch(subject, rule.get("only", "*")) and (
                window is None or window in rule.get("windows", [window])
            ):
                if truth(rule):
                    self.true.setdefault(f"{name} {subject}", now)
                else:
                    self.true.pop(f"{name} {subject}", None)

    def take(self, topic, payload, retained, now):
        """Looks at a message. An empty one says that a device, a figure or a gateway is gone."""
        kind, *rest = topic.split("/")
        found = json.loads(payload) if payload else {}
        if kind == "readings":
            values = [point["value"] for point in found.get("points", {}).values()]
            silent = bool(values) and all(value is None for value in values)
            self.set("device_down", f"{rest[0]}/{rest[2]}", lambda rule: silent, now)
        elif kind == "gateways" and rest[1] == "status":
            # A retained status may be of any age: it begins the wait for the next one, and ends nothing.
            self.heard[rest[0]] = now
            away = bool(found) and found["state"] != "online"
            if away or not retained:
                self.set("gateway_offline", rest[0], lambda rule: away, now)
        elif kind == "gateways" and found["event"] == "gap":
            self.set("gap", rest[0], lambda rule: False, now)
            self.set("gap", rest[0], lambda rule: True, now)
        elif kind in ("indicators", "city"):
            whose, names = (rest[0], rest[2:]) if kind == "indicators" else ("city", rest[2:])
            figure = "/".join([whose, *names[:3]])
            standing = found.get("target", {}).get("standing")
            if len(names) == 3:
                complete = found.get("completeness", 1)
                self.set("incomplete", figure, lambda rule: complete < rule.get("below", 0.9), now, names[2])
            elif standing in ("met", "missed"):
                self.set("below_target", figure, lambda rule: standing == "missed", now, names[2])

    def look(self, now):
        """Says what has begun and what has ended."""
        for gateway, at in self.heard.items():
            silent = now - at
            self.set("gateway_offline", gateway, lambda rule: f"{rule['name']} {gateway}" in self.true
                     or silent > 60 * rule.get("silent_minutes", 5), now)
        for key, since in list(self.true.items()):
            rule = self.rules[key.split(" ", 1)[0]]
            if now - since > 60 * rule.get("quiet_minutes", float("inf")):
                del self.true[key]
            elif now - since >= 60 * rule.get("for_minutes", 0) and key not in self.begun:
                self.begun[key] = since
                self.say("BEGIN", key)
        for key in [key for key in self.begun if key not in self.true]:
            del self.begun[key]
            self.say("END", key)

    def say(self, what, key):
        name, subject = key.split(" ", 1)
        sentence = self.words[self.rules[name]["when"]].format(subject)
        print(time.strftime("%Y-%m-%d %H:%M:%S"), self.words[what], sentence, flush=True)
        if self.command:
            try:
                subprocess.run([*self.command, what, sentence], timeout=30, check=True, stdin=subprocess.DEVNULL)
            except (OSError, subprocess.SubprocessError) as error:
                print(f"the command failed: {error}", file=sys.stderr, flush=True)
        with open(self.path + ".new", "w") as file:
            json.dump(self.begun, file)
        os.replace(self.path + ".new", self.path)


def read(stream, lines):
    for line in stream:
        lines.put(line)
    lines.put(None)


def main():
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--rules", default=os.path.join(os.path.dirname(os.path.abspath(__file__)), "alerts.toml"))
    parser.add_argument("--state", default="alerts.json")
    parser.add_argument("--prefix", default="kediri")
    parser.add_argument("--lang", choices=SENTENCES, default="en")
    options, rest = parser.parse_known_args()
    with open(options.rules, "rb") as file:
        alerts = Alerts(tomllib.load(file), options.state, options.lang)
    topics = ["readings/+/+/+", "gateways/+/status", "gateways/+/events", "indicators/#", "city/indicators/#"]
    command = ["mosquitto_sub", "-V", "5", "-q", "1", "-F", "%r %t %p", *rest]
    command += [word for topic in topics for word in ("-t", f"{options.prefix}/{topic}")]
    lines = queue.SimpleQueue()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as subscriber:
        signal.signal(signal.SIGTERM, lambda number, frame: subscriber.terminate())
        threading.Thread(target=read, args=(subscriber.stdout, lines), daemon=True).start()
        while True:
            try:
                if (line := lines.get(timeout=1)) is None:
                    return subscriber.wait()
                retained, topic, payload = line.rstrip("\n").split(" ", 2)
                alerts.take(topic[len(options.prefix) + 1 :], payload, retained == "1", time.time())
            except queue.Empty:
                pass
            except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
                print(f"left out: {error!r}: {line[:200]}", file=sys.stderr, flush=True)
            alerts.look(time.time())


if __name__ == "__main__":
    if sys.argv[1:2] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        pass
