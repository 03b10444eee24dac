"""A real mosquitto with persistence, on ports of its own."""

import os
import signal
import socket
import subprocess
import time


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Broker:
    def __init__(self, folder, lines=()):
        self.folder = os.path.join(folder, "broker")
        os.makedirs(self.folder)
        self.port = free_port()
        self.process = None
        text = [
            "user root", f"log_dest file {self.folder}/log", "persistence true", f"persistence_location {self.folder}/",
            "autosave_interval 3600", "max_queued_messages 0", "allow_anonymous true",
            f"listener {self.port} 127.0.0.1", *lines,
        ]
        self.configuration = os.path.join(self.folder, "mosquitto.conf")
        with open(self.configuration, "w") as file:
            file.write("\n".join(text) + "\n")
        self.start()

    @property
    def is_up(self):
        return self.process is not None

    def start(self):
        if self.process:
            return
        self.process = subprocess.Popen(
            ["/usr/sbin/mosquitto", "-c", self.configuration], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("mosquitto does not listen")

    def stop(self):
        """Stops it cleanly, so that it keeps what it has acknowledged."""
        if not self.process:
            return
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def freeze(self):
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self.process.send_signal(signal.SIGCONT)
