"""A Modbus TCP server by pymodbus, on a free port of the loopback. Prints `ready PORT`; ends when its input ends."""

import asyncio
import sys

from pymodbus.server import ModbusTcpServer

from modbus_registers import device


async def main():
    server = ModbusTcpServer([device(1), device(17)], address=("127.0.0.1", 0))
    await server.serve_forever(background=True)
    print("ready", server.transport.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
