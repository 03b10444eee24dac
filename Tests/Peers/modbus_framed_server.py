"""A Modbus server by pymodbus over TCP in another framing, on a free port of the loopback: a serial server that passes a
line through, or Modbus TCP inside TLS. Prints `ready PORT`; ends when its input ends.

usage: modbus_framed_server.py rtu|ascii
       modbus_framed_server.py tls CERTIFICATE KEY [CA]
With CA it takes only clients with a certificate by that authority."""

import asyncio
import ssl
import sys

from pymodbus.framer import FramerType
from pymodbus.server import ModbusTcpServer, ModbusTlsServer

from modbus_registers import device


def secured(certificate, key, authority=None):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    if authority:
        context.load_verify_locations(authority)
        context.verify_mode = ssl.CERT_REQUIRED
    return context


async def main():
    devices, address = [device(1), device(17)], ("127.0.0.1", 0)
    if sys.argv[1] == "tls":
        # The specification keeps the header inside TLS; pymodbus' own framer for TLS leaves it out.
        context = secured(*sys.argv[2:])
        server = ModbusTlsServer(devices, address=address, framer=FramerType.SOCKET, sslctx=context)
    else:
        server = ModbusTcpServer(devices, address=address, framer=FramerType(sys.argv[1]))
    await server.serve_forever(background=True)
    print("ready", server.transport.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
