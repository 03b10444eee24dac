import Contract
import Foundation
import TestSupport
import Testing

extension Daemon {
    /// A city asks a gateway for entries again, at a real broker and with mosquitto's own client.
    @Suite struct `What a city asks for again` {
        private static let topic = "kediri/requests/box-1"
        private let meter = CountingPeer()
        private let broker: BrokerProcess
        private let subscriber: Subscriber
        private let box: GatewayBox

        init() throws {
            broker = try BrokerProcess()
            subscriber = try Subscriber(broker)
            box = try GatewayBox()
        }

        private func configure(_ destinations: String) throws {
            try box.configure(
                """
                buses: { net: { tcp: 127.0.0.1:\(meter.port) } }
                destinations: { \(destinations) }
                devices:
                  gate: { profile: counter, bus: net, unit: 1, site: pond, interval: 200ms }
                """
            )
        }

        private func city(_ keys: String = "resend: true", sameBox: Bool = false) -> String {
            "city: { mqtt: mqtt://127.0.0.1:\(broker.port), same_box: \(sameBox), \(keys) }"
        }

        /// Starts the gateway and waits for its first entries.
        private func started(_ count: Int = 12) throws -> String {
            let known = Set(subscriber.messages.compactMap(\.epoch))
            try box.start()
            let start = try #require(subscriber.first { $0.event == "start" && !known.contains($0.epoch ?? "") })
            let epoch = try #require(start.epoch)
            _ = try #require(subscriber.all(count) { $0.epoch == epoch && $0.seq != nil })
            return epoch
        }

        private func ask(_ epoch: String, _ ranges: String, retained: Bool = false) throws {
            let request = #"{"v":1,"epoch":"\#(epoch)","ranges":\#(ranges)}"#
            try publish(request, to: Self.topic, at: broker, retained: retained)
        }

        private static func again(_ messages: [Message], _ epoch: String) -> [Message] {
            messages.filter { $0.epoch == epoch && $0.json["historical"] == true }
        }

        /// Waits until so many entries of an epoch have come late.
        private func again(_ count: Int, of epoch: String) throws -> [Message] {
            try #require(subscriber.all(count) { $0.epoch == epoch && $0.json["historical"] == true })
        }

        @Test func `comes once more and late, as it was, and nothing else does`() throws {
            try configure(city())
            let epoch = try started()
            try ask(epoch, "[[1,3],[6,6],[5,6]]")
            #expect(try again(5, of: epoch).compactMap(\.seq) == [1, 2, 3, 5, 6])
            #expect(subscriber.messages.contradictions.isEmpty)
            // Another second of readings, and nothing more came again.
            let seen = subscriber.messages.compactMap(\.seq).max() ?? 0
            _ = try #require(subscriber.first { $0.seq ?? 0 > seen + 6 })
            #expect(Self.again(subscriber.messages, epoch).count == 5)
            #expect(!subscriber.messages.contains { $0.event == "gap" })
            let late = subscriber.messages.filter { $0.json["historical"] == true }
            #expect(!late.contains { $0.topic.hasPrefix("kediri/readings/") })
        }

        @Test func `comes in the order of the requests where many are made at once`() throws {
            try configure(city())
            let epoch = try started(20)
            for first in [9, 1, 5] { try ask(epoch, "[[\(first),\(first + 3)]]") }
            #expect(try again(12, of: epoch).compactMap(\.seq) == [9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8])
        }

        @Test func `comes from an earlier start of the gateway, after a kill too`() throws {
            // Entries are on disk within a second.
            try configure(city(sameBox: true))
            let first = try started(20)
            box.kill()
            let second = try started()
            let start = try #require(subscriber.first { $0.event == "start" && $0.epoch == second })
            let committed = try #require(start.json["data"]["previous"]["committed_through"].integer)
            try #require(committed >= 10)
            let before = Self.again(subscriber.messages, first).count
            try ask(first, "[[1,\(committed)]]")
            let late = try again(before + committed, of: first)
            #expect(Set(late.compactMap(\.seq)).isSuperset(of: 1...committed))
            #expect(subscriber.messages.contradictions.isEmpty)
        }

        @Test func `goes to the destination that asked, and to no other`() throws {
            let other = try BrokerProcess()
            let elsewhere = try Subscriber(other)
            let province = "province: { mqtt: mqtt://127.0.0.1:\(other.port), same_box: false, resend: true }"
            try configure(city() + ", " + province)
            let epoch = try started()
            _ = try #require(elsewhere.all(12) { $0.epoch == epoch && $0.seq != nil })
            try ask(epoch, "[[1,8]]")
            #expect(try again(8, of: epoch).count == 8)
            #expect(Self.again(elsewhere.messages, epoch).isEmpty)
        }

