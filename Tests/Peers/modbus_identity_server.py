"""A Modbus server by pymodbus that says who it is: function codes 43 with type 14, and 17. Prints `ready PORT`; ends when
its input ends.

usage: modbus_identity_server.py rtu|ascii|socket"""

import asyncio
import sys

from pymodbus import ModbusDeviceIdentification
from pymodbus.framer import FramerType
from pymodbus.server import ModbusTcpServer

from modbus_registers import device


async def main():
    identity = ModbusDeviceIdentification(
        info_name={"VendorName": "Acme", "ProductCode": "Flow 200", "MajorMinorRevision": "1.02"}
    )
    server = ModbusTcpServer(
        [device(1)], address=("127.0.0.1", 0), framer=FramerType(sys.argv[1]), identity=identity
    )
    await server.serve_forever(background=True)
    print("ready", server.transport.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)


asyncio.run(main())
