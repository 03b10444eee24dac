import Domain
import TestSupport
import Testing

@testable import Modbus

/// What a device says of itself.
@Suite(.serialized) struct IdentityTests {
    @Test(arguments: ModbusFraming.allCases)
    func `a device says its maker, product and revision, and is read on`(_ framing: ModbusFraming) throws {
        let word = framing == .mbap ? "socket" : "\(framing)"
        let server = try PythonPeer("modbus_identity_server.py", arguments: [word])
        let port = try #require(Int(server.ready))
        let endpoint: ModbusEndpoint =
            framing == .mbap
            ? .modbusTCP(host: "127.0.0.1", port: port) : .lineOverTCP(host: "127.0.0.1", port: port, framing: framing)
        let bus = ModbusBus(endpoint: endpoint, time: clock)
        let range = RegisterRange(.holding, start: 2, count: 1)
        #expect(try bus.words(range) == [514])
        let identity = bus.identity(of: UnitID(1), timing: patient)
        #expect(identity == DeviceIdentity(maker: "Acme", product: "Flow 200", revision: "1.02"))
        #expect(try bus.words(range) == [514])
        #expect(bus.counters.connections == 1)
    }

    @Test func `a device that knows neither function code is asked once each, and read on at once`() throws {
        try withSerialPeer { _, request in
            if request[1] == 3 { return [.send(ModbusFrames.rtuAddresses(to: request))] }
            return []
        } body: { (bus, peer) throws in
            let range = RegisterRange(.holding, start: 8, count: 1)
            #expect(try bus.words(range) == [8])
            #expect(bus.identity(of: UnitID(1), timing: quick) == nil)
        }
        let refusing = ScriptedPeer(tcp: { _, request in
            request[7] == 3
                ? [.send(ModbusFrames.tcpAddresses(to: request))]
                : [.send(ModbusFrames.tcp(to: request, [request[6], request[7] | 0x80, 1]))]
        })
        defer { refusing.stop() }
        let bus = ModbusBus(endpoint: .modbusTCP(host: "127.0.0.1", port: refusing.port), time: clock)
        let range = RegisterRange(.holding, start: 8, count: 1)
        #expect(try bus.words(range) == [8])
    }

    @Test func `function codes 1 to 4, 17 and 43 with type 14 are all that can be sent`() {
        let reads = RegisterTable.allCases.map(\.functionCode)
        #expect(reads.sorted() == [1, 2, 3, 4])
        #expect(IdentityRequest.allCases.map(\.pdu) == [[43, 14, 1, 0], [17]])
    }

    @Test func `the id of function code 17 is read as far as it is text`() {
        let reply: [UInt8] = [0x11, 9, 0x02, 0xFF] + Array("SDM630 ".utf8)
        #expect(IdentityRequest.serverID.identity(in: reply) == DeviceIdentity(serverID: "SDM630"))
        #expect(IdentityRequest.serverID.identity(in: [0x11, 2, 0x02, 0xFF]) == nil)
    }

    @Test func `a torn identification says nothing`() {
        let whole: [UInt8] = [0x2B, 0x0E, 1, 1, 0, 0, 1, 0, 4] + Array("Acme".utf8)
        let request = IdentityRequest.deviceIdentification
        #expect(request.identity(in: whole)?.maker == "Acme")
        for count in 0..<whole.count { #expect(request.identity(in: Array(whole.prefix(count))) == nil, "\(count)") }
    }
}
