import Journal

/// Entries that share the fate of their topics: whoever is forbidden one of them, or has no subscriber for it, is so for all. A
/// stream that is refused rests alone, so that it cannot hold up the others.
struct Stream: Hashable, Sendable {
    var lane: Lane
    var kind: JournalEntry.Kind
    /// A backlog may be of a gateway's former name, which the broker no longer lets it use.
    var gateway: String

    init(_ entry: JournalEntry, _ lane: Lane) {
        self.lane = lane
        kind = entry.kind
        gateway = entry.gateway
    }
}
