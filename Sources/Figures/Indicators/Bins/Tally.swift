import Domain

/// The content of a piece of time for one point: everything that a measure needs, and nothing that depends on the order
/// of arrival. Tallies of the same piece merge; tallies of successive pieces join into one.
struct Tally: Hashable, Sendable {
    /// Readings that carried the point, of any quality.
    var received = 0
    /// How many of the received count only here: bad, uncertain, or from a device that is not verified.
    var excluded = 0
    /// How many of the excluded come from a device that is not verified.
    var unverified = 0
    /// Values in the sum; for a counter, increases.
    var count = 0
    var sum = Fixed.zero
    // Two numbers and one flag for both: as two optionals they would be twice as large.
    private var least = Fixed.zero
    private var greatest = Fixed.zero
    private var hasExtremes = false
    /// The values, each times the milliseconds that it held, in billionths; then those milliseconds.
    var integral: Int128 = 0
    var milliseconds: Int64 = 0
    /// How many of the milliseconds lie within the limits of the rule.
    var within: Int64 = 0
    /// The part of the sum that came from sharing out.
    var carried = Carried.none
    /// What is missing in the sum.
    var unknown = Unknown()
    /// The readings, by epoch.
    var identities: [IdentityRange] = []

    init() {}

    /// The least value and the greatest; nil if there is none.
    var extremes: (minimum: Fixed, maximum: Fixed)? {
        get { hasExtremes ? (least, greatest) : nil }
        set {
            hasExtremes = newValue != nil
            (least, greatest) = newValue ?? (.zero, .zero)
        }
    }

    var minimum: Fixed? { extremes?.minimum }
    var maximum: Fixed? { extremes?.maximum }

    /// Readings that counted.
    var counted: Int { received &- excluded }
    var isEmpty: Bool { self == Tally() }

    /// Adds the values of the same piece of time.
    mutating func merge(_ other: Tally) {
        add(other)
        carried.merge(other.carried)
        unknown.merge(other.unknown)
    }

    /// Takes in the next piece of time of the same source.
    mutating func append(_ next: Tally) {
        add(next)
        carried = carried.followed(by: next.carried)
        unknown.append(next.unknown)
    }

    private mutating func add(_ other: Tally) {
        // Wrapping, as in `Fixed`: saved numbers without sense give a sum without sense, but do not end the program.
        received &+= other.received
        excluded &+= other.excluded
        unverified &+= other.unverified
        count &+= other.count
        sum += other.sum
        if let others = other.extremes { include(others) }
        integral &+= other.integral
        milliseconds &+= other.milliseconds
        within &+= other.within
        for identity in other.identities { add(identity) }
    }

    mutating func add(_ identity: IdentityRange) {
        guard let index = identities.firstIndex(where: { $0.epoch == identity.epoch }) else {
            // Sort by the epoch's counter, so that the order of merging makes no difference.
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
        include((value, value))
    }

    /// Widens the extremes.
    private mutating func include(_ others: (minimum: Fixed, maximum: Fixed)) {
        let own = extremes ?? others
        extremes = (min(own.minimum, others.minimum), max(own.maximum, others.maximum))
    }

    /// The mean over the time in which the value was known; nil if it never was.
    var mean: Ratio? { milliseconds > 0 ? Ratio(integral, over: Int128(milliseconds) * 1_000_000_000) : nil }
}

/// The readings of an epoch that a value was computed from: the first and the last `seq`.
public struct IdentityRange: Hashable, Sendable {
    public var epoch: String
    public var from: UInt64
    public var to: UInt64

    public init(epoch: String, from: UInt64, to: UInt64) {
        self.epoch = epoch
        self.from = from
        self.to = to
    }

    /// Epochs are `<counter>-<random>`: sorted by their counter, then by their name.
    var sortKey: (Int, String) { (epoch.split(separator: "-").first.flatMap { Int($0) } ?? 0, epoch) }
}

/// Tallies by breakdown: the key is empty, or `class=car,direction=left`, names in the indicator's order.
typealias Breakdown = [String: Tally]

extension Breakdown {
    mutating func merge(_ other: Breakdown) {
        for (key, tally) in other { self[key, default: Tally()].merge(tally) }
    }

    /// Takes in the next piece of time of the same source.
    mutating func append(_ next: Breakdown) {
        for key in keys { self[key]?.append(next[key] ?? Tally()) }
        for (key, tally) in next where self[key] == nil { self[key] = tally }
    }

    /// All of it merged into one.
    var whole: Tally {
        var whole = Tally()
        for tally in values { whole.merge(tally) }
        return whole
    }
}
