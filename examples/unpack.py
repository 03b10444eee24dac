#!/usr/bin/env python3
"""Takes the packs of all gateways apart: prints each reading and event as a line of JSON, once, and says what is missing.

usage: unpack.py [--prefix kediri] [options of mosquitto_sub]
  unpack.py -h broker.example
  unpack.py -h broker.example -p 8883 --cafile ca.pem -u city-archive -P SECRET -i city-archive -c -x 604800

The lines go to standard output. Standard error gets a line where numbers are missing, and another one when they came.
It needs mosquitto_sub (Debian: mosquitto-clients) and nothing else.
"""
import json
import signal
import subprocess
import sys
import zlib

MOST = 1 << 20  # bytes of the array in a pack, at most


def unpack(payload):
    """Returns the readings and events of a pack. What is torn, or larger than a pack may be, raises zlib.error."""
    stream = zlib.decompressobj()
    text = stream.decompress(payload, MOST)
    if not stream.eof:
        raise zlib.error("torn, or larger than a pack may be")
    return json.loads(text)


class Epoch:
    """The numbers of one epoch: which came, and which are missing between the lowest and the highest of them."""

    def __init__(self, name, first):
        self.name = name
        self.lowest, self.highest = first, first - 1
        self.missing = set()

    def take(self, seq):
        """Returns whether the number is new."""
        if self.lowest <= seq <= self.highest:
            if seq not in self.missing:
                return False
            self.missing.remove(seq)
            if not self.missing:
                tell(f"{self.name}: {self.lowest} to {self.highest} are all here")
            return True
        between = range(self.highest + 1, seq) if seq > self.highest else range(seq + 1, self.lowest)
        self.lowest, self.highest = min(self.lowest, seq), max(self.highest, seq)
        if between:
            self.missing.update(between)
            tell(f"{self.name}: {between[0]} to {between[-1]} missing; late ones may still come")
        return True


def tell(words):
    print(words, file=sys.stderr, flush=True)


def main(words):
    prefix = "kediri"
    if words[:1] == ["--prefix"]:
        prefix, words = words[1], words[2:]
    command = ["mosquitto_sub", "-V", "5", "-q", "1", "-F", "%t %x", "-t", f"{prefix}/packs/+", *words]
    epochs = {}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as subscriber:
        # The subscriber ends first; then there are no more lines.
        signal.signal(signal.SIGTERM, lambda number, frame: subscriber.terminate())
        for line in subscriber.stdout:
            topic, _, payload = line.rstrip("\n").partition(" ")
            try:
                entries = unpack(bytes.fromhex(payload))
            except (zlib.error, ValueError) as error:
                tell(f"{topic}: no pack: {error}")
                continue
            for entry in entries:
                # The broker holds each gateway to its own topic, so the topic says whose pack it is.
                if entry["gateway"] != topic.rpartition("/")[2]:
                    tell(f"{topic}: an entry of {entry['gateway']} is left out")
                    continue
                name = f"{entry['gateway']} {entry['epoch']}"
                epoch = epochs.setdefault(name, Epoch(name, entry["seq"]))
                if epoch.take(entry["seq"]):
                    print(json.dumps(entry, ensure_ascii=False, separators=(",", ":")), flush=True)
    return subscriber.returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--help"]:
        print(__doc__)
        sys.exit(0)
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        pass
