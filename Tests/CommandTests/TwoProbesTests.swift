import Foundation
import TestSupport
import Testing

extension Commands {
    @Suite struct `Two probes at once` {
        /// With one client id they would end each other's connections.
        @Test func `at one broker are made one after the other`() throws {
            let desk = try Desk()
            let broker = try BrokerProcess()
            defer { broker.stop() }
            let profile = """
                profile: scale
                name: Scale
                measures: waste
                source: the tests
                mqtt: { messages: { state: { topic: "scale/{node}" } } }
                points: { weight: { message: state, path: weight, type: number } }
                """
            try desk.write(profile, to: "profiles/scale.yaml")
            try desk.configure(
                buses: "  line: { mqtt: \"mqtt://127.0.0.1:\(broker.port)\" }",
                devices: "  flow: { profile: scale, bus: line, node: a, site: pond, interval: 20s }"
            )
            let file = desk.configuration
            // It has the turn that a first probe would have.
            let first = try ChildProcess(
                "/bin/sh",
                ["-c", "exec 9<\(file); flock 9; echo at work; exec sleep 600"]
            )
            try #require(first.line(with: "at work") != nil)
            let options = ["--config", file, "--profiles", desk.folder + "/profiles", "--lang", "en", "--wait", "0.5"]
            let second = try ChildProcess(GatewayProgram.path, ["probe"] + options)
            let words = try #require(second.line(with: "another probe is at work"), "\(second.lines)")
            #expect(words.contains("\(first.identifier)"), "\(words)")
            first.stop()
            #expect(second.line(with: "topic_silent") != nil, "\(second.lines)")
            #expect(!second.lines.contains { $0.contains("broker_refused") }, "\(second.lines)")
        }

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
