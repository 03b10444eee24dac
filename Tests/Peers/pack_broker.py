"""A broker that takes packs apart and answers as its options say, for one client at a time. Prints "listening PORT", then
for each message with entries a line: what it did, and the numbers of the entries."""
import argparse
import json
import socket
import struct
import time
import zlib

options = argparse.ArgumentParser()
options.add_argument("--refuse", type=int, action="append", default=[], help="a number: 0x99 to what holds it")
options.add_argument("--drop", type=int, action="append", default=[], help="a number: closes the connection at it")
options.add_argument("--forbid-for", type=float, default=0, help="seconds of 0x87 to packs, from the first pack")
options.add_argument("--largest", type=int, default=0, help="0x95 to a larger payload")
options.add_argument("--largest-packet", type=int, default=0, help="in the CONNACK")
options = options.parse_args()
began = None


def packet(stream):
    head = stream.read(1)
    if not head:
        return None
    length, shift = 0, 0
    while True:
        byte = stream.read(1)[0]
        length |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            break
    body = b""
    while len(body) < length:
        more = stream.read(length - len(body))
        if not more:
            return None
        body += more
    return head[0], body


def entries(topic, payload):
    if "/packs/" in topic:
        return json.loads(zlib.decompress(payload))
    try:
        found = json.loads(payload)
    except ValueError:
        return []
    return [found] if "seq" in found else []


def serve(client):
    global began
    stream = client.makefile("rb", buffering=0)
    while found := packet(stream):
        kind, body = found
        if kind >> 4 == 1:
            print("connect")
            properties = struct.pack("!BI", 0x27, options.largest_packet) if options.largest_packet else b""
            client.sendall(bytes([0x20, 3 + len(properties), 0, 0, len(properties)]) + properties)
        elif kind >> 4 == 3:
            length = struct.unpack("!H", body[:2])[0]
            topic = body[2 : 2 + length].decode()
            packet_id = body[2 + length : 4 + length]
            payload = body[5 + length + body[4 + length] :]
            found = entries(topic, payload)
            numbers = " ".join(str(entry["seq"]) for entry in found)
            late = "late" if found and all(entry.get("historical") for entry in found) else "live"
            what = f"{topic} {late} retained={kind & 1} size={len(body)} rows={len(found)}: {numbers} "
            if any(entry["seq"] in options.drop for entry in found):
                print("dropped", what)
                return
            code = 0
            if any(entry["seq"] in options.refuse for entry in found):
                code = 0x99
            if options.largest and len(payload) > options.largest:
                code = 0x95
            if "/packs/" in topic:
                began = began or time.monotonic()
                if time.monotonic() - began < options.forbid_for:
                    code = 0x87
            client.sendall(bytes([0x40, 3]) + packet_id + bytes([code]))
            print("refused" if code else "taken", what)
        elif kind >> 4 == 12:
            client.sendall(b"\xd0\x00")
        elif kind >> 4 == 14:
            print("disconnect")


listener = socket.create_server(("127.0.0.1", 0))
print("listening", listener.getsockname()[1])
while True:
    connection, _ = listener.accept()
    try:
        serve(connection)
    except OSError as error:
        print("lost", error)
    connection.close()
