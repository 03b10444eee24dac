public import Domain

/// What a piece of time holds of one point: everything that a measure needs, and nothing that depends on the order in which it came.
/// Two tallies merge into the tally of both pieces.
public struct Tally: Hashable, Sendable {
    /// Readings that carried the point, of any quality.
    public var received = 0
    /// Of them, those that count only here: bad, uncertain, or of a device that is not verified.
    public var excluded = 0
    /// Of the excluded, those of a device that is not verified.
    public var unverified = 0
    /// Values in the sum; of a counter, increases.
    public var count = 0
    public var sum = Fixed.zero
    public var minimum: Fixed?
    public var maximum: Fixed?
    /// Values within the limits of their rule.
    public var within = 0
    /// The earliest time that an increase in here was measured from.
    public var since: Instant?
    /// Which readings, by epoch.
    public var identities: [IdentityRange] = []

    public init() {}

    /// Readings that counted.
    public var counted: Int { received - excluded }
    public var isEmpty: Bool { received == 0 }

    public mutating func merge(_ other: Tally) {
        received += other.received
        excluded += other.excluded
        unverified += other.unverified
        count += other.count
        sum += other.sum
        minimum = [minimum, other.minimum].compactMap(\.self).min()
        maximum = [maximum, other.maximum].compactMap(\.self).max()
        within += other.within
        since = [since, other.since].compactMap(\.self).min()
        for identity in other.identities { add(identity) }
    }

    mutating func add(_ identity: IdentityRange) {
        guard let index = identities.firstIndex(where: { $0.epoch == identity.epoch }) else {
            // By the epoch's counter, so that the order in which parts were merged does not show.
            let place = identities.firstIndex { $0.sortKey > identity.sortKey } ?? identities.endIndex
            identities.insert(identity, at: place)
            return
        }
        identities[index].from = min(identities[index].from, identity.from)
        identities[index].to = max(identities[index].to, identity.to)
    }

    /// A value that counts.
    mutating func add(value: Fixed) {
        count += 1
        sum += value
        minimum = min(minimum ?? value, value)
        maximum = max(maximum ?? value, value)
    }
}

/// Which readings of an epoch something was computed from: the first and the last `seq`.
public struct IdentityRange: Hashable, Sendable {
    public var epoch: String
    public var from: UInt64
    public var to: UInt64

    public init(epoch: String, from: UInt64, to: UInt64) {
        self.epoch = epoch
        self.from = from
        self.to = to
    }

    /// Epochs are `<counter>-<random>`: by their counter, then by their name.
    var sortKey: (Int, String) { (epoch.split(separator: "-").first.flatMap { Int($0) } ?? 0, epoch) }
}

/// Tallies by breakdown: the key is empty, or `class=car,direction=left`, names in the indicator's order.
public typealias Breakdown = [String: Tally]

extension Breakdown {
    public mutating func merge(_ other: Breakdown) {
        for (key, tally) in other { self[key, default: Tally()].merge(tally) }
    }

    /// All of it as one.
    public var whole: Tally {
        var whole = Tally()
        for tally in values { whole.merge(tally) }
        return whole
    }
}
