"""A Modbus TCP server by pyModbusTCP, which serves one request after the other from its connection, however many have
come. It serves the same registers as the pymodbus peers, to any unit, on a free port of the loopback. Prints
`ready PORT`; ends when its input ends."""

import socketserver
import sys

from pyModbusTCP.server import DataBank, ModbusServer

REGISTERS, BITS = 300, 2048

bank = DataBank(coils_size=BITS, d_inputs_size=BITS, h_regs_size=REGISTERS, i_regs_size=REGISTERS)
bank.set_coils(0, [a % 3 == 0 for a in range(BITS)])
bank.set_discrete_inputs(0, [a % 5 == 0 for a in range(BITS)])
bank.set_holding_registers(0, [a * 257 % 65536 for a in range(REGISTERS)])
bank.set_input_registers(0, [65535 - a for a in range(REGISTERS)])

# The library requests a given port and does not report which port it got.
socketserver.TCPServer.allow_reuse_address = True
server = ModbusServer(host="127.0.0.1", port=0, no_block=True, data_bank=bank)
server.start()
print("ready", server._service.server_address[1], flush=True)
sys.stdin.read()
server.stop()
