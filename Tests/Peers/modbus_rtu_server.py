"""A Modbus RTU server by pymodbus at the end of a serial line made of two ptys. Prints `ready PATH`, the line's
other end; ends when its input ends.

With a baud rate as its first argument it receives only from a master that has set this rate, like a real line; further
arguments are the unit ids that are present, 1 and 17 when none is given. With `ascii` as its first argument it speaks
Modbus ASCII."""

import asyncio
import os
import sys
import termios
import tty

from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer

from modbus_registers import device


FRAMER = FramerType.ASCII if sys.argv[1:2] == ["ascii"] else FramerType.RTU
if FRAMER == FramerType.ASCII:
    del sys.argv[1]
BAUD = getattr(termios, "B" + sys.argv[1]) if len(sys.argv) > 1 else None
UNITS = [int(unit) for unit in sys.argv[2:]] or [1, 17]


def relay(source, target, baud=None):
    """Copies bytes from one master to the other: the wire between the two ends."""
    data = os.read(source, 512)
    # pymodbus also answers for absent units; no serial device does that.
    if baud is None or termios.tcgetattr(source)[5] == baud and data[0] in UNITS:
        os.write(target, data)


async def main():
    masters, slaves = zip(os.openpty(), os.openpty())
    for slave in slaves:
        tty.setraw(slave)
    loop = asyncio.get_running_loop()
    loop.add_reader(masters[0], relay, masters[0], masters[1], BAUD)
    loop.add_reader(masters[1], relay, masters[1], masters[0])
    server = ModbusSerialServer(
        [device(unit) for unit in UNITS], framer=FRAMER, port=os.ttyname(slaves[1]), baudrate=115200
    )
    await server.serve_forever(background=True)
    print("ready", os.ttyname(slaves[0]), flush=True)
    await asyncio.to_thread(sys.stdin.read)
    os._exit(0)  # the serial transport has no orderly end


asyncio.run(main())
