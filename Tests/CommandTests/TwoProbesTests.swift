import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `Two probes on one serial port` {
        @Test func `are made one after the other, and the second says that the first is at work`() throws {
            let desk = try Desk()
            try desk.configure()
            let line = PseudoTerminal()
            let asked = DispatchSemaphore(value: 0)
            let peer = ScriptedPeer(on: line) { _, _ in
                asked.signal()
                return []
            }
            defer {
                peer.stop()
                line.close()
            }
            let options = [
                "--config", desk.configuration + ".none", "--profiles", desk.folder + "/profiles", "--lang", "en",
            ]
            let place = ["probe", "--profile", "meter", "--serial", line.path]
            let first = try ChildProcess(GatewayProgram.path, place + options + ["--watch", "600"])
            #expect(asked.wait(timeout: .now() + 20) == .success)
            let second = try ChildProcess(GatewayProgram.path, place + options + ["--wait-line"])
            let words = try #require(second.line(with: "another probe is at work"), "\(second.lines)")
            #expect(words.contains("gateway, \(first.identifier)"), "\(words)")
            first.signal(SIGINT)
            _ = first.exitStatus()
            #expect(second.line(with: "1 device") != nil, "\(second.lines)")
            #expect(!second.lines.contains { $0.contains("port_busy") }, "\(second.lines)")
        }
    }
}
