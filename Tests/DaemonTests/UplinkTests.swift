import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `The uplink` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
            let catalogue = """
                indicators:
                  traffic-volume:
                    name: { id: Volume, en: Volume }
                    theme: mobility
                    dimension: living
                    unit: "{vehicles}"
                    method: { name: counter-difference, source: the tests }
                    measure: sum
                    from: [{ counters: "{vehicles}" }]
                    windows: [hour, year]
                    scopes: [device, gateway]
                """
            try catalogue.write(toFile: box.folder + "/indicators.yaml", atomically: true, encoding: .utf8)
        }

        private func configure(_ more: String) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port), \(more) } }
                devices:
                  gate:
                    { profile: counter, bus: net, unit: 1, site: pond, interval: 100ms, \
                verified: { by: T, on: 2026-01-01 } }
                """
            )
        }

        private func carried(_ message: Message) -> JSONNode? {
            guard message.topic == "kediri/gateways/box-1/status", !message.retained else { return nil }
            let traffic = message.json["destinations"]["city"]["traffic"]
            return traffic.keys.isEmpty ? nil : traffic
        }

        /// What the run's last status says.
        private func lastWord() throws -> JSONNode {
            let last = subscriber.first { $0.json["state"] == "offline" && carried($0) != nil }
            return try carried(#require(last)) ?? .null
        }

        @Test func `is counted over a restart, and its budget is told once`() throws {
            try configure("keepalive: 10min, budget: 20kB/month")
            try box.start()
            #expect(broker.line(with: "k600") != nil)
            let event = try #require(subscriber.first { $0.event == "uplink_budget" && $0.json["severity"] == "alarm" })
            #expect(event.json["data"]["destination"] == "city")
            #expect(event.json["data"]["budget"] == 20_000 && event.json["data"]["per"] == "month")
            #expect((event.json["data"]["bytes"].integer ?? 0) >= 20_000)
            #expect(event.json["data"]["since"].string?.hasSuffix("-01") == true)
            #expect(box.terminate().status == 0)
            let first = try lastWord()
            #expect(first["budget"] == ["bytes": 20_000, "per": "month"])
            let before = try #require(first["month"]["total"].integer)
            for kind in ["readings", "events", "rest", "overhead", "received"] {
                #expect((first["month"][kind].integer ?? 0) > 0, "\(kind)")
            }
            try box.start()
            let later = subscriber.first { message in
                let total = carried(message)?["month"]["total"].integer ?? 0
                return message.json["state"] == "online" && message.epoch?.hasPrefix("2-") == true && total > before
            }
            #expect(later != nil)
            #expect(box.terminate().status == 0)
            let alarms = subscriber.messages.filter { $0.event == "uplink_budget" && $0.json["severity"] == "alarm" }
            #expect(Set(alarms.compactMap(\.id)).count == 1)
        }

        @Test func `leaves out figures that the configuration leaves out, and empties what it sent before`() throws {
            let topic = "kediri/indicators/box-1/mobility/traffic-volume/"
            try configure("keepalive: 10s")
            try box.start()
            for figure in ["device-gate/hour", "device-gate/year", "gateway/hour", "gateway/year"] {
                try #require(subscriber.first { $0.topic == topic + figure && !$0.text.isEmpty } != nil, "\(figure)")
            }
            try configure("indicators: { scopes: [gateway], windows: [hour] }")
            box.process?.signal(SIGHUP)
            for figure in ["device-gate/hour", "device-gate/year", "gateway/year"] {
                #expect(subscriber.first { $0.topic == topic + figure && $0.text.isEmpty } != nil, "\(figure)")
            }
            try configure("indicators: { scopes: [gateway], windows: [hour], open: never }")
            box.process?.signal(SIGHUP)
            #expect(subscriber.first { $0.topic == topic + "gateway/hour" && $0.text.isEmpty } != nil)
            #expect(box.terminate().status == 0)
            func emptied() -> Int { subscriber.messages.count { $0.topic.hasPrefix(topic) && $0.text.isEmpty } }
            let before = emptied()
            try box.start()
            #expect(subscriber.first { $0.json["state"] == "online" && $0.epoch?.hasPrefix("2-") == true } != nil)
            #expect(box.terminate().status == 0)
            #expect(subscriber.first { $0.json["state"] == "offline" && $0.epoch?.hasPrefix("2-") == true } != nil)
            #expect(emptied() == before, "the broker has none of them any more")
        }
    }
}
