import Contract
import Journal

/// Entries that share the fate of their topics: whoever is forbidden one of them, or has no subscriber for it, is so for all. A
/// stream that is refused rests alone, so that it cannot hold up the others.
struct Stream: Hashable, Sendable {
    var lane: Lane
    var kind: JournalEntry.Kind
    /// A backlog may be of a gateway's former name, which the broker no longer lets it use.
    var gateway: String
    /// The device whose topic it is; nil for the topics of all.
    var device: String?

    /// The one topic that the entry goes to.
    init(topicOf entry: JournalEntry, _ lane: Lane) {
        self.init(entry, lane)
        device = entry.device.map { "\(entry.site ?? "")/\($0)" }
    }

    init(_ entry: JournalEntry, _ lane: Lane) {
        self.lane = lane
        kind = entry.kind
        gateway = entry.gateway
    }
}
