import Domain
import Foundation
import Glibc
@testable import Modbus
import Platform
import TestSupport
import Testing

@Suite(.serialized) struct SerialPortTests {
    private func bus(_ path: String) -> ModbusBus {
        ModbusBus(endpoint: .serialLine(path: path, settings: .init(baud: 115_200)), time: clock)
    }

    @Test func aMissingPortIsMissing() {
        let bus = bus("/dev/ttyUSB-no-such")
        #expect(bus.failure() == .portMissing)
        #expect(bus.counters.connectionFailures == 1)
    }

    @Test func aFileThatIsNoSerialPortIsRefused() throws {
        let path = freshPath()
        try Data().write(to: URL(fileURLWithPath: path))
        defer { unlink(path) }
        guard case .portFailed = bus(path).failure() else {
            Issue.record("not portFailed")
            return
        }
    }

    @Test func aPortInUseIsBusyAndItsUserIsNotDisturbed() throws {
        let line = PseudoTerminal()
        defer { line.close() }
        let peer = ScriptedPeer(on: line) { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }
        defer { peer.stop() }
        let first = bus(line.path)
        #expect(try first.words() == [0, 1])
        func speed() -> speed_t {
            var settings = termios()
            tcgetattr(line.master, &settings)
            return settings.c_ospeed
        }
        let before = speed()
        let second = ModbusBus(endpoint: .serialLine(path: line.path, settings: .init(baud: 9_600)), time: clock)
        #expect(second.failure() == .portBusy)
        #expect(speed() == before)
        #expect(try first.words() == [0, 1])
        first.close()
        #expect(try second.words() == [0, 1])
    }

    /// Where the tests run as root, whom no port forbids, its errno takes the place of the failure.
    @Test func aForbiddenPortIsForbidden() throws {
        #expect(ModbusError.Kind(code: EACCES, during: .openingPort) == .portForbidden)
        #expect(ModbusError.Kind(code: EPERM, during: .openingPort) == .portForbidden)
        if geteuid() != 0 {
            let line = PseudoTerminal()
            defer { line.close() }
            chmod(line.path, 0)
            #expect(bus(line.path).failure() == .portForbidden)
        }
    }

    @Test func aPulledAdapterIsNamedAndReadAgainWhenItIsBack() throws {
        let path = freshPath()
        defer { unlink(path) }
        let script: ScriptedPeer.Script = { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }

        let line = PseudoTerminal()
        let peer = ScriptedPeer(on: line, script: script)
        symlink(line.path, path)
        let bus = bus(path)
        #expect(try bus.words() == [0, 1])
        peer.stop()
        line.pull()
        #expect(bus.failure() == .portLost)
        unlink(path)
        #expect(bus.failure() == .portMissing)

        let back = PseudoTerminal()
        defer { back.close() }
        let peerBack = ScriptedPeer(on: back, script: script)
        defer { peerBack.stop() }
        symlink(back.path, path)
        #expect(try bus.words() == [0, 1])
        #expect(bus.counters.connections == 2)
    }

    @Test func anAdapterPulledWhileAReplyIsAwaitedIsNamed() throws {
        let line = PseudoTerminal()
        let bus = bus(line.path)
        // Reads the request, then pulls the adapter instead of answering.
        let puller = try WorkerThread(name: "puller") {
            var request = [UInt8](repeating: 0, count: 8)
            _ = read(line.master, &request, 8)
            line.pull()
        }
        let timing = ReplyTiming(replyTime: .seconds(20), worstReply: .milliseconds(50))
        let began = clock.uptime()
        #expect(bus.failure(timing: timing) == .portLost)
        #expect(clock.uptime() - began < .seconds(10))
        puller.join()
    }

    @Test func descriptorsAreGivenBack() throws {
        func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
                // Other suites' descriptors come and go meanwhile (hence `try?`); only this pty's matter.
                (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")) == line.path
            }.count
        }
        let line = PseudoTerminal()
        defer { line.close() }
        let peer = ScriptedPeer(on: line) { _, request in [.send(ModbusFrames.rtuAddresses(to: request))] }
        defer { peer.stop() }
        let before = try openDescriptors()
        for _ in 0..<5 { #expect(try bus(line.path).words() == [0, 1]) }
        #expect(try openDescriptors() == before)
    }

    @Test func socketsLeaveTheLowNumbersToSerialPorts() throws {
        let peer = ScriptedPeer(tcp: { _, request in [.send(ModbusFrames.tcpAddresses(to: request))] })
        defer { peer.stop() }
        let bus = ModbusBus(endpoint: .modbusTCP(host: "127.0.0.1", port: peer.port), time: clock)
        #expect(try bus.words() == [0, 1])
        let limit = DescriptorRoom.limits.soft
        try #require(limit > Int(DescriptorRoom.selectLimit) + 1_000, "this test needs `ulimit -n` above 2024")
        #expect(try #require(bus.socket) >= DescriptorRoom.selectLimit)
    }
}
