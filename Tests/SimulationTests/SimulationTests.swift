import Foundation
import Installation
import Platform
@testable import Simulation
import TestSupport
import Testing

@Suite(.serialized)
struct SimulationTests {
    private func simulation(
        _ text: String,
        in folder: TemporaryFolder,
        _ settings: SimulationSettings = SimulationSettings()
    ) throws -> Simulation {
        let configuration = try FieldProfiles.configuration(text, in: folder)
        return Simulation(configuration: configuration, settings: settings, time: SystemClock()) { _ in }
    }

    private func serial(_ path: String, profile: String = "flow") -> String {
        """
        buses: { line: { serial: \(path), baud: 9600 } }
        devices: { meter: { profile: \(profile), bus: line, unit: 5, site: pond, interval: 10s } }
        """
    }

    @Test func mbpollReadsADeviceOverTCP() throws {
        let folder = try TemporaryFolder()
        let port = try freePort()
        let text = """
            buses: { net: { tcp: 127.0.0.1:\(port) } }
            devices: { meter: { profile: flow, bus: net, unit: 1, site: pond, interval: 5s } }
            """
        let simulation = try simulation(text, in: folder)
        try simulation.start()
        defer { simulation.stop() }
        let result = try ChildProcess.run(
            "/usr/bin/mbpoll",
            ["-m", "tcp", "-p", "\(port)", "-a", "1", "-r", "92", "-c", "1", "-t", "4:hex", "-1", "127.0.0.1"]
        )
        #expect(result.status == 0)
        #expect(
            result.lines.joined(separator: "\n").contains("[92]: \t0x52"),
            "\(result.lines.joined(separator: "\n"))"
        )
        let flow = try ChildProcess.run(
            "/usr/bin/mbpoll",
            ["-m", "tcp", "-p", "\(port)", "-a", "1", "-r", "1", "-c", "1", "-t", "4:float", "-1", "127.0.0.1"]
        )
        let value = try #require(
            flow.lines.joined(separator: "\n").split(separator: "[1]:").last.flatMap {
                Double($0.trimmingCharacters(in: .whitespacesAndNewlines).prefix { !$0.isWhitespace })
            }
        )
        #expect((0...60).contains(value))
        #expect(simulation.statistics["net"]?.answered == 2)
    }

    @Test func mbpollReadsADeviceOverALine() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let simulation = try simulation(serial(path), in: folder)
        try simulation.start()
        defer { simulation.stop() }
        let result = try ChildProcess.run(
            "/usr/bin/mbpoll",
            ["-m", "rtu", "-b", "9600", "-P", "none", "-a", "5", "-r", "92", "-c", "1", "-t", "4:hex", "-1", path]
        )
        #expect(result.status == 0)
        #expect(
            result.lines.joined(separator: "\n").contains("[92]: \t0x52"),
            "\(result.lines.joined(separator: "\n"))"
        )
    }

    @Test func repliesTakeTheirTimeOnTheLine() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let simulation = try simulation(serial(path, profile: "ph"), in: folder)
        try simulation.start()
        defer { simulation.stop() }
        let line = try LineEnd(path)
        let begin = ContinuousClock.now
        let reply = line.exchange(SerialFrame.frame(unit: 5, pdu: [3, 0, 0, 0, 3]), bytes: 11)
        // 8 + 11 characters of 10 bits at 9600 baud are 19.8 ms.
        #expect(ContinuousClock.now - begin >= .milliseconds(19))
        #expect(SerialFrame.frame(unit: 5, pdu: Array(reply[1..<9])) == reply)
    }

    @Test func faultsShowOnTheWire() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let settings = SimulationSettings(faults: [Fault(device: "meter", kind: .echo)], paced: false)
        let simulation = try simulation(serial(path, profile: "ph"), in: folder, settings)
        try simulation.start()
        defer { simulation.stop() }
        let request = SerialFrame.frame(unit: 5, pdu: [3, 0, 0, 0, 3])
        let line = try LineEnd(path)
        let reply = line.exchange([0x00, 0xff, 0x55] + request, bytes: 19)
        #expect(Array(reply.prefix(8)) == request)
        #expect(
            simulation.statistics["line"]
                == {
                    var s = BusStatistics()
                    s.answered = 1
                    s.faulted = 1
                    return s
                }()
        )
    }

    @Test func stoppingLeavesNoDescriptorAndNoSymlink() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let port = try freePort()
        let text = """
            buses: { line: { serial: \(path) }, net: { tcp: 127.0.0.1:\(port) } }
            devices:
              meter: { profile: flow, bus: line, unit: 5, site: pond, interval: 10s }
              probe: { profile: ph, bus: net, unit: 5, site: pond, interval: 10s }
            """
        let simulation = try simulation(text, in: folder)
        func once() throws {
            try simulation.start()
            let line = try LineEnd(path)
            _ = line.exchange(SerialFrame.frame(unit: 5, pdu: [3, 0, 91, 0, 1]), bytes: 7)
            simulation.stop()
            #expect(line.isHungUp)
        }
        try once()
        #expect(access(path, F_OK) != 0)
        #expect(throws: SystemError.self) { try LineEnd(port: port) }
        // Once more: ports and paths are free.
        try once()
    }

    @Test func whatIsNoLeftoverIsNotTouched() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        try "mine".write(toFile: path, atomically: true, encoding: .utf8)
        let simulation = try simulation(serial(path), in: folder)
        let error = #expect(throws: SimulationError.self) { try simulation.start() }
        #expect(try #require(error).description.contains("remove it"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        try FileManager.default.removeItem(atPath: path)
        #expect(symlink("/dev/pts/99999", path) == 0)
        try simulation.start()
        simulation.stop()
        #expect(access(path, F_OK) != 0)
    }

    @Test func aLineThatAnotherSimulationPlaysIsNotTaken() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let first = try simulation(serial(path), in: folder)
        let second = try simulation(serial(path), in: folder)
        try first.start()
        defer { first.stop() }
        #expect(throws: SimulationError.self) { try second.start() }
        #expect(try LineEnd(path).exchange(SerialFrame.frame(unit: 5, pdu: [3, 0, 91, 0, 1]), bytes: 7).count == 7)
    }

    @Test func aLateReplyComesLate() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/tty"
        let settings = SimulationSettings(faults: [Fault(device: nil, kind: .late(.milliseconds(150)))], paced: false)
        let simulation = try simulation(serial(path), in: folder, settings)
        try simulation.start()
        defer { simulation.stop() }
        let begin = ContinuousClock.now
        let reply = try LineEnd(path).exchange(SerialFrame.frame(unit: 5, pdu: [3, 0, 91, 0, 1]), bytes: 7)
        #expect(reply.count == 7)
        #expect(ContinuousClock.now - begin >= .milliseconds(150))
    }

    @Test func aConnectionThatSpeaksNoModbusIsClosed() throws {
        let folder = try TemporaryFolder()
        let port = try freePort()
        let text = """
            buses: { net: { tcp: 127.0.0.1:\(port) } }
            devices: { meter: { profile: flow, bus: net, unit: 1, site: pond, interval: 5s } }
            """
        let simulation = try simulation(text, in: folder)
        try simulation.start()
        defer { simulation.stop() }
        let end = try LineEnd(port: port)
        #expect(end.exchange(Array("GET / HTTP/1.1\r\n\r\n".utf8), bytes: 1).isEmpty)
        // The others are still served.
        let other = try LineEnd(port: port)
        #expect(other.exchange([0, 1, 0, 0, 0, 6, 1, 3, 0, 91, 0, 1], bytes: 11).count == 11)
    }

    @Test func onlyThisMachinesAddressesArePlayed() throws {
        let folder = try TemporaryFolder()
        let text = """
            buses: { net: { tcp: 192.0.2.1:1502 } }
            devices: { meter: { profile: flow, bus: net, unit: 1, site: pond, interval: 5s } }
            """
        let simulation = try simulation(text, in: folder)
        let error = #expect(throws: SimulationError.self) { try simulation.start() }
        #expect(try #require(error).description.contains("loopback"))
    }
}
