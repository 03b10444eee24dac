"""Devices whose values move by a script, and that log each poll they answered: the truth that rows and holds must add up to."""

import math
import random
import socket
import struct
import threading
import time
from dataclasses import dataclass

REGISTERS = 17
MODES = ["run", "wash", "rest"]


@dataclass
class Poll:
    """One poll that was answered whole: when, and the values as the profile reads them; None is a value that is none."""

    at: float
    values: dict


def script(kind, number, seed):
    """Values of a device's poll, without its counters."""
    chance = random.Random(f"{seed}.{number}")
    if kind == "steady":
        # Nothing moves for a stretch of polls, then everything may.
        stretch = random.Random(f"{seed}.{steady_stretch(number, seed)}")
        discharge, level = stretch.uniform(2, 20), stretch.uniform(0.4, 1.1)
        ph, temperature = stretch.randint(690, 710), stretch.randint(240, 280)
    else:
        discharge = 10 * (1 + 0.1 * math.sin(number / 40)) * (1 + chance.uniform(-0.004, 0.004))
        if number % 160 >= 130:
            discharge = 0.0  # the pump rests
        level = 0.7 + 0.15 * math.sin(number / 25) + chance.uniform(-0.01, 0.01)
        ph, temperature = 700 + round(8 * math.sin(number / 30)) + chance.randint(-1, 1), 255 + round(9 * math.sin(number / 60))
    if number % 211 in (100, 101, 102, 103, 104):
        ph = 1520 + number % 3  # outside the range, with a value
    if number % 173 in (60, 61, 62):
        discharge = math.nan
    mode = MODES[number // 97 % 3]
    return {
        "poll": number, "discharge": discharge, "level": level, "ph": ph, "temperature": temperature, "mode": mode,
        "status": (1 if number % 131 in (20, 21) else 0) | (number // 61 % 3) << 1,
    }


def steady_stretch(number, seed):
    """Stretches of 2 to 30 polls: the number of the one that a poll is in."""
    length = 2 + random.Random(seed).randint(0, 28)
    return number // length


def single(number):
    """What a float32 register holds of it, in the shortest digits, as the gateway gives it."""
    if math.isnan(number):
        return None
    return struct.unpack(">f", struct.pack(">f", number))[0]


class Device:
    def __init__(self, kind, seed):
        self.kind, self.seed = kind, seed
        self.polls = []  # the first is poll number 1
        self.volume, self.strokes = 100_000 + 7 * seed, 5_000
        self.mute = False
        self.exception = None
        self.refused = 0
        self.odd = 0  # requests for a part of the registers
        self.words = None

    def reset(self):
        """The meter lost its power: its counters begin again, a little above 0."""
        self.volume, self.strokes = 3, 1

    def next(self):
        number = len(self.polls) + 1
        values = script(self.kind, number, self.seed)
        moves = self.kind != "steady" or steady_stretch(number, self.seed) != steady_stretch(number - 1, self.seed)
        if moves and (values["discharge"] or math.isnan(values["discharge"])):
            self.volume += 30 + number % 5
        if number % 9 == 0 and self.kind != "steady" or moves and self.kind == "steady":
            self.strokes += 1
        words = struct.pack(
            ">IffHhII8sH", number, values["discharge"], values["level"], values["ph"], values["temperature"],
            self.volume, self.strokes, values["mode"].encode(), values["status"],
        )
        self.words = struct.unpack(f">{REGISTERS}H", words)
        return {
            **values, "discharge": single(values["discharge"]), "level": single(values["level"]), "ph": values["ph"] / 100,
            "temperature": values["temperature"] / 10, "volume": self.volume / 100, "strokes": self.strokes,
        }


class ExceptionField:
    """A Modbus TCP server; one unit a device, and each on a free loopback port of its own, so that none waits for another."""

    def __init__(self, devices):
        self.devices = devices  # unit -> Device
        self.lock = threading.Lock()
        self.listeners = {unit: socket.create_server(("127.0.0.1", 0)) for unit in devices}
        self.ports = {unit: listener.getsockname()[1] for unit, listener in self.listeners.items()}
        for listener in self.listeners.values():
            threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def close(self):
        for listener in self.listeners.values():
            listener.close()

    def polls(self, unit):
        with self.lock:
            return list(self.devices[unit].polls)

    def _accept(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection):
        with connection, connection.makefile("rb") as stream:
            try:
                while header := stream.read(7):
                    transaction, _, length, unit = struct.unpack(">HHHB", header)
                    function, start, count = struct.unpack(">BHH", stream.read(length - 1))
                    with self.lock:
                        body = self._answer(self.devices[unit], function, start, count)
                        if body:
                            connection.sendall(struct.pack(">HHHB", transaction, 0, len(body) + 1, unit) + body)
            except (OSError, struct.error):
                return

    def _answer(self, device, function, start, count):
        if device.mute:
            return None
        if device.exception:
            device.refused += 1
            return bytes([function | 0x80, device.exception])
        if function != 3 or start + count > REGISTERS:
            return bytes([function | 0x80, 2])
        if (start, count) == (0, REGISTERS):
            device.polls.append(Poll(time.time(), device.next()))
        else:
            device.odd += 1
            device.words = device.words or (0,) * REGISTERS
        return struct.pack(f">BB{count}H", 3, 2 * count, *device.words[start : start + count])
