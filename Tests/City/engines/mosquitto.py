"""A mosquitto of its own, with persistence, for many gateways."""

import os
import signal

from engine import Process, allow_many_files, find, free_port, listens


class Mosquitto:
    """`lines` are added to its configuration; `max_inflight_messages` counts for sessions of MQTT 3.1.1."""

    package = "mosquitto"

    def __init__(self, folder, port=None, lines=(), anonymous=True, autosave=3600):
        self.folder = os.path.join(folder, "mosquitto")
        os.makedirs(self.folder, exist_ok=True)
        self.port = port or free_port()
        self.configuration = os.path.join(self.folder, "mosquitto.conf")
        text = [
            f"log_dest file {self.folder}/log",
            "persistence true",
            f"persistence_location {self.folder}/",
            f"autosave_interval {autosave}",
            "max_queued_messages 0",
            "max_inflight_messages 2000",
            "set_tcp_nodelay true",
            *(["user root"] if os.geteuid() == 0 else []),
            f"allow_anonymous {str(anonymous).lower()}",
            *lines,
            f"listener {self.port} 127.0.0.1",
        ]
        with open(self.configuration, "w") as file:
            file.write("\n".join(text) + "\n")
        binary = find("mosquitto", self.package)
        self.process = Process([binary, "-c", self.configuration], os.path.join(self.folder, "out"))

    @property
    def ports(self):
        return [self.port]

    @property
    def pid(self):
        return self.process.pid

    def start(self):
        allow_many_files()
        self.process.start()
        self.process.wait(lambda: listens(self.port), 20, "mosquitto")

    def stop(self):
        """It writes what it holds to disk, and ends."""
        self.process.stop()

    def kill(self):
        """What it had acknowledged since the last save is gone."""
        self.process.kill()

    def freeze(self):
        self.process.send(signal.SIGSTOP)

    def thaw(self):
        self.process.send(signal.SIGCONT)

    def describe(self):
        return f"mqtt://127.0.0.1:{self.port}"
