import Asking
import Diagnosing
import Domain
import Glibc
import Modbus
import Platform
import Speech
import Testing
import TestSupport

/// Each fault is made at the other end of a pty.
@Suite(.serialized) struct `A fault on a serial line` {
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var diagnosis: Diagnosis
        /// Words of the English sentences that distinguish this case from others of the same diagnosis.
        var says: String
        var script: ScriptedPeer.Script
    }

    private static func right(_ request: [UInt8]) -> [UInt8] { ModbusFrames.rtuAddresses(to: request) }

    static let faults = [
        Fault(testDescription: "silence", diagnosis: .silence, says: "power; A and B") { _, _ in [] },
        Fault(testDescription: "a reply after the reply time", diagnosis: .silence, says: "answers too late") {
            [.pause(.milliseconds(250)), .send(right($1))]
        },
        Fault(testDescription: "noise instead of a frame", diagnosis: .garbage, says: "baud and parity") { _, _ in
            [.send([0xF8, 0x00, 0x83, 0xFE, 0x00, 0x7E, 0x12])]
        },
        Fault(testDescription: "checksums of long frames", diagnosis: .crc, says: "120 ohm") { _, request in
            var reply = right(request)
            if reply.count > 12 { reply[10] ^= 4 }
            return [.send(reply)]
        },
        Fault(testDescription: "checksums of all frames", diagnosis: .crc, says: "shield") { _, request in
            var reply = right(request)
            reply[reply.count - 3] ^= 4
            return [.send(reply)]
        },
        Fault(testDescription: "another unit answers", diagnosis: .foreignReply, says: "unit 9 answers") {
            [.send(right([9] + $1.dropFirst()))]
        },
        Fault(testDescription: "two replies one after the other", diagnosis: .duplicateID, says: "Unplug one") {
            [.send(right($1)), .pause(.milliseconds(30)), .send(right($1))]
        },
        Fault(testDescription: "two replies over each other", diagnosis: .duplicateID, says: "Unplug one") {
            _,
            request in
            let reply = right(request)
            return [.send(zip(reply, reply).flatMap { [$0, $1] })]
        },
        Fault(testDescription: "echo", diagnosis: .echo, says: "echo") { [.send($1)] },
        Fault(testDescription: "replies now and then", diagnosis: .silence, says: "loose wire") { number, request in
            // The first block gets a reply, the second never.
            request[3] == 0 ? [.send(right(request))] : []
        },
    ]

    @Test(arguments: faults) func `is told apart`(_ fault: Fault) throws {
        var profile = try longProfile()
        if fault.says == "loose wire" {
            profile = try AskingTests.profile(
                """
                modbus: { numbering: from_0, word_order: ABCD, reply_time: 100ms, worst_reply: 100ms }
                points:
                  near: { holding: 0, type: uint16 }
                  far: { holding: 100, type: uint16 }
                """
            )
        }
        let report = probed(profile, fault.script).first
        expect(report, is: fault.diagnosis)
        let told = report?.finding.map { $0.seen.text(in: .en) + " " + $0.next.text(in: .en) } ?? ""
        #expect(told.contains(fault.says), "\(told)")
    }

    @Test(arguments: 1...11 as ClosedRange<UInt8>) func `is the device's own exception`(_ code: UInt8) throws {
        // A busy machine may hold up the device's end of the line; late is another diagnosis.
        let report = probed(try longProfile(replyTime: "2s", worstReply: "2s")) { _, request in
            [.send(ModbusFrames.rtu([request[0], request[1] | 0x80, code]))]
        }
        expect(report.first, is: Diagnosis(exception: code))
    }

    @Test func `is a device's alone when others on the line answer`() throws {
        let reports = probed(try longProfile(), units: [1, 2, 3]) { _, request in
            request[0] == 2 ? [.send(Self.right(request))] : []
        }
        #expect(reports.map(\.target.device) == ["d1", "d2", "d3"])
        #expect(reports.map(\.isWell) == [false, true, false])
        for report in [reports[0], reports[2]] {
            expect(report, is: .silence)
            #expect(report.finding?.next.text(in: .en).hasPrefix("Others on this line answer") == true)
        }
    }

    @Test func `is the line's when nobody on it answers`() throws {
        let reports = probed(try longProfile(), units: [1, 2]) { _, _ in [] }
        #expect(reports.allSatisfy { $0.finding?.next.text(in: .en).contains("check the trunk first") == true })
    }

    @Test func `is no fault where stray bytes stand before the replies, and they are said`() throws {
        let reports = probed(try longProfile()) { [.send([0x00, 0xFF] + Self.right($1))] }
        let report = try #require(reports.first)
        #expect(report.isWell && report.strayBytes == 2 * report.exchanges.count)
        let text = ReportText(style: TextStyle(language: .en, columns: 200), names: ["d1"])
        #expect(text.lines(report).contains { $0.plain.contains("stray bytes came before replies") })
    }

    @Test func `is a missing port`() throws {
        let reports = probed(
            try longProfile(),
            units: [1, 2],
            at: .serialLine(path: "/dev/no-such", settings: .init())
        )
        #expect(reports.count == 2)
        for report in reports { expect(report, is: .portMissing) }
    }

    @Test func `is a port that another program holds`() throws {
        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line) { [.send(Self.right($1))] }
        defer {
            peer.stop()
            line.close()
        }
        let endpoint = ModbusEndpoint.serialLine(path: line.path, settings: .init())
        let holder = OwnBus(endpoint: endpoint, time: clock)
        let request = ProbeRequest(
            unit: UnitID(1),
            range: RegisterRange(.holding, start: 0, count: 1),
            timing: ReplyTiming(replyTime: .milliseconds(300), worstReply: .milliseconds(10))
        )
        #expect(try holder.exchange(request).block != nil)
        expect(probed(try longProfile(), at: endpoint).first, is: .portBusy)
        holder.close()
        #expect(probed(try longProfile(), at: endpoint).first?.isWell == true)
    }

    /// Root may open anything, so the thread gives up its rights over files while it probes.
    @Test func `is a port that this user may not open`() throws {
        let line = PseudoTerminal()
        defer { line.close() }
        chmod(line.path, 0)
        let profile = try longProfile()
        let report = asNobody { probed(profile, at: .serialLine(path: line.path, settings: .init())).first }
        expect(report, is: .portForbidden)
    }

    @Test func `is a file that is no serial port`() throws {
        expect(probed(try longProfile(), at: .serialLine(path: "/dev/null", settings: .init())).first, is: .portMissing)
    }
}

/// Linux keeps a file system user for each thread (setfsuid(2)); Glibc's overlay does not import it.
@_silgen_name("setfsuid") private func setFileSystemUser(_ user: UInt32) -> Int32

private func asNobody<T>(_ body: () -> T) -> T {
    let before = setFileSystemUser(65_534)
    defer { _ = setFileSystemUser(UInt32(before)) }
    return body()
}
