import Domain
import Testing

@Suite struct `A Modbus endpoint` {
    private let line = ModbusEndpoint.serialLine(
        path: "/dev/ttyUSB0",
        settings: SerialSettings(baud: 19_200, parity: .even)
    )
    private let device = ModbusEndpoint.modbusTCP(host: "10.0.0.7", port: 502)

    @Test func `says where it is, with the line's settings and without`() {
        #expect(line.description == "/dev/ttyUSB0 (19200 8E1)")
        #expect(line.place == "/dev/ttyUSB0")
        #expect(device.description == "10.0.0.7:502")
        #expect(device.place == device.description)
        #expect(ModbusEndpoint.modbusTCP(host: "fe80::1", port: 1_502).description == "[fe80::1]:1502")
    }

    @Test func `on a serial port is a shared line that speaks RTU`() {
        #expect(line.transport == .serial(path: "/dev/ttyUSB0", settings: .init(baud: 19_200, parity: .even)))
        #expect(line.framing == .rtu && line.isShared)
        #expect(line.serialPath == "/dev/ttyUSB0" && line.serialSettings?.baud == 19_200)
    }

    @Test func `of Modbus TCP has a device of its own that speaks MBAP`() {
        #expect(device.transport == .tcp(host: "10.0.0.7", port: 502))
        #expect(device.framing == .mbap && !device.isShared)
        #expect(device.serialPath == nil && device.serialSettings == nil)
    }

    @Test func `takes other settings where it has any`() {
        #expect(line.with(SerialSettings()) == .serialLine(path: "/dev/ttyUSB0", settings: SerialSettings()))
        #expect(device.with(SerialSettings()) == device)
    }

    @Test func `has the unit ids and the word of its framing`() {
        #expect(ModbusFraming.rtu.unitIDs == 1...255 && ModbusFraming.mbap.unitIDs == 0...255)
        #expect(ModbusFraming.allCases.map(\.rawValue) == ["rtu", "ascii", "tcp"])
    }
}
