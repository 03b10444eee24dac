import Asking
import Diagnosing
import Documents
import Domain
import Platform
import Profiles
import TestSupport
import Testing

/// A probe and a scan of a line on which a device sends text, on a pty.
@Suite struct `A probe of a device that sends text` {
    private static let profiles = ProfileCatalogue.load(folders: [(Repository.devices, true)], log: ProblemLog()).all

    private func report(_ profile: String, _ frames: [String]) throws -> DeviceReport {
        let line = PseudoTerminal()
        defer { line.close() }
        let sender = frames.isEmpty ? nil : TextSender(on: line, frames)
        defer { sender?.stop() }
        let found = try #require(Self.profiles.first { $0.id == profile })
        let endpoint = StreamEndpoint.serial(path: line.path, settings: SerialSettings())
        let target = ProbeTarget(profile: found, bus: "line", unit: UnitID(0), interval: .seconds(1))
        return StreamProbe(endpoint: endpoint, profiles: Self.profiles, time: SystemClock())
            .run(target, wait: frames.isEmpty ? .milliseconds(400) : .seconds(20))
    }

    @Test func `shows the frames and the value`() throws {
        let report = try report("yaohua-a12e-lines", ["wn0003.17kg\r\n"])
        #expect(report.isWell)
        #expect(report.samples.first??.value?.description == "3.17")
        #expect(report.heard?.last.last?.text == "\"wn0003.17kg\\r\\n\"")
        #expect(report.heard?.damaged == 0)
    }

    @Test func `says that some frames are damaged`() throws {
        let report = try report("yaohua-a12e-lines", ["wn0003.17kg\r\n", "wn00#3.17kg\r\n"])
        guard case .text(.damaged(let damaged, let count, _, _))? = report.finding else {
            Issue.record("\(String(describing: report.finding))")
            return
        }
        #expect(damaged > 0 && damaged < count)
        #expect(report.finding?.diagnosis == .crc)
    }

    @Test func `says where the frames differ from the profile, and which profile fits`() throws {
        let report = try report("yaohua-a12e-lines", ["ST,NT,+0012.34kg\r\n"])
        guard case .text(.otherForm(_, _, let place, let wanted))? = report.finding else {
            Issue.record("\(String(describing: report.finding))")
            return
        }
        #expect(place == 1 && wanted.hasPrefix("\"w"))
        #expect(report.likeness?.profile == "and-18")
    }

    @Test func `says that nothing comes`() throws {
        let report = try report("yaohua-a12e-lines", [])
        guard case .text(.silent)? = report.finding else {
            Issue.record("\(String(describing: report.finding))")
            return
        }
        #expect(report.finding?.diagnosis == .silence)
    }

    @Test func `of an unknown port names the profile that fits`() throws {
        let line = PseudoTerminal()
        defer { line.close() }
        let sender = TextSender(on: line, ["\u{2}+012345218\u{3}"])
        defer { sender.stop() }
        let find = StreamScan(path: line.path, profiles: Self.profiles, time: SystemClock()).run([SerialSettings()])
        guard case .fits(_, let profiles, _)? = find else {
            Issue.record("\(String(describing: find))")
            return
        }
        #expect(profiles.first?.profile == "yaohua-a9")
    }

    @Test func `finds no text on a port where nothing comes`() {
        let line = PseudoTerminal()
        defer { line.close() }
        #expect(StreamScan(path: line.path, profiles: Self.profiles, time: SystemClock()).run() == nil)
    }
}
