public import Contract
public import Domain
public import MQTT
import Synchronization

/// The contract's own format: JSON at QoS 1, where each PUBACK proves its entry.
public final class JSONSession: DestinationSession {
    private let topics: Topics
    private let lastWill: [UInt8]
    private let time: any TimeSource
    private let packs = Mutex(PackWriter())

    public let subscriptions: [String]
    /// Readings must go on where a broker lets nobody ask.
    public var refusable: Set<String> { Set(subscriptions) }
    public var proof: DeliveryProof { .answer }

    /// - Parameters:
    ///   - lastWill: the status that the broker publishes when the gateway is gone.
    ///   - sendsAgain: whether the destination may ask for entries again.
    public init(topics: Topics, lastWill: [UInt8], time: any TimeSource, sendsAgain: Bool = false) {
        self.topics = topics
        self.lastWill = lastWill
        self.time = time
        subscriptions = sendsAgain ? [topics.requests] : []
    }

    public func will() -> MQTTMessage? { MQTTMessage(topic: topics.status, payload: lastWill, retained: true) }

    public func opening() -> [MQTTMessage] { [] }

    public func message(of entry: JournalEntry, lane: Lane) -> MQTTMessage? {
        MQTTMessage(
            topic: topics.topic(of: entry, lane: lane),
            payload: EntryMessage.encode(entry, stamp: corrected(entry.stamp), lane: lane),
            retained: lane == .live && entry.kind == .reading,
            kind: entry.kind == .reading ? .readings : .events
        )
    }

    public func message(ofPack entries: [JournalEntry], lane: Lane) -> MQTTMessage? {
        let payload = packs.withLock { $0.write(entries, lane: lane, stamp: { corrected($0.stamp) }) }
        return payload.map {
            MQTTMessage(topic: topics.packs(of: entries[0].gateway), payload: $0, kind: .readings)
        }
    }

    public func message(ofState topic: String, payload: [UInt8]) -> MQTTMessage? {
        MQTTMessage(topic: topic, payload: payload, retained: true, kind: topics.kind(ofState: topic))
    }

    public func message(ofPost topic: String, payload: [UInt8]) -> MQTTMessage? {
        MQTTMessage(topic: topic, payload: payload, kind: topics.kind(ofState: topic))
    }

    public func received(_ message: MQTTReceived) -> DestinationDemand {
        guard subscriptions.contains(message.topic) else { return .nothing }
        if message.retained { return .refuse(.retained) }
        return ResendRequest(payload: message.payload).map { .sendAgain($0) } ?? .refuse(.unreadable)
    }

    /// A reading from before the clock was set gets its right time once the clock is synchronised, if it is of this
    /// boot.
    private func corrected(_ stamp: Stamp) -> Stamp {
        guard stamp.clock == .unsynchronised else { return stamp }
        let now = time.stamp(at: stamp.uptime)
        return now.clock == .synchronised && now.boot == stamp.boot ? now : stamp
    }
}
