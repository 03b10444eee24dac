import Domain
import Foundation
import Platform
import TestSupport
import Testing

@testable import MQTT

extension Sessions {
    @Suite struct `What a session carries` {
        private func message(_ number: Int64, _ kind: TrafficKind, bytes: Int) -> MQTTMessage {
            MQTTMessage(
                topic: "test/\(kind.rawValue)",
                payload: [UInt8](repeating: 120, count: bytes),
                token: MQTTToken(number),
                kind: kind
            )
        }

        @Test func `is counted by kind, and with all that TCP adds in both directions`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner((1...10).map { message($0, $0 <= 4 ? .readings : .events, bytes: 300) })
            with(settings(broker.port) { $0.version = .v311 }, owner) { _ in
                #expect(owner.wait { $0.answers.count == 10 })
            }
            let carried = owner.now.carried
            // A header of 1 byte and 2 of the length, 2 of the topic's length, 2 of the packet identifier.
            #expect(carried.readings == 4 * (7 + 13 + 300))
            #expect(carried.events == 6 * (7 + 11 + 300))
            #expect(carried.indicators == 0 && carried.rest == 0)
            // At least a header of TCP and IP for the CONNECT, and at most a segment for each packet and each answer.
            #expect(carried.overhead > 100 && carried.overhead < 40 * 52)
            // The CONNACK, ten PUBACKs, and the segments that acknowledge.
            #expect(carried.received > 4 + 10 * 4 && carried.received < 4 + 10 * 4 + 40 * 52)
        }

        @Test func `includes the handshake of TLS`() throws {
            var made: BrokerCertificates?
            let broker = try BrokerProcess([
                "allow_anonymous true", "certfile {folder}/broker.pem", "keyfile {folder}/broker.key",
            ]) { made = try BrokerCertificates(folder: $0) }
            let owner = RecordingOwner(messages(1...1))
            let secured = settings(broker.port) {
                $0.addresses[0].tls = true
                $0.caFile = made?.authority
            }
            try with(secured, owner) { _ in try #require(owner.wait { $0.answers.count == 1 }) }
            #expect(owner.now.carried.received > 1_500)
            #expect(owner.now.carried.overhead > 700)
        }

        @Test func `includes connections that failed in their handshake`() throws {
            let broker = try BrokerProcess(["allow_anonymous false"])
            let owner = RecordingOwner()
            with(settings(broker.port), owner) { _ in #expect(owner.wait { $0.failures.count >= 3 }) }
            #expect(owner.now.carried.sent > 3 * (30 + 3 * 52))
            #expect(owner.now.carried.received > 3 * 52)
        }

        @Test func `is less where the broker takes topic aliases, and every message arrives under its topic`() throws {
            let broker = try BrokerProcess()
            let topic = "kediri/readings/kdr-soyo-01/sumber-soyo/flow-soyo"
            let listener = RecordingOwner()
            try with(settings(broker.port, id: "listener") { $0.subscriptions = ["kediri/#"] }, listener) { _ in
                try #require(broker.line(with: "SUBACK") != nil)
                let owner = RecordingOwner()
                try with(settings(broker.port), owner) { session in
                    for number in Int64(1)...50 {
                        owner.offer([MQTTMessage(topic: topic, payload: [1], token: MQTTToken(number), kind: .readings)]
                        )
                        session.wake()
                        try #require(owner.wait { $0.answers.count == Int(number) })
                    }
                    #expect(listener.wait { $0.received.count == 50 })
                    #expect(listener.now.received.allSatisfy { $0.topic == topic })
                    #expect(session.snapshot.connects == 1)
                }
                // Two messages carry the topic; the second defines the alias.
                #expect(owner.now.carried.readings == Int64(49 + 8) + Int64(49 + 11) + 48 * 11)
            }
        }

        @Test func `has aliases of its own on each connection`() throws {
            let broker = try BrokerProcess()
            let owner = RecordingOwner()
            try with(settings(broker.port), owner) { session in
                for round in 0..<3 {
                    let first = Int64(round * 20 + 1)
                    for number in first..<first + 20 {
                        owner.offer(messages(number...number, topic: "test/\(number % 3)"))
                        session.wake()
                        try #require(owner.wait { $0.answers.count == Int(number) })
                    }
                    broker.stop()
                    try #require(owner.wait { $0.failures.count > round && !session.snapshot.connected })
                    try broker.start()
                    try #require(owner.wait { $0.connections.count == round + 2 })
                }
                #expect(!owner.now.failures.contains { $0.kind == .closedByBroker(code: 0x94) })
            }
        }
    }
}
