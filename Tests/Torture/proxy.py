"""A TCP proxy before the broker that can go deaf (half-open), refuse (CONNACK with a code), or cut connections."""

import select
import socket
import threading
import time


class Proxy:
    def __init__(self, target):
        self.target = target
        self.refuse_with = None
        self.down = False
        self.deaf_before = 0.0  # connections made before this moment are half-open
        self.connacks = []  # when a connection's first bytes came from the broker
        self.pairs = set()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def go_deaf(self):
        self.deaf_before = time.time()

    def cut(self):
        """Goes down: refuses new connections and closes the present ones."""
        self.down = True
        for pair in list(self.pairs):
            for end in pair:
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass

    def mend(self):
        self.down = False

    def close(self):
        self.cut()
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        born = time.time()
        with client:
            if self.down:
                return
            if self.refuse_with is not None:
                client.settimeout(5)
                try:
                    client.recv(4096)
                    client.sendall(bytes([0x20, 3, 0, self.refuse_with, 0]))
                except OSError:
                    pass
                return
            try:
                server = socket.create_connection(("127.0.0.1", self.target), 5)
            except OSError:
                return
            with server:
                pair = (client, server)
                self.pairs.add(pair)
                try:
                    self._pump(client, server, born)
                except OSError:
                    pass
                finally:
                    self.pairs.discard(pair)

    def _pump(self, client, server, born):
        answered = False
        while not self.down:
            if born < self.deaf_before:
                time.sleep(0.2)  # holds the connection and says nothing
                if time.time() - self.deaf_before > 300:
                    return
                continue
            ready, _, _ = select.select([client, server], [], [], 0.2)
            if born < self.deaf_before:
                continue
            for end in ready:
                data = end.recv(65536)
                if not data:
                    return
                if end is server and not answered:
                    answered = True
                    self.connacks.append(time.time())
                (client if end is server else server).sendall(data)
