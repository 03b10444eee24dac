import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `A reload` {
        private let near = CountingPeer()
        private let far = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        private func configure(_ devices: String, more: String = "", farAtOnce: Int = 1) throws {
            try box.configure(
                """
                buses:
                  near: { tcp: 127.0.0.1:\(near.port) }
                  far: { tcp: 127.0.0.1:\(far.port), requests_at_once: \(farAtOnce) }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                \(more)
                devices:
                \(devices)
                """
            )
        }

        private let gate = "  gate: { profile: counter, bus: near, unit: 1, site: pond, interval: 200ms }\n"
        private let weir = "  weir: { profile: counter, bus: far, unit: 2, site: pond, interval: 200ms }\n"
        private let sluice = "  sluice: { profile: counter, bus: far, unit: 3, site: pond, interval: 200ms }\n"

        private func reloaded(accepted: JSONNode) -> Message? {
            box.process?.signal(SIGHUP)
            return subscriber.first { $0.json["event"] == "configuration" && $0.json["data"]["accepted"] == accepted }
        }

        private func reading(of device: String) -> Message? {
            subscriber.first { $0.topic == "kediri/readings/box-1/pond/\(device)" && !$0.text.isEmpty }
        }

        @Test func `starts only the bus that changed anew, in the same epoch`() throws {
            try configure(gate + weir)
            try box.start()
            let before = try #require(reading(of: "gate"))
            _ = try #require(reading(of: "weir"))
            try configure(gate + weir + sluice)
            let told = try #require(reloaded(accepted: true))
            #expect(told.json["data"]["buses"] == ["far"])
            #expect(told.epoch == before.epoch)
            let new = try #require(reading(of: "sluice"))
            #expect(new.epoch == before.epoch)
            #expect(near.peer.connections == 1, "the other bus kept its connection")
        }

        @Test func `starts a bus anew for its requests at once alone`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "weir"))
            try configure(gate + weir, farAtOnce: 2)
            #expect(reloaded(accepted: true)?.json["data"]["buses"] == ["far"])
        }

        @Test func `that is refused changes nothing`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "gate"))
            try configure(gate + "  weir: { profile: conter, bus: far, unit: 2, site: pond, interval: 200ms }\n")
            _ = try #require(reloaded(accepted: false))
            #expect(box.process?.line(with: "did you mean 'counter'?") != nil)
            #expect(near.wait(forMore: 3) && far.wait(forMore: 3))
            #expect(near.peer.connections == 1 && far.peer.connections == 1)
        }

        @Test func `clears what is retained of a device that is gone`() throws {
            try configure(gate + weir)
            try box.start()
            _ = try #require(reading(of: "weir"))
            try configure(gate)
            _ = try #require(reloaded(accepted: true))
            for kind in ["meta", "readings"] {
                #expect(subscriber.first { $0.topic == "kediri/\(kind)/box-1/pond/weir" && $0.text.isEmpty } != nil)
            }
            let later = try Subscriber(broker, to: "kediri/readings/box-1/pond/#")
            #expect(later.first { $0.retained }?.topic == "kediri/readings/box-1/pond/gate")
        }

        @Test func `of the gateway itself begins a new epoch in the same process`() throws {
            try configure(gate)
            try box.start()
            let before = try #require(reading(of: "gate"))
            let moved = try Subscriber(broker, to: "kota/#")
            try configure(gate, more: "topic_prefix: kota")
            box.process?.signal(SIGHUP)
            let after = try #require(moved.first { $0.topic == "kota/readings/box-1/pond/gate" })
            #expect(after.epoch != before.epoch)
            let start = moved.first { $0.topic == "kota/gateways/box-1/events" && $0.json["event"] == "start" }
            #expect(start?.json["data"]["previous"]["clean"] == true)
            #expect(box.terminate().status == 0)
        }
    }
}
