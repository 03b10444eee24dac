import Contract
import Domain
import Foundation
import MQTT
import Platform
import Synchronization
import TestSupport
import Testing

/// Takes packs apart as they come.
final class PackSubscriber: MQTTSessionOwner {
    struct Heard: Sendable {
        var packs: [(retained: Bool, rows: Int)] = []
        /// In the order of arrival; of the same identity the first.
        var entries: [EntryMessage] = []
        var names: [String] = []
        var known: Set<String> = []
    }

    private let state = Mutex(Heard())
    private let condition = NSCondition()
    private let session = Mutex<MQTTSession?>(nil)

    /// - Parameter kept: how long the broker keeps what comes while this one connects anew; nil for not at all.
    init(_ broker: BrokerProcess, kept: Duration? = nil) throws {
        let id = "packs-\(UUID())"
        var settings = MQTTSettings(addresses: [MQTTAddress(host: "127.0.0.1", port: broker.port)], clientID: id)
        settings.subscriptions = ["kediri/packs/+"]
        settings.backoff = .milliseconds(10) ... .milliseconds(100)
        settings.keptSession = kept
        let session = MQTTSession(settings: settings, owner: self, time: SystemClock(), name: "packs")
        self.session.withLock { $0 = session }
        session.start()
        guard broker.line(with: "Sending SUBACK to \(id)") != nil else { throw BrokerFailure(words: "no SUBACK") }
    }

    deinit { session.withLock { $0 }?.stop(within: .seconds(1)) }

    var heard: Heard { state.withLock { $0 } }

    func wait(within limit: Double = 30, _ isIt: (Heard) -> Bool) -> Bool {
        let deadline = Date(timeIntervalSinceNow: limit)
        return condition.withLock {
            while !isIt(heard) {
                if !condition.wait(until: deadline) { return isIt(heard) }
            }
            return true
        }
    }

    func sessionConnected(_ connection: MQTTConnection) {}
    func sessionDisconnected(_ error: MQTTError, unacknowledged: [MQTTToken]) {}
    func nextMessage() -> MQTTNext { .idle(until: nil) }
    func acknowledged(token: MQTTToken, code: UInt8) {}

    func received(_ message: MQTTReceived) {
        guard let pack = try? PackMessage(decoding: message.payload) else {
            Issue.record("no pack on \(message.topic)")
            return
        }
        condition.withLock {
            state.withLock { heard in
                heard.packs.append((message.retained, pack.entries.count))
                for entry in pack.entries where heard.known.insert("\(entry.epoch).\(entry.seq)").inserted {
                    heard.entries.append(entry)
                    if case .event(let event) = entry.content { heard.names.append(event.name.rawValue) }
                }
            }
            condition.broadcast()
        }
    }
}
