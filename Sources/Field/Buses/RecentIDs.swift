import Domain

/// The last events that were seen: an event that is sent twice counts once.
///
/// Only 128 bits are kept of an event, however long its id: two SipHashes of it, each started with its own random bits.
/// A sender that does not know those bits cannot make two ids that look the same, so no event hides another.
struct RecentIDs: Sendable {
    private struct Digest: Hashable, Sendable {
        var high: Int
        var low: Int
    }

    /// Brokers and devices repeat events within minutes; four thousand events are hours of a busy junction.
    static let fewest = 4_096
    private let seeds = (UInt64.random(in: 0 ... .max), UInt64.random(in: 0 ... .max))
    private var order: [Digest] = []
    private var known: Set<Digest> = []

    /// How many are known, at most twice `fewest`.
    var count: Int { known.count }

    /// Adds the event and returns whether it is new.
    mutating func insert(_ id: String, of event: String) -> Bool {
        let digest = Digest(high: Self.hash(seeds.0, event, id), low: Self.hash(seeds.1, event, id))
        guard known.insert(digest).inserted else { return false }
        order.append(digest)
        if order.count > 2 * Self.fewest {
            for old in order.prefix(Self.fewest) { known.remove(old) }
            order.removeFirst(Self.fewest)
        }
        return true
    }

    private static func hash(_ seed: UInt64, _ event: String, _ id: String) -> Int {
        // The standard library's hasher adds a random key of this process.
        var hasher = Hasher()
        hasher.combine(seed)
        hasher.combine(ExactText(event))
        hasher.combine(ExactText(id))
        return hasher.finalize()
    }
}
