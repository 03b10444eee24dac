"""A Modbus RTU server by pymodbus at the end of a serial line made of two ptys. Says `ready PATH`, the line's other
end; ends when its input ends."""

import asyncio
import os
import sys
import tty

from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer

from modbus_registers import device


def relay(source, target):
    """Carries what comes in at one master out at the other: the wire between the two ends."""
    os.write(target, os.read(source, 512))


async def main():
    masters, slaves = zip(os.openpty(), os.openpty())
    for slave in slaves:
        tty.setraw(slave)
    loop = asyncio.get_running_loop()
    loop.add_reader(masters[0], relay, masters[0], masters[1])
    loop.add_reader(masters[1], relay, masters[1], masters[0])
    server = ModbusSerialServer(
        [device(1), device(17)], framer=FramerType.RTU, port=os.ttyname(slaves[1]), baudrate=115200
    )
    await server.serve_forever(background=True)
    print("ready", os.ttyname(slaves[0]), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    os._exit(0)  # the serial transport has no orderly end


asyncio.run(main())
