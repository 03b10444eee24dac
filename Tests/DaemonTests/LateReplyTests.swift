import Foundation
import TestSupport
import Testing

extension Daemon {
    @Suite struct `A late reply on a serial line` {
        private static let profiles = [
            "trio": """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 200ms, worst_reply: 400ms }
            points:
              first: { holding: 10, type: uint16 }
              second: { holding: 11, type: uint16 }
              third: { holding: 12, type: uint16 }
            """,
            "solo": """
            modbus: { numbering: from_0, word_order: ABCD, reply_time: 200ms, worst_reply: 400ms }
            points: { only: { holding: 20, type: uint16 } }
            """,
        ]

        /// - Parameter missing: the number of the request, from 0, whose reply never comes.
        private func readings(
            of profile: String,
            missing: Int
        ) throws -> (subscriber: Subscriber, box: GatewayBox, stop: () -> Void) {
            let broker = try BrokerProcess()
            let subscriber = try Subscriber(broker)
            let box = try GatewayBox(profiles: Self.profiles)
            let line = PseudoTerminal()
            let peer = ScriptedPeer(on: line) { number, request in
                number == missing ? [] : [.send(ModbusFrames.rtuAddresses(to: request))]
            }
            try box.configure(
                """
                buses: { line: { serial: \(line.path), baud: 115200, parity: none, stop_bits: 1 } }
                devices: { meter: { profile: \(profile), bus: line, unit: 1, site: pond, interval: 300ms } }
                destinations: { city: { mqtt: mqtt://127.0.0.1:\(broker.port) } }
                """
            )
            try box.start()
            return (
                subscriber, box,
                {
                    _ = box.terminate()
                    peer.stop()
                    line.close()
                    broker.stop()
                }
            )
        }

        private func values(_ message: Message, _ points: [String]) -> [Double?] {
            points.map { message.point($0)["value"].double }
        }

        @Test func `that is still possible costs a device of several values one of them, and that only for a while`()
            throws
        {
            let (subscriber, _, stop) = try readings(of: "trio", missing: 1)
            defer { stop() }
            let points = ["first", "second", "third"]
            let lost = subscriber.first { $0.point("first")["reason"] == "timeout" }
            let last = try #require(lost?.seq)
            _ = try #require(subscriber.first { values($0, points) == [10, 11, 12] && $0.seq ?? 0 > last })
            let readings = subscriber.messages.filter { $0.topic == "kediri/readings/box-1/pond/meter" }
            #expect(readings.first.map { values($0, points) } == [10, 11, 12])
            let partly = readings.filter { values($0, points) == [10, 11, nil] }
            #expect(!partly.isEmpty)
            #expect(
                partly.allSatisfy {
                    $0.point("third")["reason"] == "distrusted" && $0.point("third")["quality"] == "bad"
                }
            )
        }

        @Test func `that is still possible costs a device of one value that one, and that only for a while`() throws {
            let (subscriber, _, stop) = try readings(of: "solo", missing: 0)
            defer { stop() }
            _ = try #require(subscriber.first { values($0, ["only"]) == [20] })
            let reasons = subscriber.messages.filter { $0.topic == "kediri/readings/box-1/pond/meter" }
                .prefix { $0.point("only")["value"].double == nil }.map { $0.point("only")["reason"] }
            #expect(reasons.first == "timeout")
            #expect(reasons.count > 1 && reasons.dropFirst().allSatisfy { $0 == "distrusted" })
        }
    }
}
