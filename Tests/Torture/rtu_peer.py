"""Modbus RTU slaves behind one pty, over the oracle; their replies come late, noisy, trickling, or never."""

import heapq
import os
import select
import struct
import threading
import time
import tty


def crc(frame):
    value = 0xFFFF
    for byte in frame:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return struct.pack("<H", value)


class RTUPeer:
    """`fault(unit)` is a reply's fault: None, ("late", s), "before", "after", "inside", "echo", "dead" or "trickle"."""

    def __init__(self, field, fault, chance):
        self.field, self.fault, self.chance = field, fault, chance
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        self.path = os.ttyname(self.slave)
        self.requests = []  # (wall time, unit, start, count, fault)
        self.due = []  # heap of (time, order, bytes)
        self.order = 0
        self.samples = []  # of each request, its sample
        self.running = True
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self):
        self.running = False
        self.thread.join(5)
        os.close(self.master)
        os.close(self.slave)

    def _send(self, data, after=0.0):
        self.order += 1
        heapq.heappush(self.due, (time.monotonic() + after, self.order, data))

    def _serve(self):
        buffer = b""
        while self.running:
            now = time.monotonic()
            while self.due and self.due[0][0] <= now:
                os.write(self.master, heapq.heappop(self.due)[2])
            wait = min(0.2, max(0, self.due[0][0] - now)) if self.due else 0.2
            if select.select([self.master], [], [], wait)[0]:
                buffer += os.read(self.master, 4096)
            while len(buffer) >= 8:
                if crc(buffer[:6]) == buffer[6:8]:
                    self._answer(buffer[:8])
                    buffer = buffer[8:]
                else:
                    buffer = buffer[1:]

    def _answer(self, request):
        unit, function, start, count = struct.unpack(">BBHH", request[:6])
        answer = self.field.read(unit, start, count)
        kind = self.fault(unit)
        self.requests.append((time.time(), unit, start, count, kind))
        self.samples.append(answer[0] if answer else None)
        if function != 3 or answer is None:
            frame = bytes([unit, function | 0x80, 2])
        else:
            frame = struct.pack(f">BBB{count}H", unit, 3, 2 * count, *answer[1])
        frame += crc(frame)
        if kind == "dead":
            return
        noise = bytes(self.chance.randrange(256) for _ in range(self.chance.randint(1, 6)))
        if kind == "trickle":
            for index, byte in enumerate(frame):
                self._send(bytes([byte]), 0.06 * (index + 1))
        elif kind == "before":
            self._send(noise + frame)
        elif kind == "after":
            self._send(frame + noise)
        elif kind == "inside":
            place = self.chance.randrange(len(frame))
            damaged = frame[:place] + noise + frame[place + self.chance.randint(0, len(noise)) :]
            self._send(damaged if damaged != frame else frame[:-1])
        elif kind == "echo":
            self._send(request + frame)
        else:
            self._send(frame, kind[1] if kind else 0.0)
