import Domain
import Modbus
import TestSupport
import Testing

/// Runs against a slave that this project did not write.
@Suite(.serialized) struct PymodbusTests {
    private func expectEveryTable(of bus: ModbusBus, unit: UInt8) throws {
        let range = 7..<24
        func words(_ table: RegisterTable) throws -> [UInt16] {
            try bus.words(RegisterRange(table, start: range.lowerBound, count: range.count), unit: unit)
        }
        #expect(try words(.holding) == range.map { UInt16($0 * 257) })
        #expect(try words(.input) == range.map { UInt16(65_535 - $0) })
        #expect(try words(.coil) == range.map { $0 % 3 == 0 ? 1 : 0 })
        #expect(try words(.discrete) == range.map { $0 % 5 == 0 ? 1 : 0 })
        #expect(try bus.words(RegisterRange(.holding, start: 0, count: 125), unit: unit).count == 125)
        #expect(try bus.words(RegisterRange(.coil, start: 0, count: 2_000), unit: unit).filter { $0 == 1 }.count == 667)
        #expect(
            try bus.words(RegisterRange(.holding, start: 299, count: 1), unit: unit) == [UInt16(299 * 257 % 65_536)]
        )
        #expect(bus.failure(RegisterRange(.holding, start: 299, count: 2), unit: unit) == .exception(2))
        #expect(try bus.words(RegisterRange(.input, start: 0, count: 1), unit: unit) == [65_535])
    }

    @Test func everyTableOverTCP() throws {
        let server = try PythonPeer("modbus_tcp_server.py")
        let port = try #require(Int(server.ready))
        let bus = ModbusBus(endpoint: .modbusTCP(host: "localhost", port: port), time: clock)
        try expectEveryTable(of: bus, unit: 1)
        try expectEveryTable(of: bus, unit: 17)
        #expect(bus.counters.connections == 1)
        #expect(bus.counters.requests == 18)
        #expect(bus.counters.replies == 16)
        #expect(bus.counters.exceptions == 2)
    }

    @Test func everyTableOverASerialLine() throws {
        let server = try PythonPeer("modbus_rtu_server.py")
        let bus = ModbusBus(endpoint: .serialLine(path: server.ready, settings: .init(baud: 115_200)), time: clock)
        try expectEveryTable(of: bus, unit: 1)
        try expectEveryTable(of: bus, unit: 17)
        #expect(bus.counters.requests == 18)
    }

    @Test(arguments: [ModbusFraming.rtu, .ascii])
    func `every table comes through a serial server that passes a line's frames`(_ framing: ModbusFraming) throws {
        let server = try PythonPeer("modbus_framed_server.py", arguments: ["\(framing)"])
        let port = try #require(Int(server.ready))
        let bus = ModbusBus(endpoint: .lineOverTCP(host: "127.0.0.1", port: port, framing: framing), time: clock)
        try expectEveryTable(of: bus, unit: 1)
        try expectEveryTable(of: bus, unit: 17)
        #expect(bus.counters.connections == 1)
        #expect(bus.counters.requests == 18)
    }

    @Test func `every table comes over a serial line in ASCII`() throws {
        let server = try PythonPeer("modbus_rtu_server.py", arguments: ["ascii"])
        let endpoint = ModbusEndpoint.serialLine(
            path: server.ready,
            settings: .init(baud: 115_200),
            framing: .ascii
        )
        let bus = ModbusBus(endpoint: endpoint, time: clock)
        try expectEveryTable(of: bus, unit: 1)
        try expectEveryTable(of: bus, unit: 17)
        #expect(bus.counters.requests == 18)
    }
}
