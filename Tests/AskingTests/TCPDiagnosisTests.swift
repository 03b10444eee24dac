import Asking
import Diagnosing
import Domain
import Modbus
import Platform
import Speech
import Testing
import TestSupport

@Suite(.serialized) struct `A fault of a TCP device` {
    private func probed(port: Int) throws -> DeviceReport? {
        AskingTests.probed(try longProfile(), at: .modbusTCP(host: "127.0.0.1", port: port)).first
    }

    @Test func `is a connection that is refused`() throws {
        expect(try probed(port: try freePort()), is: .tcpRefused)
    }

    @Test func `is a host that swallows the attempt`() throws {
        let hole = FullListener()
        defer { hole.close() }
        expect(try probed(port: hole.port), is: .tcpTimeout)
    }

    /// No TCP connection leads to a multicast address: the kernel reports that without sending anything.
    @Test(arguments: ["224.0.0.1", "no such host"]) func `is a host to which no way leads`(_ host: String) throws {
        expect(AskingTests.probed(try longProfile(), at: .modbusTCP(host: host, port: 502)).first, is: .tcpUnreachable)
    }

    @Test(arguments: [[], [.hangUp]] as [[ScriptedPeer.Step]]) func `is a peer that connects and is mute`(
        _ steps: [ScriptedPeer.Step]
    ) throws {
        let peer = ScriptedPeer(tcp: { _, _ in steps })
        defer { peer.stop() }
        expect(try probed(port: peer.port), is: .tcpMute)
    }

    /// A converter that takes longer than the profile says is no wrong unit id.
    @Test func `is slowness, with the time that it needs`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.pause(.milliseconds(400)), .send(ModbusFrames.tcpAddresses(to: request))]
        })
        defer { peer.stop() }
        let report = try #require(try probed(port: peer.port))
        expect(report, is: .silence)
        guard case .silentLate(_, let after, .milliseconds(150))? = report.finding else {
            Issue.record("\(String(describing: report.finding))")
            return
        }
        #expect(after >= .milliseconds(400))
        #expect(report.finding?.next.text(in: .en).contains("reply_time of at least") == true)
        #expect(report.samples.map { $0?.value } == (0..<12).map { .unsigned($0) }, "the values are read all the same")
    }

    @Test func `is a device that gives its replies the unit id 0`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcpAddresses(to: request.prefix(6) + [0] + request.dropFirst(7)))]
        })
        defer { peer.stop() }
        let report = try #require(try probed(port: peer.port))
        expect(report, is: .foreignReply)
        #expect(report.finding?.next.text(in: .en) == "Write `unit: 0` into the configuration.")
    }

    @Test func `is a reply to another request`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcpAddresses(to: [request[0], request[1] &+ 3] + request.dropFirst(2)))]
        })
        defer { peer.stop() }
        let report = try #require(try probed(port: peer.port))
        expect(report, is: .foreignReply)
        #expect(report.finding?.seen.text(in: .en).contains("transaction") == true)
    }

    @Test func `is a table that the device does not know, with the one to try`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcp(to: request, [request[6], request[7] | 0x80, 1]))]
        })
        defer { peer.stop() }
        let report = try #require(try probed(port: peer.port))
        expect(report, is: .exception1)
        #expect(report.finding?.next.text(in: .en).contains("function code 3 (holding): try `input:`") == true)
    }

    @Test func `is a condition that does not hold, with what the device shows there`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
              status: { holding: 5, type: uint16 }
              level: { holding: 7, type: uint16, good_when: { status: [82] } }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let report = AskingTests.probed(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port)).first
        #expect(report?.finding?.seen.text(in: .en) == "level is not valid: status = 0x05, wanted 0x52")
        #expect(
            report?.finding?.seen.text(in: .id) == "nilai level belum dapat dipercaya: status = 0x05, seharusnya 0x52"
        )
    }

    /// A right device with another device's profile is not sick.
    @Test func `is a wrong profile, with the one that fits`() throws {
        let wrong = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points: { level: { holding: 900, type: uint16, unit: cm, range: [0, 500] } }
            """
        )
        let right = try AskingTests.profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
              one: { holding: 100, type: uint16, unit: cm, range: [50, 150] }
              two: { holding: 200, type: uint16, unit: cm, range: [150, 250] }
            """,
            id: "right"
        )
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let bus = OwnBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock)
        var reports: [DeviceReport] = []
        BusProbe(bus: bus, time: clock, profiles: [wrong, right])
            .run([ProbeTarget(device: "d", profile: wrong, bus: "line", unit: UnitID(1))]) { reports.append($0) }
        #expect(reports.first?.likeness?.profile == "right")
        let report = try #require(reports.first)
        let lines = ReportText(style: TextStyle(language: .en), names: ["d"]).lines(report).map(\.plain)
        #expect(lines.contains { $0.contains("It answers like right (100 %)") }, "\(lines)")
    }

    @Test func `is another unit that answers`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcpAddresses(to: request.prefix(6) + [9] + request.dropFirst(7)))]
        })
        defer { peer.stop() }
        expect(try probed(port: peer.port), is: .foreignReply)
    }

    @Test func `is a converter that passes serial frames on`() throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.rtuAddresses(to: Array(request[6...])))]
        })
        defer { peer.stop() }
        expect(try probed(port: peer.port), is: .garbage)
    }

    @Test(arguments: [6, 11] as [UInt8]) func `is an exception`(_ code: UInt8) throws {
        let peer = ScriptedPeer(tcp: { _, request in
            [.send(ModbusFrames.tcp(to: request, [request[6], request[7] | 0x80, code]))]
        })
        defer { peer.stop() }
        expect(try probed(port: peer.port), is: Diagnosis(exception: code))
    }

    @Test func `is a value out of its range`() throws {
        let profile = try profile(
            """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 300ms }
            points:
              level: { holding: 700, type: uint16, unit: cm, range: [0, 500] }
            """
        )
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let report = AskingTests.probed(profile, at: .modbusTCP(host: "127.0.0.1", port: peer.port)).first
        expect(report, is: .outOfRange)
        #expect(report?.finding?.seen.text(in: .id) == "level terbaca 700 cm, di luar 0 cm sampai 500 cm")
    }

    @Test func `is none where all is well`() throws {
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let report = try #require(try probed(port: peer.port))
        #expect(report.isWell)
        #expect(report.samples.map { $0?.value } == (0..<12).map { .unsigned($0) })
        #expect(report.latency != nil)
        let json = ReportJSON.line(report, language: .en)
        #expect(json.hasPrefix(#"{"device":"d1","profile":"meter","bus":"line","unit":1,"ok":true,"latency_ms":"#))
        #expect(json.hasSuffix(#""p11":{"value":11}}}"#))
    }
}
