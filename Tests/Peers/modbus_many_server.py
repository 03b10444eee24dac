"""Hundreds of Modbus TCP devices: each listens on a free port of the loopback, and all their registers hold 7.

Prints `ready PORT,PORT,...`; ends when its input ends. Usage: modbus_many_server.py COUNT"""

import resource
import selectors
import socket
import struct
import sys

# Two descriptors for each device are more than a shell's soft limit.
hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

selector = selectors.DefaultSelector()


def welcome(listener):
    connection = listener.accept()[0]
    selector.register(connection, selectors.EVENT_READ, answer)


def answer(connection):
    try:
        request = connection.recv(12)
        if len(request) == 12:
            transaction, _, _, unit, function, _, count = struct.unpack(">HHHBBHH", request)
            body = struct.pack(">BBB", unit, function, 2 * count) + b"\0\7" * count
            connection.sendall(struct.pack(">HHH", transaction, 0, len(body)) + body)
            return
    except OSError:
        pass
    selector.unregister(connection)
    connection.close()


listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
for listener in listeners:
    selector.register(listener, selectors.EVENT_READ, welcome)
selector.register(sys.stdin, selectors.EVENT_READ, lambda _: sys.exit())
print("ready", ",".join(str(listener.getsockname()[1]) for listener in listeners), flush=True)
while True:
    for key, _ in selector.select():
        key.data(key.fileobj)
