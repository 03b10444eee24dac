"""A Modbus TCP server over the oracle, on a free loopback port."""

import socket
import struct
import threading


class TCPPeer:
    def __init__(self, field, mangle=None):
        self.field = field
        self.mangle = mangle  # frame -> frame, for the fuzzing
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
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
                    answer = self.field.read(unit, start, count) if function == 3 else None
                    if answer is None:
                        body = bytes([function | 0x80, 2])
                    else:
                        body = struct.pack(f">BB{count}H", 3, 2 * count, *answer[1])
                    frame = struct.pack(">HHHB", transaction, 0, len(body) + 1, unit) + body
                    connection.sendall(self.mangle(frame) if self.mangle else frame)
                    if answer is not None:
                        self.field.sent(unit, start, count, answer[0])
            except (OSError, struct.error):
                return
