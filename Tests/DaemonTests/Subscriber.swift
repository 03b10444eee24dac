import Domain
import Foundation
import MQTT
import Platform
import Synchronization
import TestSupport

/// A message as it arrived downstream.
struct Message: Sendable {
    let topic: String
    let retained: Bool
    let text: String
    let json: JSONNode

    var seq: Int? { json["seq"].integer }
    var id: String? { json["id"].string }
    var epoch: String? { json["epoch"].string }
    var event: String? { json["event"].string }
    func point(_ name: String) -> JSONNode { json["points"][name] }
}

/// The developer downstream: receives everything from the broker and keeps it, in order.
final class Subscriber: MQTTSessionOwner {
    private struct State {
        var messages: [Message] = []
        var isConnected = false
    }

    private let condition = NSCondition()
    private let state = Mutex(State())
    private let session = Mutex<MQTTSession?>(nil)

    /// Returns once the broker has accepted the subscription.
    init(_ broker: BrokerProcess, to filters: String...) throws {
        let id = "subscriber-\(UUID())"
        var settings = MQTTSettings(addresses: [MQTTAddress(host: "127.0.0.1", port: broker.port)], clientID: id)
        settings.subscriptions = filters.isEmpty ? ["kediri/#"] : filters
        let session = MQTTSession(settings: settings, owner: self, time: SystemClock(), name: "subscriber")
        self.session.withLock { $0 = session }
        session.start()
        guard broker.line(with: "Sending SUBACK to \(id)") != nil else { throw BrokerFailure(words: "no SUBACK") }
    }

    deinit { session.withLock { $0 }?.stop(within: .seconds(1)) }

    var messages: [Message] { state.withLock { $0.messages } }

    /// Waits until the messages so far satisfy the condition; nil if they do not in time.
    func wait<Result>(within limit: Double = 30, _ find: ([Message]) -> Result?) -> Result? {
        let deadline = Date(timeIntervalSinceNow: limit)
        return condition.withLock {
            while true {
                if let found = find(messages) { return found }
                if !condition.wait(until: deadline) { return find(messages) }
            }
        }
    }

    func first(within limit: Double = 30, _ isIt: (Message) -> Bool) -> Message? {
        wait(within: limit) { $0.first(where: isIt) }
    }

    func event(_ name: String, within limit: Double = 30) -> Message? { first(within: limit) { $0.event == name } }

    /// Waits for so many messages of a kind.
    func all(_ count: Int, within limit: Double = 30, _ isOne: (Message) -> Bool) -> [Message]? {
        wait(within: limit) { messages in
            let found = messages.filter(isOne)
            return found.count >= count ? found : nil
        }
    }

    // MARK: MQTTSessionOwner

    func sessionConnected(_ connection: MQTTConnection) {}
    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {}
    func nextMessage() -> MQTTNext { .idle(until: nil) }
    func acknowledged(token: MQTTToken, code: UInt8) {}

    func received(_ message: MQTTReceived) {
        let text = String(decoding: message.payload, as: UTF8.self)
        let message = Message(
            topic: message.topic,
            retained: message.retained,
            text: text,
            json: JSONNode(text: text)
        )
        condition.withLock {
            state.withLock { $0.messages.append(message) }
            condition.broadcast()
        }
    }
}

extension [Message] {
    /// The messages of one start of the gateway, except those that are sent anew each time.
    func of(epoch: String) -> [Message] { filter { $0.epoch == epoch } }

    /// Every number from 1 up to the last one without a gap.
    var contiguousThrough: Int {
        let numbers = Set(compactMap(\.seq))
        var last = 0
        while numbers.contains(last + 1) { last += 1 }
        return last
    }

    /// Ids that were sent with different contents: only `time`, `clock` and `historical` may differ between two
    /// messages.
    var contradictions: [String] {
        var known: [String: JSONNode] = [:]
        var found: [String] = []
        for message in self {
            guard let id = message.id else { continue }
            let contents = message.json.without("time", "clock", "historical", "boot", "uptime_ms")
            if let before = known[id], before != contents { found.append(id) }
            known[id] = contents
        }
        return found
    }
}
