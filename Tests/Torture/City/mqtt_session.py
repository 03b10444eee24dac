"""The few packets of MQTT 3.1.1 that a simulated gateway needs, for asyncio."""

import asyncio
import struct


class Refused(Exception):
    """The broker said no to the CONNECT."""


def field(text):
    encoded = text.encode() if isinstance(text, str) else text
    return struct.pack(">H", len(encoded)) + encoded


def packet(kind, body):
    head, rest = bytearray([kind]), len(body)
    while True:
        head.append((rest & 127) | (128 if rest > 127 else 0))
        rest >>= 7
        if not rest:
            return bytes(head) + body


class Session:
    """One connection. `acknowledged(packet_id)` and `received(topic, payload)` are called as packets come."""

    def __init__(self, acknowledged, received=None):
        self.acknowledged, self.received = acknowledged, received
        self.reader = self.writer = None
        self.next_packet = 0

    async def connect(self, port, client_id, will=None, keepalive=20, user=None, password=None):
        self.reader, self.writer = await asyncio.wait_for(asyncio.open_connection("127.0.0.1", port), 5)
        flags, rest = 2, field(client_id)
        if will:
            flags |= 4 | 8 | 32  # QoS 1, retained
            rest += field(will[0]) + field(will[1])
        if user:
            flags |= 128 | 64
            rest += field(user) + field(password)
        body = field("MQTT") + bytes([4, flags]) + struct.pack(">H", keepalive) + rest
        self.writer.write(packet(0x10, body))
        kind, body = await asyncio.wait_for(self.read(), 10)
        if kind >> 4 != 2 or body[1]:
            raise Refused(f"CONNACK {body[1] if len(body) > 1 else body}")

    async def read(self):
        kind = (await self.reader.readexactly(1))[0]
        length, shift = 0, 0
        while True:
            digit = (await self.reader.readexactly(1))[0]
            length |= (digit & 127) << shift
            shift += 7
            if digit < 128:
                break
        return kind, await self.reader.readexactly(length)

    def publish(self, topic, payload, retained=False):
        """Its packet id, by which it is acknowledged."""
        self.next_packet = self.next_packet % 65535 + 1
        body = field(topic) + struct.pack(">H", self.next_packet) + payload
        self.writer.write(packet(0x32 | retained, body))
        return self.next_packet

    def subscribe(self, topic):
        self.next_packet = self.next_packet % 65535 + 1
        self.writer.write(packet(0x82, struct.pack(">H", self.next_packet) + field(topic) + b"\1"))

    async def serve(self):
        """Until the connection ends; then it raises."""
        while True:
            kind, body = await self.read()
            if kind >> 4 == 4:
                self.acknowledged(struct.unpack(">H", body[:2])[0])
            elif kind >> 4 == 3:
                length = struct.unpack(">H", body[:2])[0]
                topic, rest = body[2 : 2 + length].decode(), body[2 + length :]
                if kind & 6:
                    self.writer.write(packet(0x40, rest[:2]))
                    rest = rest[2:]
                if self.received:
                    self.received(topic, rest)

    def ping(self):
        self.writer.write(b"\xc0\0")

    def disconnect(self):
        """In order: the broker does not publish the will."""
        if self.writer:
            self.writer.write(b"\xe0\0")
            self.writer.close()

    def abort(self):
        if self.writer:
            self.writer.transport.abort()
