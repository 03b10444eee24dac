"""A broker that does as it is told, to one client at a time. Prints "listening PORT", then what it sees."""
import argparse
import select
import socket
import struct

options = argparse.ArgumentParser()
options.add_argument("--connack", type=lambda text: int(text, 0), default=0, help="reason code; -1 never answers")
options.add_argument("--puback", type=lambda text: int(text, 0), default=0, help="reason code; -1 never answers")
options.add_argument("--receive-maximum", type=int, default=0)
options.add_argument("--hold", type=int, default=1, help="answer when so many wait, or when nothing comes for 50 ms")
options.add_argument("--disconnect", type=lambda text: int(text, 0), default=-1, help="reason code after the first publish")
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


def answer(waiting, client):
    for packet_id in waiting:
        if options.v311 or options.puback == 0:
            client.sendall(struct.pack("!BBH", 0x40, 2, packet_id))
        else:
            client.sendall(struct.pack("!BBHB", 0x40, 3, packet_id, options.puback))
    waiting.clear()


def serve(client):
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
            waiting.append(struct.unpack("!H", body[2 + topic : 4 + topic])[0])
            most = max(most, len(waiting))
            print("publish", total)
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
