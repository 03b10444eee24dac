import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `The city's figures` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
            try box.configure(
                """
                timezone: Asia/Jakarta
                buses:
                  net: { tcp: 127.0.0.1:\(meter.port) }
                  field: { mqtt: mqtt://127.0.0.1:\(broker.port) }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate:
                    { profile: counter, bus: net, unit: 1, site: pond, interval: 100ms, \
                verified: { by: T, on: 2026-01-01 } }
                  scale-07:
                    profile: scale
                    bus: field
                    node: bsu-07
                    site: pond
                    interval: 60s
                    verified: { by: T, on: 2026-01-01 }
                    labels: { category: plastik }
                """
            )
            let catalogue = """
                weighings: [{ profile: scale, net: weight, minimum: 0.1 }]
                indicators:
                  traffic-volume:
                    name: { id: Volume, en: Volume }
                    theme: mobility
                    dimension: living
                    unit: "{vehicles}"
                    method: { name: counter-difference, source: the tests }
                    measure: sum
                    from: [{ counters: "{vehicles}" }]
                    windows: [year]
                    scopes: [device, kelurahan]
                  waste-collected:
                    name: { id: Sampah, en: Waste }
                    theme: environment
                    dimension: environment
                    unit: kg
                    method: { name: sum-of-weighings, source: the tests }
                    measure: sum
                    by: [category]
                    from: [{ event: weighing, amount: net, alive: [weight], category: data.labels.category }]
                    windows: [15min, year]
                    scopes: [site]
                """
            try catalogue.write(toFile: box.folder + "/indicators.yaml", atomically: true, encoding: .utf8)
        }

        /// A scale's message, weighed so many minutes ago.
        private func weigh(_ grams: Int, minutesAgo: Double = 0, at second: Double = 0) throws {
            let formatter = ISO8601DateFormatter()
            formatter.timeZone = TimeZone(identifier: "Asia/Jakarta")
            formatter.formatOptions = [
                .withYear, .withMonth, .withDay, .withTime, .withDashSeparatorInDate, .withColonSeparatorInTime,
            ]
            let time = formatter.string(from: Date(timeIntervalSinceNow: second - minutesAgo * 60))
            try publish(
                #"{"Time":"\#(time)","HX711":{"WeightRaw":\#(grams)}}"#,
                to: "tele/bsu-07/SENSOR",
                at: broker
            )
        }

        @Test func `what a kill left on disk is in the figures of the next start`() throws {
            try box.start()
            // The broker is on this same box: what it has is on disk a second later.
            #expect(meter.wait(forMore: 30))
            box.kill()
            try box.start()
            let topic = "kediri/indicators/box-1/mobility/traffic-volume/device-gate/year"
            let figure = try #require(
                subscriber.first { $0.topic == topic && ($0.json["value"].integer ?? 0) > 0 && !$0.retained }
            )
            // Readings contain by how much the counter rose; the figure names its readings.
            let ranges = try #require(figure.json["readings"].elements)
            let counted = try #require(
                subscriber.wait { messages -> [Message]? in
                    let readings = messages.filter { $0.topic.hasSuffix("/pond/gate") && $0.seq != nil }
                    let wanted = readings.filter { reading in
                        ranges.contains { range in
                            range["epoch"].string == reading.epoch
                                && (range["from"].integer ?? 0)...(range["to"].integer ?? 0) ~= (reading.seq ?? -1)
                        }
                    }
                    return wanted.isEmpty ? nil : wanted
                }
            )
            let increases = Dictionary(counted.map { ($0.id, $0.point("passed")["increase"].integer ?? 0) }) { $1 }
            #expect(figure.json["value"].integer == increases.values.reduce(0, +))
            #expect(figure.json["method"] == "counter-difference")
        }

        @Test func `a deposit is one event, and one part of the sum, whenever it is told`() throws {
            try box.start()
            try #require(broker.line(with: "box-1.field 1 tele/bsu-07/SENSOR") != nil)
            for (index, grams) in [0, 2_500, 2_500, 0].enumerated() { try weigh(grams, at: Double(index)) }
            let event = try #require(subscriber.event("weighing"))
            #expect(event.topic == "kediri/events/box-1/pond/scale-07")
            #expect(event.json["data"]["net"] == 2.5)
            #expect(event.json["data"]["labels"] == ["category": "plastik"])
            #expect(box.terminate().status == 0)
            try box.start()
            // The broker's log has the subscription of the first start too.
            try #require(broker.line(with: "box-1.field 1 tele/bsu-07/SENSOR", number: 2) != nil)
            for grams in [1_200, 0] { try weigh(grams) }
            #expect(subscriber.all(2) { $0.event == "weighing" } != nil)
            let (status, lines) = try ChildProcess.run(
                GatewayProgram.path,
                [
                    "indicators", "--config", box.configuration, "--profiles", box.folder + "/profiles", "--window",
                    "year", "--scope", "site", "--json",
                ]
            )
            #expect(status == 0)
            let figure = JSONNode(text: try #require(lines.first { $0.contains("waste-collected") }))
            #expect(figure["value"] == 3.7)
            #expect(figure["by"] == ["category": ["plastik": 3.7]])
        }

        @Test func `a late reading issues its closed window`() throws {
            try box.start()
            try #require(broker.line(with: "box-1.field 1 tele/bsu-07/SENSOR") != nil)
            try weigh(4_000, minutesAgo: 40)
            try weigh(0, minutesAgo: 39)
            let topic = "kediri/indicators/box-1/environment/waste-collected/site-pond/15min/final"
            let figure = try #require(subscriber.first(within: 75) { $0.topic == topic && $0.json["value"] == 4 })
            #expect(figure.json["provisional"] == false)
            #expect((figure.json["revision"].integer ?? 0) >= 15)
        }
    }
}