        @Test func `is named exactly where the journal no longer has it`() throws {
            try configure(city())
            _ = try started()
            try ask("9-0badcafe", "[[97,106],[1,1]]")
            let gaps = try #require(subscriber.all(2) { $0.event == "gap" })
            #expect(gaps.allSatisfy { $0.json["severity"] == "warning" })
            #expect(
                Set(gaps.map { $0.json["data"] }) == [
                    [
                        "reason": "not_kept", "epoch": "9-0badcafe", "first": 1, "last": 1, "count": 1,
                        "destinations": ["city"],
                    ],
                    [
                        "reason": "not_kept", "epoch": "9-0badcafe", "first": 97, "last": 106, "count": 10,
                        "destinations": ["city"],
                    ],
                ]
            )
        }

        @Test func `comes in packs where readings go in packs`() throws {
            let packs = try PackSubscriber(broker)
            try configure(city("resend: true, pack: { live: 1s }"))
            try box.start()
            #expect(packs.wait { $0.entries.count >= 15 })
            let epoch = try #require(packs.heard.entries.first?.epoch)
            let before = packs.heard.packs.count
            try ask(epoch, "[[2,11]]")
            // Entries that are known already are counted in packs alone.
            #expect(packs.wait { $0.packs.dropFirst(before).contains { $0.rows == 10 } })
            #expect(!subscriber.messages.contains { $0.topic.contains("/backfill/") })
        }

        @Test func `stays away where the destination is not set up for it`() throws {
            try configure(city("resend: false"))
            let epoch = try started()
            try ask(epoch, "[[1,3]]")
            _ = try #require(subscriber.first { $0.seq ?? 0 > 25 })
            #expect(Self.again(subscriber.messages, epoch).isEmpty)
            #expect(!broker.lines.contains { $0.contains("SUBSCRIBE from box-1") })
        }

        @Test func `stays away where the request was retained, or came moments ago`() throws {
            try configure(city())
            let epoch = try started()
            try ask(epoch, "[[2,3]]", retained: true)
            // It was not retained for a gateway that was there.
            #expect(try again(2, of: epoch).count == 2)
            try ask(epoch, "[[2,3]]")
            #expect(box.process?.line(with: "reason=repeated") != nil)
            #expect(box.terminate().status == 0)
            _ = try started()
            #expect(box.process?.line(with: "reason=retained") != nil)
            #expect(Self.again(subscriber.messages, epoch).count == 2)
        }

        @Test func `is said in the status: what was given, what is owed, what was asked for`() throws {
            try configure(city("resend: true, backfill_rate: 1"))
            let epoch = try started()
            try ask(epoch, "[[1,10]]")
            #expect(box.process?.line(with: "entries=10") != nil)
            // A change of the connections publishes the status at once.
            broker.stop()
            // Longer than the five seconds in which an entry is live.
            #expect(meter.wait(forMore: 50))
            try broker.start()
            let status = try #require(
                subscriber.first(within: 60) { $0.topic.hasSuffix("/status") && $0.json["last_seq"].integer ?? 0 > 20 }
            )
            let last = try #require(status.json["last_seq"].integer)
            let city = status.json["destinations"]["city"]
            #expect((5...10).contains(city["asked_again"].integer ?? 0), "\(status.text)")
            #expect(city["pending"].integer ?? 0 > 0)
            let owed = try #require(city["owed"][epoch].elements?.first?.elements)
            #expect(owed.count == 2)
            #expect((1...last).contains(owed[0].integer ?? 0))
        }

        @Test func `stops nothing, whatever bytes come`() throws {
            try configure(city())
            let epoch = try started()
            var payloads = ["", "{", "[]", "null", #"{"v":1}"#, String(repeating: "[", count: 10_000)]
            payloads.append(#"{"v":1,"epoch":"\#(epoch)","ranges":[[0,1]]}"#)
            payloads.append(#"{"v":1,"epoch":"\#(epoch)","ranges":[[9,1]]}"#)
            payloads.append(#"{"v":1,"epoch":"\#(epoch)","ranges":[["# + String(repeating: "9", count: 9_000) + "]]}")
            payloads.append(String(repeating: "x", count: 17_000))
            for payload in payloads {
                let file = box.folder + "/payload"
                try payload.write(toFile: file, atomically: true, encoding: .utf8)
                let options = ["-p", "\(broker.port)", "-q", "1", "-t", Self.topic, "-f", file]
                #expect(try ChildProcess.run("/usr/bin/mosquitto_pub", options).status == 0)
            }
            // One that asks for everything, now and ever.
            try ask(epoch, "[[1,4611686018427387904]]")
            #expect(try again(10, of: epoch).count >= 10)
            #expect(box.process?.line(with: "reason=unreadable") != nil)
            #expect(!subscriber.messages.contains { $0.event == "gap" || $0.event == "stop" })
            #expect(broker.lines.count { $0.contains("as box-1 (") } == 1)
            #expect(box.terminate().status == 0)
        }
    }
}
