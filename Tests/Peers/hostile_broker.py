#!/usr/bin/env python3
"""A broker that sends what no broker should: packets of every type, whole, bent and broken.

Prints `listening PORT`; then, when it has sent as many packets as it was asked for, `sent N packets in M connections`.
With --hex it sends these bytes in place of the CONNACK of each connection, or with --after behind a good one.
"""

import argparse
import random
import socket
import ssl
import struct

IDENTIFIERS = [1, 2, 3, 8, 9, 11, 17, 18, 19, 21, 22, 23, 24, 25, 26, 28, 31, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42]


def varint(value):
    out = bytearray()
    while True:
        value, digit = divmod(value, 128)
        out.append(digit | (0x80 if value else 0))
        if not value:
            return bytes(out)


def text(rng):
    return rng.choice([b"", b"a", b"site/device", bytes(rng.randrange(256) for _ in range(rng.randrange(12)))])


def string(rng):
    value = text(rng)
    return struct.pack(">H", rng.choice([len(value)] * 9 + [rng.randrange(65536)])) + value


def one_property(rng):
    identifier = rng.choice(IDENTIFIERS * 4 + [rng.randrange(256)])
    if identifier in (1, 23, 25, 36, 37, 40, 41, 42):
        return bytes([identifier, rng.randrange(256)])
    if identifier in (19, 33, 34, 35):
        return bytes([identifier]) + struct.pack(">H", rng.choice([0, 1, 20, 65535]))
    if identifier in (2, 17, 24, 39):
        return bytes([identifier]) + struct.pack(">I", rng.choice([0, 1, 65536, 4294967295]))
    if identifier == 11:
        return bytes([identifier]) + varint(rng.choice([0, 1, 127, 128, 268435455]))
    if identifier == 38:
        return bytes([identifier]) + string(rng) + string(rng)
    return bytes([identifier]) + string(rng)


def properties(rng):
    body = b"".join(one_property(rng) for _ in range(rng.choice([0, 0, 1, 1, 2, 3, 40])))
    size = rng.choice([len(body)] * 12 + [len(body) + 1, max(0, len(body) - 1), 0, 127, 128, 268435455])
    return varint(size) + body


def packet(rng, five):
    kind = rng.choice([2, 3, 3, 4, 4, 5, 6, 7, 9, 11, 13, 14, 15, 0, 1, 8, 12])
    flags = rng.choice([0, 0, 0, 2, 4, 6, 1, 8, rng.randrange(16)])
    props = properties(rng) if five else b""
    identifier = struct.pack(">H", rng.choice([0, 1, 1, 2, 3, 65535]))
    code = bytes([rng.choice([0, 0, 0x10, 0x80, 0x87, rng.randrange(256)])])
    body = {
        2: lambda: bytes([rng.randrange(2)]) + code + props,
        3: lambda: string(rng) + (identifier if flags & 6 else b"") + props + text(rng),
        4: lambda: identifier + rng.choice([b"", code, code + props]),
        9: lambda: identifier + props + code * rng.choice([0, 1, 1, 1, 300]),
        11: lambda: identifier + props + code,
        14: lambda: rng.choice([b"", code, code + props]),
        15: lambda: code + props,
    }.get(kind, lambda: rng.choice([b"", identifier, identifier + code + props]))()
    bent = [b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", varint(len(body) + 1), b"\x80"]
    size = rng.choice([varint(len(body))] * 14 + bent)
    whole = bytearray(bytes([kind << 4 | flags]) + size + body)
    for _ in range(rng.choice([0, 0, 0, 1, 3])):
        whole[rng.randrange(len(whole))] = rng.randrange(256)
    return bytes(whole)


def connect(stream):
    """Reads the CONNECT; returns whether it is one of MQTT 5."""
    head = stream.recv(2)
    while len(head) < 2:
        more = stream.recv(2 - len(head))
        if not more:
            return None
        head += more
    left, body = head[1] & 127, b""
    if head[1] & 128:
        left += 128 * stream.recv(1)[0]
    while len(body) < left:
        more = stream.recv(left - len(body))
        if not more:
            return None
        body += more
    return body[6] == 5


def serve(stream, options, rng):
    """Serves one connection; returns how many packets were sent."""
    five = connect(stream)
    if five is None:
        return 0
    good = b"\x20\x03\x00\x00\x00" if five else b"\x20\x02\x00\x00"
    if options.hex is not None:
        stream.sendall((good if options.after else b"") + bytes.fromhex(options.hex) * options.times)
        while stream.recv(65536):
            pass
        return 1
    burst = [packet(rng, five) for _ in range(8)]
    stream.sendall((good if rng.random() < 0.9 else b"") + b"".join(burst))
    # The end of the data ends a client that still waits for more of a packet.
    stream.shutdown(socket.SHUT_WR) if not options.tls else None
    return len(burst)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--packets", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tls", help="a PEM file of certificate and key")
    parser.add_argument("--hex")
    parser.add_argument("--after", action="store_true")
    parser.add_argument("--times", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    context = None
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(options.tls)
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    print("listening", listener.getsockname()[1], flush=True)
    sent = connections = 0
    while True:
        stream, _ = listener.accept()
        stream.settimeout(20)
        try:
            if context:
                stream = context.wrap_socket(stream, server_side=True)
            before = sent
            sent += serve(stream, options, rng)
            connections += 1
            if before < options.packets <= sent:
                print(f"sent {sent} packets in {connections} connections", flush=True)
        except OSError:
            pass  # the client ended the connection, which is what it should do
        finally:
            stream.close()


main()
