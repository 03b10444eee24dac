import Control
import Foundation
import TestSupport
import Testing

extension Daemon {
    /// What pages ask over the socket for looking, compared with what a subscriber has received.
    @Suite struct `What the gateway keeps of the last day` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        private func configure(_ more: String = "") throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                \(more)
                """
            )
        }

        private func client() throws -> ControlClient { try ControlClient(lookingAt: box.folder + "/control.sock") }

        private func isReading(_ message: Message) -> Bool {
            message.topic.hasSuffix("/pond/gate") && message.seq != nil
        }

        @Test func `is what a subscriber has received`() throws {
            try configure()
            try box.start()
            _ = try #require(subscriber.all(10, isReading))
            meter.silence(true)
            _ = try #require(subscriber.event("device_down"))
            meter.silence(false)
            _ = try #require(subscriber.event("device_up"))
            let history = try client().history(HistoryRequest(.day, buses: true))
            let received = subscriber.messages.filter(isReading)
            let point = try #require(history.points.first { $0.device == "gate" && $0.point == "passed" })
            #expect(history.steps == 289 && point.mean.count == 289)
            // A reading may come between the answer and the count of the messages.
            let counted = point.readings.reduce(0, +)
            #expect(abs(counted - received.count) <= 3)
            let values = received.compactMap { $0.point("passed")["value"].integer }.map(Double.init)
            #expect(point.least.compactMap(\.self).min() == values.min())
            let greatest = try #require(point.greatest.compactMap(\.self).max())
            #expect(values.contains(greatest) || greatest > values.max() ?? 0)
            let unsure = received.count { $0.point("passed")["quality"] != .absent }
            #expect(unsure > 0 && abs(point.unsure.reduce(0, +) - unsure) <= 3)
            let bus = try #require(history.buses.first { $0.bus == "net" })
            #expect(bus.requests.reduce(0, +) > 10 && bus.timeouts.reduce(0, +) > 0)
            #expect(bus.median.compactMap(\.self).allSatisfy { $0 > 0 && $0 < 1_000 })
        }

        @Test func `stays over a reload, and its device says since when it is down and why`() throws {
            try configure()
            try box.start()
            _ = try #require(subscriber.all(5, isReading))
            meter.silence(true)
            _ = try #require(subscriber.event("device_down"))
            let status = try client().status()
            let gate = try #require(status.devices.first)
            #expect(gate.reason == "timeout" && gate.downSince.map { $0 > status.since && $0 < status.time } == true)
            #expect(status.timezone == "Asia/Jakarta" && status.sites?.map(\.id) == ["pond"])
            #expect(status.sites?.first?.kelurahan == "Bawang")
            let latency = try #require(status.buses.first?.latency)
            #expect(latency.count > 0 && latency.counts.last == latency.count)
            #expect(latency.bounds.count == latency.counts.count && latency.bounds.last == 5)
            meter.silence(false)
            _ = try #require(subscriber.event("device_up"))
            let before = try client().history(HistoryRequest(.day)).points.first?.readings.reduce(0, +) ?? 0
            try configure("  weir: { profile: counter, bus: net, unit: 2, site: pond, interval: 200ms }")
            box.process?.signal(SIGHUP)
            _ = try #require(subscriber.first { $0.topic.hasSuffix("/pond/weir") && $0.seq != nil })
            let history = try client().history(HistoryRequest(.recent, devices: ["gate"]))
            #expect(history.points.map(\.device) == ["gate"] && history.steps == 41)
            #expect(history.points.first.map { $0.readings.reduce(0, +) > before } == true)
            #expect(try client().configurationText().files.first?.text.contains("weir") == true)
            #expect(try client().status().devices.first?.downSince == nil)
        }

        @Test func `begins with the events that the journal holds`() throws {
            try configure()
            try box.start()
            _ = try #require(subscriber.all(1, isReading))
            #expect(box.terminate().status == 0)
            try box.start()
            // They come from a thread of their own, beside the start.
            let deadline = Date(timeIntervalSinceNow: 20)
            var names: [String] = []
            while names.count(where: { $0 == "start" }) < 2, Date() < deadline {
                names = try client().events().events.map(\.name)
            }
            #expect(names.count { $0 == "start" } == 2 && names.contains("stop"))
            #expect(names.first { $0 == "start" || $0 == "stop" } == "start")
        }

        @Test func `is refused in words where the question is none`() throws {
            try configure()
            try box.start()
            let client = try client()
            for question in ["history", "history {}", "figures {}", #"figures {"window":"week","before":1}"#] {
                let answer = String(decoding: try client.ask(question), as: UTF8.self)
                #expect(answer.contains("error") || answer.contains("refused"), "\(question)")
                #expect(!answer.contains("\n"))
            }
            #expect(try client.figures(FigureRequest(window: "day", before: 366)).figures.isEmpty)
        }
    }
}
