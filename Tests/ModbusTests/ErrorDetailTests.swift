import Domain
import Modbus
import Testing

/// The words of `detail` in events: subscribers depend on them, so they stay byte for byte.
@Suite struct `The detail of a failed read` {
    private static let line = ModbusEndpoint.serialLine(path: "/dev/ttyUSB0", settings: SerialSettings())
    private static let host = ModbusEndpoint.modbusTCP(host: "10.0.0.9", port: 502)

    private static let golden: [(ModbusError.Kind, ModbusEndpoint, String)] = [
        (
            .portMissing,
            line,
            "no such serial port /dev/ttyUSB0: check the adapter and `ls /dev/serial/by-id`"
        ),
        (
            .portBusy,
            line,
            "serial port /dev/ttyUSB0 is in use by another program: find it with `fuser -v /dev/ttyUSB0` and "
                + "stop it"
        ),
        (
            .portForbidden,
            line,
            "serial port /dev/ttyUSB0 may not be opened: add this user to the group `dialout`"
        ),
        (
            .portLost,
            line,
            "serial port /dev/ttyUSB0 went away while in use: check the adapter's plug and supply, and `dmesg "
                + "| tail`"
        ),
        (
            .portFailed("WORDS"),
            line,
            "serial port /dev/ttyUSB0 failed (WORDS): is it a serial port? See `dmesg | tail`"
        ),
        (
            .tooManyDescriptors,
            host,
            "no descriptor left to open 10.0.0.9:502: raise LimitNOFILE of the service; `gateway check` says "
                + "how many are needed"
        ),
        (
            .noThread("WORDS"),
            line,
            "no thread left to serve /dev/ttyUSB0 (WORDS): raise TasksMax of the service; `gateway check` says "
                + "how many are needed"
        ),
        (
            .nameUnknown("WORDS"),
            host,
            "the name in 10.0.0.9:502 does not resolve (WORDS): check it, or give an address"
        ),
        (
            .tcpRefused,
            host,
            "10.0.0.9:502 refuses connections: the host is there; check the port and that Modbus TCP is on"
        ),
        (
            .tcpUnreachable("WORDS"),
            host,
            "10.0.0.9:502 is unreachable (WORDS): check cable, address, netmask and route"
        ),
        (
            .tcpTimeout,
            host,
            "10.0.0.9:502 does not answer: check that the device is on, its address, and `ping`"
        ),
        (
            .tcpFailed("WORDS"),
            host,
            "connection to 10.0.0.9:502 failed (WORDS)"
        ),
        (
            .closedByPeer,
            host,
            "10.0.0.9:502 closed the connection on unit 2 at 10.0.0.9:502, holding 4-15: it may serve one "
                + "client only; look for another"
        ),
        (
            .timeout,
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: no reply: check power, unit id, the A and B wires (try them "
                + "swapped), and baud and parity (now 9600 8N1)"
        ),
        (
            .timeout,
            host,
            "unit 2 at 10.0.0.9:502, holding 4-15: no reply in time: check the unit id, the wires behind the "
                + "gateway if there is one, and whether reply_time is long enough"
        ),
        (
            .crc,
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: a reply with a wrong checksum: check baud and parity (now "
                + "9600 8N1), termination, shield, and for two devices of one id"
        ),
        (
            .crc,
            host,
            "unit 2 at 10.0.0.9:502, holding 4-15: a reply with a wrong checksum: check the line behind it, "
                + "termination, shield, and for two devices of one id"
        ),
        (
            .badFrame("DETAIL"),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: no valid reply: DETAIL; check baud and parity (now 9600 8N1)"
        ),
        (
            .badFrame("DETAIL"),
            host,
            "unit 2 at 10.0.0.9:502, holding 4-15: no valid reply: DETAIL; check the device's protocol"
        ),
        (
            .foreignReply(UnitID(9)),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: unit 9 replied instead: look for a second master or a slow "
                + "device"
        ),
        (
            .foreignTransaction(7),
            host,
            "unit 2 at 10.0.0.9:502, holding 4-15: the reply is for transaction 7: the device confuses its "
                + "clients"
        ),
        (
            .distrusted,
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: not asked: an earlier request's late reply could be taken "
                + "for this one's; soon it is asked again"
        ),
        (
            .echo,
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: the adapter returns what is sent: switch its echo off, or "
                + "check that A and B are connected"
        ),
        (
            .exception(1),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 1, illegal function: the device has no such "
                + "table; try another"
        ),
        (
            .exception(2),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 2, illegal data address: check the numbering "
                + "(from 0 or from 1) and the model"
        ),
        (
            .exception(3),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 3, illegal data value: ask for fewer registers at "
                + "once"
        ),
        (
            .exception(4),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 4, device failure: see the device's own display"
        ),
        (
            .exception(5),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 5, acknowledge: the device needs longer; ask "
                + "again later"
        ),
        (
            .exception(6),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 6, device busy: ask less often"
        ),
        (
            .exception(7),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 7: see the device's manual"
        ),
        (
            .exception(8),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 8, memory parity error: the device is faulty"
        ),
        (
            .exception(9),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 9: see the device's manual"
        ),
        (
            .exception(10),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 10, gateway path unavailable: check the gateway's "
                + "configuration"
        ),
        (
            .exception(11),
            line,
            "unit 2 at /dev/ttyUSB0, holding 4-15: exception 11, no answer behind the gateway: check the unit "
                + "id and its wires"
        ),
    ]

    @Test(arguments: golden.indices) func `keeps its words`(index: Int) {
        let (kind, endpoint, words) = Self.golden[index]
        let range = RegisterRange(.holding, start: 4, count: 12)
        let error = ModbusError(kind: kind, endpoint: endpoint, unit: UnitID(2), range: range)
        #expect(error.description == words)
    }
}
