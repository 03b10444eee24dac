import Domain
@testable import Modbus
import Testing

struct ModbusErrorTests {
    private func error(_ kind: ModbusError.Kind, tcp: Bool = false) -> ModbusError {
        ModbusError(
            kind: kind,
            endpoint: tcp
                ? .modbusTCP(host: "10.0.0.7", port: 502) : .serialLine(path: "/dev/ttyUSB9", settings: .init()),
            unit: UnitID(3),
            range: RegisterRange(.holding, start: 10, count: 2)
        )
    }

    @Test func descriptionsSayWhatItIsAndWhatToDoNext() {
        #expect(
            error(.portMissing).description
                == "no such serial port /dev/ttyUSB9: check the adapter and `ls /dev/serial/by-id`"
        )
        #expect(
            error(.timeout).description == "unit 3 at /dev/ttyUSB9, holding 10-11: no reply: check power, unit id, "
                + "the A and B wires (try them swapped), and baud and parity (now 9600 8N1)"
        )
        #expect(
            error(.tcpRefused, tcp: true).description
                == "10.0.0.7:502 refuses connections: the host is there; check the port and that Modbus TCP is on"
        )
    }

    @Test(arguments: [
        (ModbusError.Kind.portMissing, "port"), (.portBusy, "port"), (.portForbidden, "port"), (.portLost, "port"),
        (.portFailed("x"), "port"), (.tooManyDescriptors, "port"), (.nameUnknown("x"), "no_connection"),
        (.tcpRefused, "no_connection"), (.tcpUnreachable("x"), "no_connection"), (.tcpTimeout, "no_connection"),
        (.tcpFailed("x"), "no_connection"), (.closedByPeer, "no_connection"), (.timeout, "timeout"), (.crc, "crc"),
        (.badFrame("x"), "bad_frame"), (.echo, "bad_frame"), (.foreignReply(UnitID(2)), "foreign_reply"),
        (.foreignTransaction(7), "foreign_reply"), (.distrusted, "distrusted"), (.exception(2), "exception_2"),
    ])
    func everyKindHasItsWordInPayloads(kind: ModbusError.Kind, word: String) {
        #expect(error(kind).reason.word == word)
        #expect(!error(kind).description.isEmpty)
    }

    @Test func onlyReadsCanBeAskedFor() {
        var frame: [UInt8] = []
        for table in RegisterTable.allCases {
            let range = RegisterRange(table, start: 0x1234, count: 2)
            ReadRequest(range: range, unit: UnitID(3), framing: .mbap, transaction: 0xABCD).write(into: &frame)
            #expect(frame == [0xAB, 0xCD, 0, 0, 0, 6, 3, table.functionCode, 0x12, 0x34, 0, 2])
            #expect((1...4).contains(table.functionCode))
        }
    }
}
