import Asking
import Diagnosing
import Domain
import Profiles
import Speech
import Testing
import TestSupport

/// The probe's report about a float whose words come in another order: `4212 806B` is 36.625408 as ABCD.
@Suite(.serialized) struct `A wrong word order` {
    private func report(_ words: [UInt16], order: String, point: String) throws -> DeviceReport? {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: \(order), reply_time: 300ms }
            points:
              discharge: { holding: 0, type: float32, \(point) }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in
            let bytes = words.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
            return [.send(ModbusFrames.tcp(to: request, [request[6], request[7], UInt8(bytes.count)] + bytes))]
        })
        defer { peer.stop() }
        return probed(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port)).first
    }

    @Test func `is told with the order that fits and its value`() throws {
        let report = try report([0x4212, 0x806B], order: "CDAB", point: "unit: m3/h, range: [0, 400]")
        let finding = try #require(report?.finding)
        #expect(finding.diagnosis == .wordOrder)
        #expect(
            finding.seen.text(in: .en)
                == "discharge reads -9.8501e-39: too small for anything measured, "
                + "so its words or bytes come in another order"
        )
        #expect(
            finding.next.text(in: .en)
                == "In the profile try word_order ABCD: 36.6254 m3/h; "
                + "is that what the device's display shows for discharge?"
        )
        #expect(
            finding.next.text(in: .id)
                == "Di profil coba word_order ABCD: 36,6254 m3/h; "
                + "apakah itu yang tampil di layar perangkat untuk discharge?"
        )
        #expect(report.map { ReportJSON.line($0, language: .en) }?.contains(#""diagnosis":"word_order""#) == true)
    }

    /// 12 (0000 000C) in the order CDAB is 786432.
    @Test func `is told of a whole number that a range decides`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: CDAB, reply_time: 300ms }
            points: { discharge: { holding: 0, type: uint32, unit: m3/h, range: [0, 400] } }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcp(to: request, [request[6], request[7], 4, 0, 0, 0, 12]))]
        })
        defer { peer.stop() }
        let report = probed(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port)).first
        #expect(report?.finding?.diagnosis == .outOfRange)
        #expect(report?.finding?.next.text(in: .en).contains("word_order ABCD: 12 m3/h") == true)
    }

    /// 12.4 (4146 6666) in the order CDAB is 2.7e23: no meter shows that, whatever its range.
    @Test func `is told of a number greater than any measurement`() throws {
        let report = try report([0x4146, 0x6666], order: "CDAB", point: "unit: m3/h")
        let finding = try #require(report?.finding)
        #expect(finding.diagnosis == .wordOrder)
        #expect(finding.seen.text(in: .id).contains("terlalu besar untuk hasil ukur"))
        #expect(finding.next.text(in: .en).contains("word_order ABCD: 12.4 m3/h"))
    }

    @Test func `is told in the published unit`() throws {
        let report = try report([0x4212, 0x806B], order: "CDAB", point: "unit: m3/h, publish: L/s, range: [0, 400]")
        #expect(report?.finding?.next.text(in: .en).contains("word_order ABCD: 10.1737 L/s") == true)
    }

    /// Without a range any number fits: 25 (41C8 0000) as ABCD, and as BADC -197632. The likelier one is named.
    @Test func `is told of a point without a range`() throws {
        let report = try report([0x41C8, 0x0000], order: "CDAB", point: "unit: m3/h")
        #expect(report?.finding?.next.text(in: .en).contains("word_order ABCD: 25 m3/h") == true)
    }

    @Test func `is told of a value that is out of range by it`() throws {
        let report = try report([0x4212, 0x806B], order: "DCBA", point: "unit: m3/h, range: [0, 400]")
        #expect(report?.finding?.diagnosis == .outOfRange)
        #expect(report?.finding?.next.text(in: .en).contains("word_order ABCD: 36.6254 m3/h") == true)
    }

    @Test func `is not told of a value that no order explains`() throws {
        // The other orders of -1.5 (BFC0 0000) are 6.9e-41, -5.97 and 6.9e-41.
        let report = try report([0xBFC0, 0x0000], order: "ABCD", point: "unit: m3/h, range: [0, 400]")
        #expect(report?.finding?.diagnosis == .outOfRange)
        #expect(report?.finding?.next.text(in: .en).hasPrefix("Compare with the device's display") == true)
    }

    @Test func `is not told of a damped value`() throws {
        let report = try report([0x0C00, 0x0000], order: "ABCD", point: "unit: m3/h, range: [0, 400]")
        #expect(report?.finding == nil)
        #expect(report?.samples.first??.reason == .tiny)
    }

    /// What a probe that knows both profiles says of a device with 36.625408 in its first two registers.
    private func likeness(_ other: Profile) throws -> (diagnosis: Diagnosis?, profile: String?) {
        let own = try profile(
            """
            modbus: { numbering: from_0, word_order: CDAB, reply_time: 300ms }
            points: { discharge: { holding: 0, type: float32, unit: m3/h, range: [0, 400] } }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in
            guard request[8] == 0, request[9] == 0 else { return [.send(ModbusFrames.tcpAddresses(to: request))] }
            let bytes = [0x42, 0x12, 0x80, 0x6B].prefix(Int(request[11]) * 2).map { UInt8($0) }
            return [.send(ModbusFrames.tcp(to: request, [request[6], request[7], UInt8(bytes.count)] + bytes))]
        })
        defer { peer.stop() }
        let bus = OwnBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock)
        var reports: [DeviceReport] = []
        BusProbe(bus: bus, time: clock, profiles: [own, other])
            .run([ProbeTarget(device: "d", profile: own, bus: "line", unit: UnitID(1))]) { reports.append($0) }
        let report = try #require(reports.first)
        return (report.finding?.diagnosis, report.likeness?.profile)
    }

    /// A conductivity probe of one register fits nearly every device: it was once proposed beside the right advice.
    @Test func `proposes no other profile of which one register fits`() throws {
        let probe = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points: { conductivity: { holding: 0, type: uint16, unit: uS/cm, range: [0, 20000] } }
            """,
            id: "probe"
        )
        let found = try likeness(probe)
        #expect(found.diagnosis == .wordOrder)
        #expect(found.profile == nil)
    }

    @Test func `proposes another profile of which many registers fit their ranges`() throws {
        let points = [100, 200, 300, 400].map { register in
            "  p\(register): { holding: \(register), type: uint16, range: [\(register - 50), \(register + 50)] }"
        }
        let logger = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
            \(points.joined(separator: "\n"))
            """,
            id: "logger"
        )
        #expect(try likeness(logger).profile == "logger")
    }

    @Test func `is not what a level below a weir's zero is`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
              level: { holding: 20, type: uint16, unit: mm }
              discharge: { weir: { level: level, angle: 90, coefficient: 1.365, zero: 0.1 }, unit: m3/s }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let finding = probed(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port)).first?.finding
        #expect(finding?.diagnosis == .outOfRange)
        #expect(
            finding?.seen.text(in: .en)
                == "discharge cannot be told: level is below the weir's zero or above its greatest head"
        )
    }
}
