import TestSupport
import Testing

extension Daemon {
    @Suite struct `A broker that refuses` {
        /// Each such event was refused in its turn, told of by another event, and so on without end.
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
            #expect(meter.wait(forMore: 40))
            // Start, some retained messages, and at most one event for each reading.
            let published = broker.lines.count { $0.hasPrefix("publish") }
            #expect(published > 20)
            #expect(published < 2 * meter.asked + 15)
            #expect(child.line(with: "set aside") != nil)
        }
    }
}
