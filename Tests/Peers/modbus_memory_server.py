"""A Modbus server by pymodbus that serves the given registers, over TCP on a free port of the loopback or at the end of
a serial line made of two ptys. Arguments: tcp or rtu, and JSON: {"holding": {"100": [1, 2]}, "input": ...,
"coil": ..., "discrete": ...}, optionally with "unit" and "baud". Prints `ready PORT` or `ready PATH`; ends when its
input ends."""

import asyncio
import json
import os
import sys
import tty

from pymodbus.framer import FramerType
from pymodbus.server import ModbusSerialServer, ModbusTcpServer
from pymodbus.simulator import DataType, SimData, SimDevice


def blocks(given, table, datatype, absent):
    """The table's blocks; a far one when it has none, because pymodbus requires one."""
    found = [SimData(int(at), values=values, datatype=datatype) for at, values in given.get(table, {}).items()]
    return found or [SimData(65535, values=absent, datatype=datatype)]


def device(given):
    simdata = tuple(
        blocks(given, table, datatype, absent)
        for table, datatype, absent in [
            ("coil", DataType.BITS, [False] * 16),
            ("discrete", DataType.BITS, [False] * 16),
            ("holding", DataType.REGISTERS, [0]),
            ("input", DataType.REGISTERS, [0]),
        ]
    )
    return SimDevice(given.get("unit", 1), simdata=simdata)


def relay(source, target):
    """Copies bytes from one master to the other: the wire between the two ends."""
    os.write(target, os.read(source, 512))


async def main(kind, given):
    if kind == "tcp":
        server = ModbusTcpServer([device(given)], address=("127.0.0.1", 0))
        await server.serve_forever(background=True)
        ready = server.transport.sockets[0].getsockname()[1]
    else:
        masters, slaves = zip(os.openpty(), os.openpty())
        for slave in slaves:
            tty.setraw(slave)
        loop = asyncio.get_running_loop()
        loop.add_reader(masters[0], relay, masters[0], masters[1])
        loop.add_reader(masters[1], relay, masters[1], masters[0])
        server = ModbusSerialServer(
            [device(given)],
            framer=FramerType.RTU,
            port=os.ttyname(slaves[1]),
            baudrate=given.get("baud", 9600),
        )
        await server.serve_forever(background=True)
        ready = os.ttyname(slaves[0])
    print("ready", ready, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    os._exit(0)  # the serial transport has no orderly end


asyncio.run(main(sys.argv[1], json.loads(sys.argv[2])))
