import Control
import TestSupport
import Testing

extension Daemon {
    @Suite struct `A broker that refuses` {
        /// Each such event was once refused too and reported by another event, and so on without end.
        @Test func `a broker that takes nothing at all does not make events of events`() throws {
            let meter = CountingPeer()
            let box = try GatewayBox()
            let broker = try BrokerScript("--puback", "0x99")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            let child = try box.start()
            #expect(child.line(with: "refuses every message") != nil)
            #expect(meter.wait(forMore: 40))
            // The few entries that confirm the condition, some probes, and the retained messages.
            let published = broker.lines.count { $0.hasPrefix("publish") }
            #expect(published > 5)
            #expect(published < 30)
            #expect(!child.lines.contains { $0.contains("set aside") })
        }

        /// The status once showed what waits and no reason: only the log had it.
        @Test(arguments: ["", ", pack: { live: 1s }"])
        func `a broker that lets the gateway publish nowhere is named in the status, with the remedy`(
            keys: String
        ) throws {
            let meter = CountingPeer()
            let box = try GatewayBox()
            let broker = try BrokerScript("--puback", "0x87")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port), same_box: false\(keys) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            try box.start()
            func status() throws -> DestinationStatus {
                let client = try ControlClient(lookingAt: box.folder + "/control.sock")
                return try #require(try client.status().destinations.first)
            }
            var city = try status()
            for _ in 0..<100 where city.refusal == nil {
                #expect(meter.wait(forMore: 1))
                city = try status()
            }
            #expect(city.connected && city.acknowledged == 0 && city.pending > 0)
            #expect(city.refusal?.code == 0x87)
            #expect(city.refusal?.topic == nil)
            #expect(city.refusesAll?.hasPrefix("not authorized, since ") == true)
        }

        /// Such seconds once set 1,073 entries aside, for good.
        @Test func `a broker's bad seconds set nothing aside, are told once, and all arrives after them`() throws {
            let meter = CountingPeer()
            let box = try GatewayBox()
            let broker = try BrokerScript("--puback", "0x95", "--refuse-for", "8")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            let child = try box.start()
            #expect(broker.line(with: "through 60 ", within: 120) != nil)
            #expect(broker.lines.contains { $0.hasPrefix("refused 1 ") })
            #expect(!broker.lines.contains { $0.contains("quarantine") })
            #expect(broker.lines.count { $0.hasPrefix("taken") && $0.hasSuffix("broker_refuses") } == 1)
            #expect(child.line(with: "takes messages again") != nil)
            #expect(!child.lines.contains { $0.contains("set aside") })
        }

        /// With 3.1.1 only the lost connection shows that a message is refused. One such message once held up all
        /// others for ever.
        @Test(arguments: ["5", "3.1.1"])
        func `a message at which the broker drops the connection is found and set aside, and the others arrive`(
            version: String
        ) throws {
            let meter = CountingPeer()
            let box = try GatewayBox()
            let broker = try BrokerScript(["--drop-at", #""seq":7,"#] + (version == "5" ? [] : ["--v311"]))
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port), version: \(version) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
            let child = try box.start()
            #expect(child.line(with: "set aside", within: 150)?.hasSuffix("seq=7") == true)
            #expect(broker.line(with: " quarantine") != nil)
            // Twice among others, three times alone.
            #expect(broker.lines.count { $0.hasPrefix("dropped 7") } == 5)
            #expect(broker.line(with: "through 6 ") != nil)
            for seq in 8...40 { #expect(broker.line(with: "taken \(seq) ", within: 60) != nil) }
        }
    }
}
