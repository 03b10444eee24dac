import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `The watchdog` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let box: GatewayBox
        private let manager: NotifySocket

        init() throws {
            broker = try BrokerProcess()
            box = try GatewayBox()
            manager = try NotifySocket(in: box.folder)
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
        }

        /// - Parameter hang: the loop that hangs, a fault of debug builds.
        private func start(hang: String? = nil) throws -> ChildProcess {
            let environment =
                ["NOTIFY_SOCKET=\(manager.path)", "WATCHDOG_USEC=2000000"] + (hang.map { ["GATEWAY_HANG=\($0)"] } ?? [])
            return try ChildProcess(
                "/usr/bin/env",
                environment + [
                    GatewayProgram.path, "run", "--config", box.configuration, "--profiles", box.folder + "/profiles",
                ]
            )
        }

        @Test func `is fed while the gateway runs, and the status line says how many devices answer`() throws {
            let child = try start()
            defer { child.stop() }
            #expect(manager.receives("READY=1"))
            #expect(manager.receives("STATUS=1 of 1 devices answer; city: connected"))
            #expect(manager.receives("WATCHDOG=1", times: 2))
        }

        @Test func `is fed whatever a broker and a device leave undone`() throws {
            let child = try start()
            defer { child.stop() }
            #expect(manager.receives("STATUS=1 of 1 devices answer"))
            broker.suspend()
            meter.silence(true)
            #expect(meter.wait(forMore: 1))
            #expect(manager.receives("WATCHDOG=1", times: 6))
        }

        /// A bus over TCP hangs the loop that serves them all; a destination hangs while it connects, on its own
        /// thread.
        @Test(arguments: [("journal", "journal"), ("bus net", "network"), ("to city", "to city")])
        func `is not fed when a loop of the gateway's own hangs`(part: String, loop: String) throws {
            let child = try start(hang: part)
            defer { child.stop(9) }
            let told = try #require(child.line(with: "not feeding the watchdog", within: 60))
            #expect(told.contains(loop))
        }
    }
}
