"""A gateway's uplink as it stands in the field: TLS, segments as small as a mobile link's, and every byte counted."""

import os
import selectors
import shutil
import socket
import struct
import subprocess
import threading
import time
from types import SimpleNamespace

from world import GATEWAY, ROOT, Subscriber, free_port

# What mobile links leave for a segment's payload, options included. Loopback's own 64 KiB would hide most headers.
LARGEST_SEGMENT = 1400
# IPv4 20, TCP 20, its timestamps 12.
HEADERS = 52
# What the gateway publishes, and the filter below the prefix that finds it.
KINDS = {
    "all": "#", "readings": "readings/#", "packs": "packs/#", "events": "events/#", "open figures": "indicators/+/+/+/+/+",
    "closed figures": "indicators/+/+/+/+/+/final",
}


class Wire:
    """Bytes and segments of both directions."""

    def __init__(self, payload=0, segments=0, connections=0):
        self.payload, self.segments, self.connections = payload, segments, connections

    def __add__(self, other):
        return Wire(
            self.payload + other.payload, self.segments + other.segments, self.connections + other.connections
        )

    def __sub__(self, other):
        return Wire(
            self.payload - other.payload, self.segments - other.segments, self.connections - other.connections
        )

    @property
    def total(self):
        return self.payload + HEADERS * self.segments

    @staticmethod
    def of(connection):
        """From the socket's own counters (struct tcp_info of Linux 4.19 and later)."""
        info = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 256)
        received, segments_out, segments_in = struct.unpack_from("=QII", info, 128)
        sent = struct.unpack_from("=Q", info, 200)[0]
        return Wire(received + sent, segments_out + segments_in, 1)


class Relay:
    """Passes the gateway's connection on to the broker. Its end of that connection counts what goes over it."""

    def __init__(self, target):
        self.target = target
        self.over = Wire()
        self.open = {}
        self.lock = threading.Lock()
        listener = socket.socket()
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, LARGEST_SEGMENT)
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        self.port = listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(listener,), daemon=True).start()

    def wire(self):
        with self.lock:
            return sum((Wire.of(connection) for connection in self.open), self.over)

    def _accept(self, listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, near):
        far = socket.create_connection(("127.0.0.1", self.target))
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.open[near] = far
        try:
            with selectors.DefaultSelector() as ready:
                ready.register(near, selectors.EVENT_READ, far)
                ready.register(far, selectors.EVENT_READ, near)
                while True:
                    for key, _ in ready.select():
                        data = key.fileobj.recv(65536)
                        if not data:
                            return
                        key.data.sendall(data)
        except OSError:
            return
        finally:
            with self.lock:
                self.over += Wire.of(near)
                del self.open[near]
            near.close()
            far.close()


class Certificate:
    """An authority of ours, and a certificate of 127.0.0.1 by it."""

    def __init__(self, folder):
        self.authority, self.certificate, self.key = (os.path.join(folder, name) for name in ("ca.pem", "server.pem", "key.pem"))
        request, names = os.path.join(folder, "server.csr"), os.path.join(folder, "names")
        new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        with open(names, "w") as file:
            file.write("subjectAltName=IP:127.0.0.1\n")
        for words in (
            ["req", "-x509", *new, "-days", "3", "-subj", "/CN=bench", "-keyout", self.key + ".ca", "-out", self.authority],
            ["req", *new, "-subj", "/CN=127.0.0.1", "-keyout", self.key, "-out", request],
            ["x509", "-req", "-in", request, "-CA", self.authority, "-CAkey", self.key + ".ca", "-CAcreateserial",
             "-days", "3", "-extfile", names, "-out", self.certificate],
        ):
            subprocess.run(["openssl", *words], check=True, capture_output=True)


class Uplink:
    """One contender: a field of its own (the same seed plays the same values), its broker, its relay, its gateway."""

    def __init__(self, world, certificate, name, configuration, profiles=None):
        self.name, self.world = name, world
        self.folder = world.path("uplink-" + name)
        os.makedirs(os.path.join(self.folder, "cables"))
        self.own_profiles = os.path.join(self.folder, "profiles")
        os.makedirs(self.own_profiles)
        for file_name, text in (profiles or {}).items():
            with open(os.path.join(self.own_profiles, file_name), "w") as file:
                file.write(text)
        self.port, self.secured = free_port(), free_port()
        self.certificate = certificate
        self.relay = Relay(self.secured)
        shutil.copy(os.path.join(ROOT, "config", "indicators.yaml"), self.folder)
        self.configuration = os.path.join(self.folder, "gateway.yaml")
        with open(self.configuration, "w") as file:
            file.write(configuration(self))

    @property
    def address(self):
        return f"mqtts://127.0.0.1:{self.relay.port}"

    def arguments(self, word):
        return [GATEWAY, word, "--config", self.configuration, "--profiles", os.path.join(ROOT, "devices"),
                "--profiles", self.own_profiles]

    def refused(self):
        """Why this release does not take the configuration; None where it does."""
        told = subprocess.run(self.arguments("check"), capture_output=True, text=True)
        return None if told.returncode == 0 else told.stderr.strip().split("\n")[0].removeprefix(self.folder + "/")

    def start(self, speed):
        with open(os.path.join(self.folder, "mosquitto.conf"), "w") as file:
            file.write(
                f"allow_anonymous true\nmax_queued_messages 0\nlog_dest file {self.folder}/broker.log\n"
                f"listener {self.port} 127.0.0.1\nlistener {self.secured} 127.0.0.1\n"
                f"certfile {self.certificate.certificate}\nkeyfile {self.certificate.key}\n"
                + ("user root\n" if os.getuid() == 0 else "")
            )
        self.world.start("/usr/sbin/mosquitto", "-c", os.path.join(self.folder, "mosquitto.conf"))
        for _ in range(200):
            with socket.socket() as trial:
                if trial.connect_ex(("127.0.0.1", self.port)) == 0:
                    break
            time.sleep(0.02)
        broker = SimpleNamespace(port=self.port, start=self.world.start, peers_core=None)
        self.subscribers = {kind: Subscriber(broker, "kediri/" + words, None) for kind, words in KINDS.items()}
        field = self.world.start(
            *self.arguments("simulate"), "--speed", speed, "--cables", os.path.join(self.folder, "cables")
        )
        while "ready" not in (line := field.process.stdout.readline()):
            if not line:
                raise RuntimeError(f"{self.name}: the simulation ended")
        self.log = open(os.path.join(self.folder, "log"), "w")
        self.gateway = self.world.start(*self.arguments("run"), log=self.log)

    def told(self):
        """What came so far, by kind: (messages, bytes of payload)."""
        told = {kind: subscriber.tell() for kind, subscriber in self.subscribers.items()}
        return {kind: (counted["count"], counted["bytes"]) for kind, counted in told.items()}
