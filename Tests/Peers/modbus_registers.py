"""The registers that the pymodbus peers serve: each value follows from its address alone."""

from pymodbus.simulator import DataType, SimData, SimDevice


def device(unit):
    """Holding register a is 257 * a, input register a is 65535 - a; coil a is set where a % 3 == 0, discrete where
    a % 5 == 0. 300 registers, 2048 bits."""
    coils = [SimData(0, values=[a % 3 == 0 for a in range(2048)], datatype=DataType.BITS)]
    discrete = [SimData(0, values=[a % 5 == 0 for a in range(2048)], datatype=DataType.BITS)]
    holding = [SimData(0, values=[a * 257 % 65536 for a in range(300)], datatype=DataType.REGISTERS)]
    inputs = [SimData(0, values=[65535 - a for a in range(300)], datatype=DataType.REGISTERS)]
    return SimDevice(unit, simdata=(coils, discrete, holding, inputs))
