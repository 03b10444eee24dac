import Contract
import Domain
import Installation
import Journal
import MQTT
import Synchronization

/// What the forwarder does with packs and with the states beside them.
extension Forwarder {
    /// Whether the journal still owes this destination that row.
    var isPending: (Int64) -> Bool {
        { [journal, destination = settings.destination] in journal.isPending(row: $0, destination: destination) }
    }

    /// - Returns: nil where the pack would be too large; its halves come next.
    func message(ofPack entries: [JournalEntry], _ lane: Lane, _ count: Int64) -> MQTTNext? {
        let message = format.message(ofPack: entries, lane: lane)
        let isSent = lanes.withLock { $0.packs?.wrote(count, payload: message?.payload.count) ?? false }
        guard isSent, let message else { return nil }
        return .message(message.named(.pack(count)))
    }

    func answered(pack count: Int64, code: UInt8) {
        let isPending = isPending
        let sent = lanes.withLock { $0.answeredPack(count, code: code, isPending: isPending) }
        if let sent { answered(sent, code: code) }
    }

    /// Returns the newest reading of a device as a message of its usual topic.
    ///
    /// - Returns: nil where the format has no message for it.
    func message(ofNewest entry: JournalEntry, _ count: Int64) -> MQTTNext? {
        guard var message = format.message(of: entry, lane: .live) else {
            answered(newest: count, code: 0)
            return nil
        }
        message.retained = settings.state?.retain ?? false
        return .message(message.named(.state(count)))
    }

    /// A state acknowledges nothing; a refused one is reported, and the next one is tried as usual.
    func answered(newest count: Int64, code: UInt8) {
        let entry = lanes.withLock { $0.newest?.answered(count) }
        guard let entry, !PubackVerdict(code: code).isTaken else { return }
        let topic = settings.topics.topic(of: entry, lane: .live)
        notify(.refused(code: code, words: PubackVerdict.name(of: code), topic: topic))
    }
}
