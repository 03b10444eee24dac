import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite(.enabled(if: SmallDisk.obstacle == nil, Comment(rawValue: SmallDisk.obstacle ?? "")))
    struct `A full disk` {
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let disk: SmallDisk
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            disk = try SmallDisk(megabytes: 24)
            box = try GatewayBox(journal: disk.path + "/journal")
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                devices: { gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 50ms } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
        }

        private func storage(_ what: JSONNode, epoch: String) -> Message? {
            subscriber.first { $0.epoch == epoch && $0.event == "storage" && $0.json["data"]["what"] == what }
        }

        @Test func `is no hindrance to a start: readings flow within 5 s, and are committed when there is space`()
            throws
        {
            try box.start()
            let first = try #require(subscriber.event("start")?.epoch)
            box.kill()
            disk.fill()

            let begin = Date()
            try box.start()
            let start = try #require(subscriber.first { $0.event == "start" && $0.epoch != first })
            let epoch = try #require(start.epoch)
            let live = { (message: Message) in
                message.epoch == epoch && message.topic == "kediri/readings/box-1/pond/gate"
                    && message.point("passed")["value"].double != nil
            }
            _ = try #require(subscriber.first(live))
            #expect(Date().timeIntervalSince(begin) < 5)
            // The broker is on this same box, so its data is not safe before it is on the disk, which stores nothing.
            _ = try #require(storage("stalled", epoch: epoch))
            #expect(subscriber.all(60, live) != nil)
            #expect(!subscriber.messages.contains { $0.event == "storage" && $0.json["data"]["what"] == "resumed" })

            disk.free()
            _ = try #require(storage("resumed", epoch: epoch))
            #expect(box.terminate().status == 0)
            let stop = try #require(subscriber.first { $0.event == "stop" && $0.epoch == epoch })
            let last = try #require(stop.seq)
            #expect(subscriber.messages.of(epoch: epoch).contiguousThrough == last)
            try box.start()
            let next = try #require(subscriber.first { $0.event == "start" && ![first, epoch].contains($0.epoch) })
            #expect(
                next.json["data"]["previous"]
                    == ["epoch": .string(epoch), "committed_through": .number(Double(last)), "clean": true]
            )
            #expect(subscriber.messages.contradictions.isEmpty)
        }
    }
}
