import Domain
import Foundation
@testable import Simulation
import Testing

struct SlaveBusTests {
    private func bus(_ faults: [Fault] = [], _ framing: ModbusFraming = .rtu) throws -> SlaveBus {
        SlaveBus(framing: framing, devices: [try FieldProfiles.device("ph")], faults: faults, chance: Chance(seed: 1))
    }

    private let request = SerialFrame.frame(unit: 1, pdu: [3, 0, 0, 0, 3])

    private func reply(_ answer: SlaveBus.Answer) -> [UInt8] {
        if case .reply(let reply, _) = answer { return reply.bytes }
        return []
    }

    @Test(arguments: ["rs485", "ph"]) func aCableThatIsOutSilencesItsBusOrDevice(name: String) throws {
        let folder = try TemporaryFolder()
        let device = try FieldProfiles.device("ph")
        var bus = SlaveBus(
            framing: .rtu,
            devices: [device],
            faults: [],
            chance: Chance(seed: 1),
            bus: "rs485",
            cables: Cables(folder: folder.path)
        )
        let request = SerialFrame.frame(unit: device.unit, pdu: [3, 0, 0, 0, 1])
        func isAnswered() -> Bool {
            if case .reply = bus.answer(request, at: 0) { true } else { false }
        }
        #expect(isAnswered())
        let file = folder.path + "/" + (name == "ph" ? device.id : name)
        try Data().write(to: URL(fileURLWithPath: file))
        #expect(!isAnswered())
        try FileManager.default.removeItem(atPath: file)
        #expect(isAnswered())
    }

    @Test func theChecksumIsTheManuals() {
        // TUF-2000F manual: request 01 03 00 00 00 0A C5 CD.
        #expect(SerialFrame.frame(unit: 1, pdu: [3, 0, 0, 0, 10]) == [1, 3, 0, 0, 0, 10, 0xC5, 0xCD])
    }

    @Test func requestsAreFoundBehindGarbage() {
        var buffer: [UInt8] = [0xff, 0x00, 0x13] + request + request.prefix(3)
        #expect(SerialFrame.takeRequest(from: &buffer) == request)
        #expect(SerialFrame.takeRequest(from: &buffer) == nil)
        buffer += request.dropFirst(3)
        #expect(SerialFrame.takeRequest(from: &buffer) == request)
        #expect(buffer.isEmpty)
    }

    @Test(
        "wrong requests get the exception that says so",
        arguments: [
            ("another function", [0x11], [0x91, 1]),
            ("a write", [6, 0, 0, 0, 1], [0x86, 1]),
            ("an address in no point", [3, 0, 2, 0, 2], [0x83, 2]),
            ("another table", [4, 0, 0, 0, 1], [0x84, 2]),
            ("nothing asked for", [3, 0, 0, 0, 0], [0x83, 3]),
            ("too much asked for", [3, 0, 0, 0, 126], [0x83, 3]),
        ] as [(String, [UInt8], [UInt8])]
    )
    func exceptions(name: String, pdu: [UInt8], expected: [UInt8]) throws {
        var bus = try bus()
        let reply = reply(bus.answer(SerialFrame.frame(unit: 1, pdu: pdu), at: 0))
        #expect(reply == SerialFrame.frame(unit: 1, pdu: expected))
    }

    @Test func gapsThatAReaderMayBridgeAreServed() throws {
        let device = try FieldProfiles.device("weight")
        #expect(try device.words(.holding, 6, 7, at: 0).count == 7)
        #expect(device.reply(to: [3, 0, 13, 0, 1], at: 0) == [0x83, 2])
    }

    @Test func strangersGetNoAnswerOnALineAndAnExceptionOverTCP() throws {
        var line = try bus()
        guard case .nobody = line.answer(SerialFrame.frame(unit: 9, pdu: [3, 0, 0, 0, 1]), at: 0) else {
            Issue.record("somebody answered for unit 9")
            return
        }
        var tcp = try bus([], .mbap)
        #expect(reply(tcp.answer([0, 7, 0, 0, 0, 6, 9, 3, 0, 0, 0, 1], at: 0)) == [0, 7, 0, 0, 0, 3, 9, 0x83, 0x0b])
    }

    @Test func faultsShowInTheBytes() throws {
        var healthy = try bus()
        let good = reply(healthy.answer(request, at: 0))
        #expect(good.count == 11)
        func faulty(_ kind: Fault.Kind) throws -> [UInt8] {
            var bus = try bus([Fault(device: nil, kind: kind)])
            return reply(bus.answer(request, at: 0))
        }
        #expect(try faulty(.silence).isEmpty)
        #expect(try faulty(.exception(4)) == SerialFrame.frame(unit: 1, pdu: [0x83, 4]))
        #expect(try faulty(.truncate) == Array(good.prefix(5)))
        #expect(try faulty(.echo) == request + good)
        #expect(try faulty(.wrongUnit) == SerialFrame.frame(unit: 2, pdu: Array(good[1..<9])))
        let noisy = try faulty(.noise)
        #expect(noisy.count > good.count && Array(noisy.suffix(11)) == good)
        let corrupt = try faulty(.corrupt)
        #expect(corrupt.dropLast() == good.dropLast() && corrupt.last != good.last)
    }

    @Test func aFaultBefallsItsDeviceAndItsShareOfRequests() throws {
        var bus = try bus([
            Fault(device: "device-1", kind: .silence, probability: 0.25), Fault(device: "another", kind: .silence),
        ])
        let answered = (0..<400).count { _ in !reply(bus.answer(request, at: 0)).isEmpty }
        #expect((260...340).contains(answered))
    }

    @Test func overTCPCorruptionIsAForeignProtocol() throws {
        var bus = try bus([Fault(device: nil, kind: .corrupt)], .mbap)
        let reply = reply(bus.answer([0, 1, 0, 0, 0, 6, 1, 3, 0, 0, 0, 1], at: 0))
        #expect(reply.prefix(2) == [0, 1] && reply[2] != 0)
    }
}
