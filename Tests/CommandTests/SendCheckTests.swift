import TestSupport
import Testing

extension Commands {
    @Suite struct `Report by exception in check` {
        @Test func `counts the devices, and names the figures that become approximate`() throws {
            let desk = try Desk()
            try desk.configure()
            let text = """
                gateway: kdr-test-01
                timezone: Asia/Jakarta
                topic_prefix: kediri
                sites: { spring: {} }
                buses: { net: { tcp: 127.0.0.1:1502 } }
                destinations: { city: { mqtt: "mqtt://127.0.0.1:1" } }
                storage: { path: \(desk.folder), limit: 64MB }
                devices:
                  flow:
                    profile: tuf-2000m
                    bus: net
                    unit: 1
                    site: spring
                    interval: 10s
                    verified: { by: Diskominfo, on: 2026-10-03 }
                    send: { when: changed, deadband: { discharge: 1 %, velocity: 0.1 } }
                  ph: { profile: sup-ph8001, bus: net, unit: 2, site: spring, interval: 10s }

                """
            try desk.write(text, to: "changed.yaml")
            let arguments = [
                "check", "--config", desk.folder + "/changed.yaml", "--profiles", Repository.devices,
                "--indicators", Repository.root + "/config/indicators.yaml",
            ]
            let (status, lines) = try ChildProcess.run(GatewayProgram.path, arguments)
            let english = lines.joined(separator: "\n")
            #expect(status == 0, "\(english)")
            #expect(english.contains("1 of 2 devices send what changed"))
            #expect(english.contains("may differ by the deadband of discharge: "))
            let indonesian = try ChildProcess.run(GatewayProgram.path, arguments + ["--lang", "id"]).1
                .joined(separator: "\n")
            #expect(indonesian.contains("1 dari 2 perangkat mengirim yang berubah saja"))
        }
    }
}
