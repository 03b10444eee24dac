"""A broker that does what its options say, for one client at a time. Prints "listening PORT", then what it receives."""
import argparse
import re
import select
import socket
import struct
import time

options = argparse.ArgumentParser()
options.add_argument("--connack", type=lambda text: int(text, 0), default=0, help="reason code; -1 never answers")
options.add_argument("--puback", type=lambda text: int(text, 0), default=0, help="reason code; -1 never answers")
options.add_argument("--receive-maximum", type=int, default=0)
options.add_argument("--hold", type=int, default=1, help="answer when so many wait, or when nothing comes for 50 ms")
options.add_argument(
    "--disconnect", type=lambda text: int(text, 0), default=-1, help="reason code after the first publish"
)
options.add_argument(
    "--refuse-for", type=float, default=1e9, help="seconds that --puback holds, from the first publish"
)
options.add_argument("--drop-at", default="", help="closes the connection at a payload with this text")
options.add_argument("--v311", action="store_true")
options = options.parse_args()


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
            return head[0], stream.read(length)


taken, through, began = set(), 0, None


def entry(payload):
    """The number and the event's name of an entry; nothing for a state or a figure."""
    number = re.search(rb'"id":"[^"]*\.(\d+)"', payload)
    event = re.search(rb'"event":"(\w+)"', payload)
    return number and int(number[1]), event[1].decode() if event else ""


def answer(waiting, client):
    global through
    for packet_id, (number, event) in waiting:
        code = options.puback if time.monotonic() - began < options.refuse_for else 0
        if options.v311 or code == 0:
            client.sendall(struct.pack("!BBH", 0x40, 2, packet_id))
            print("taken", number, event)
            taken.add(number)
            while through + 1 in taken:
                through += 1
                print("through", through, "")
        else:
            client.sendall(struct.pack("!BBHB", 0x40, 3, packet_id, code))
            print("refused", number, event)
    waiting.clear()


def serve(client):
    global began
    stream, waiting, most, total = client.makefile("rb", buffering=0), [], 0, 0
    while True:
        if waiting and not select.select([client], [], [], 0.05)[0]:
            answer(waiting, client)
        found = packet(stream)
        if found is None:
            print("closed most", most, "total", total)
            return
        kind, body = found
        if kind >> 4 == 1:
            print("connect", body[6])
            properties = b"" if not options.receive_maximum else struct.pack("!BH", 0x21, options.receive_maximum)
            rest = b"" if options.v311 else bytes([len(properties)]) + properties
            if options.connack >= 0:
                client.sendall(bytes([0x20, 2 + len(rest), 0, options.connack]) + rest)
        elif kind >> 4 == 3:
            total += 1
            topic = struct.unpack("!H", body[:2])[0]
            began = began or time.monotonic()
            waiting.append((struct.unpack("!H", body[2 + topic : 4 + topic])[0], entry(body[4 + topic :])))
            most = max(most, len(waiting))
            print("publish", total)
            if options.drop_at and options.drop_at.encode() in body:
                print("dropped", *waiting[-1][1])
                answer(waiting[:-1], client)
                return
            if options.disconnect >= 0:
                client.sendall(bytes([0xE0, 1, options.disconnect]))
            elif options.puback < 0:
                waiting.clear()
            elif len(waiting) >= options.hold:
                answer(waiting, client)
        elif kind >> 4 == 12:
            client.sendall(b"\xd0\x00")
        elif kind >> 4 == 14:
            print("disconnect most", most, "total", total)


listener = socket.create_server(("127.0.0.1", 0))
print("listening", listener.getsockname()[1])
while True:
    connection, _ = listener.accept()
    try:
        serve(connection)
    except OSError as error:
        print("lost", error)
    connection.close()
