import Contract
import Journal

/// Entries whose topics share one fate: a refusal or a missing subscriber for one holds for all. A refused stream rests
/// alone, so that it cannot hold up the others.
struct Stream: Hashable, Sendable {
    var lane: Lane
    var kind: JournalEntry.Kind
    /// A backlog may carry a gateway's former name, which the broker no longer lets it use.
    var gateway: String
    /// The device that the topic belongs to; nil for common topics.
    var device: String?

    /// The stream of the one topic that the entry goes to.
    init(topicOf entry: JournalEntry, _ lane: Lane) {
        self.init(entry, lane)
        device = entry.device.map { "\(entry.site ?? "")/\($0)" }
    }

    /// The stream of a lane's packs, which have one topic whatever they hold.
    init(packsOf gateway: String, _ lane: Lane) {
        self.lane = lane
        kind = .reading
        self.gateway = gateway
    }

    init(_ entry: JournalEntry, _ lane: Lane) {
        self.lane = lane
        kind = entry.kind
        gateway = entry.gateway
    }
}
