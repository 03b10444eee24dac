import Foundation
import TestSupport
import Testing

extension Daemon {
    /// The sums of a subscriber that follows docs/topics.md, "Counters: how to sum", while the gateway is killed again
    /// and again.
    @Suite struct Sums {
        /// An increase that the subscriber keeps: from `since` (not included) to its own reading.
        private struct Held {
            var since: String
            var time: String
            var amount: Int
        }

        /// Rules 1 and 5: an increase published after a crash may begin at a reading before others that came live.
        private static func sum(_ readings: [Message]) -> Int {
            var held: [Held] = []
            for reading in readings {
                let point = reading.point("passed")
                guard let amount = point["increase"].integer, let since = point["since"].string,
                    let time = reading.json["time"].string
                else { continue }
                held.removeAll { $0.time > since }
                held.append(Held(since: since, time: time, amount: amount))
            }
            return held.reduce(0) { $0 + $1.amount }
        }

        /// With a broker on the same box only the disk is safe; with a remote one a PUBACK is, and commits come later.
        /// Without rule 5 the sums were 2.4 and 66 percent too high.
        @Test(arguments: ["", ", same_box: false"]) func `of increases are what passed, over kills`(more: String) throws
        {
            let meter = CountingPeer()
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox()
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 50ms }
                destinations:
                  city: { mqtt: mqtt://127.0.0.1:\(broker.port)\(more) }
                """
            )
            var epochs: [String] = []
            for round in 0..<6 {
                try box.start()
                let start = try #require(subscriber.first { $0.event == "start" && !epochs.contains($0.epoch ?? "") })
                let epoch = try #require(start.epoch)
                epochs.append(epoch)
                let readings = subscriber.all(17 + 7 * round) { $0.epoch == epoch && $0.json["points"] != .absent }
                try #require(readings != nil)
                // The first end is orderly: after it there is a baseline on the disk, and each kill goes back to one.
                if round == 0 { #expect(box.terminate().status == 0) } else { box.kill() }
            }
            // Readings that were committed and not acknowledged come with the last start.
            try box.start()
            let isWhole = subscriber.wait { messages -> Bool? in
                let starts = messages.filter { $0.event == "start" }
                guard Set(starts.compactMap(\.epoch)).count == epochs.count + 1 else { return nil }
                let isMissing = starts.contains { start in
                    let before = start.json["data"]["previous"]
                    guard let epoch = before["epoch"].string else { return false }
                    return messages.of(epoch: epoch).contiguousThrough < before["committed_through"].integer ?? .max
                }
                return isMissing ? nil : true
            }
            try #require(isWhole != nil)
            meter.silence(true)
            #expect(box.terminate().status == 0)
            var known: Set<String> = []
            let told = subscriber.messages.filter { $0.json["points"] != .absent && known.insert($0.id ?? "").inserted }
            let order = told.sorted {
                let (a, b) = (
                    Int($0.epoch?.prefix { $0 != "-" } ?? "") ?? 0, Int($1.epoch?.prefix { $0 != "-" } ?? "") ?? 0
                )
                return (a, $0.seq ?? 0) < (b, $1.seq ?? 0)
            }
            let totals = order.compactMap { $0.point("passed")["value"].integer }
            let (first, last) = (try #require(totals.first), try #require(totals.last))
            #expect(Self.sum(order) == last - first)
            #expect(order.count > 150)
        }
    }
}
