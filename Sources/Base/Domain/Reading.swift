/// What one sample says about one point.
public struct Sample: Hashable, Sendable {
    /// Nil when unknown. A bad value that was still measured (out of range, for example) is kept.
    public var value: Value?
    /// Nil means good.
    public var reason: Reason?
    /// Few points are counters. A box keeps the sample of any other point half as large.
    @usableFromInline
    let counted: Counted?

    @inlinable
    public init(value: Value?, reason: Reason? = nil) {
        self.value = value
        self.reason = reason
        counted = nil
    }

    /// - Parameter why: what was found in place of what the reason's rule needs, for people on site.
    public init(value: Value?, reason: Reason, why: String?) {
        self.value = value
        self.reason = reason
        counted = why.map { Counted(increase: nil, since: nil, why: $0) }
    }

    /// The sample of a counter: `increase` was added since `since`, in the published unit.
    public init(value: Value?, reason: Reason? = nil, increase: Value?, since: Instant?) {
        self.value = value
        self.reason = reason
        counted = increase == nil && since == nil ? nil : Counted(increase: increase, since: since, why: nil)
    }

    /// For a counter: what was added since `since`, in the published unit.
    public var increase: Value? { counted?.increase }
    /// For a counter: when the previous sample was taken.
    public var since: Instant? { counted?.since }
    /// What was found in place of what the reason's rule needs, such as `status = 3, wanted 0`. It may hold names that
    /// a peer sent. It stands in no payload.
    public var why: String? { counted?.why }

    /// Whether it says anything besides the value.
    @inlinable
    public var isMoreThanValue: Bool { reason != nil || counted != nil }

    public var quality: Quality { reason?.quality ?? .good }

    public static func bad(_ reason: Reason) -> Sample { Sample(value: nil, reason: reason) }

    @usableFromInline
    final class Counted: Hashable, Sendable {
        let increase: Value?
        let since: Instant?
        let why: String?

        init(increase: Value?, since: Instant?, why: String?) {
            self.increase = increase
            self.since = since
            self.why = why
        }

        @usableFromInline
        static func == (left: Counted, right: Counted) -> Bool {
            left.increase == right.increase && left.since == right.since && left.why == right.why
        }

        @usableFromInline
        func hash(into hasher: inout Hasher) {
            hasher.combine(increase)
            hasher.combine(since)
            hasher.combine(why)
        }
    }
}

/// A point as downstream sees it: its name, its published unit, and the fields of a status word.
public struct PointFace: Hashable, Sendable {
    /// A named part of a status word: bits `low`...`high`, bit 0 the least significant.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var low: Int
        public var high: Int
        /// Whether the bits are a number in two's complement.
        public var isSigned: Bool
        /// What its numbers mean, where the profile says it.
        public var codes: [Int64: String]
        /// The words of its numbers that stand in payloads.
        public var names: [Int64: Label]
        /// What people call it; its name where nil.
        public var label: Label?

        public init(
            name: String,
            low: Int,
            high: Int,
            isSigned: Bool = false,
            codes: [Int64: String] = [:],
            names: [Int64: Label] = [:],
            label: Label? = nil
        ) {
            self.name = name
            self.low = low
            self.high = high
            self.isSigned = isSigned
            self.codes = codes
            self.names = names
            self.label = label
        }

        /// The bits of the field, in a number of 64 bits: those of a negative number are extended.
        public func value(in word: UInt64) -> UInt64 {
            let width = high - low + 1
            let bits = (word >> UInt64(low)) & (width >= 64 ? .max : (1 << UInt64(width)) - 1)
            guard isSigned, width < 64, bits >> UInt64(width - 1) == 1 else { return bits }
            return bits | .max << UInt64(width)
        }

        /// The number that the field holds.
        public func number(in word: UInt64) -> Value {
            isSigned ? .integer(Int64(bitPattern: value(in: word))) : .unsigned(value(in: word))
        }
    }

    public var name: String
    public var unit: Unit?
    public var fields: [Field]
    /// How people are shown it; nil where the profile does not say.
    public var words: PointWords?

    public init(name: String, unit: Unit?, fields: [Field] = [], words: PointWords? = nil) {
        self.name = name
        self.unit = unit
        self.fields = fields
        self.words = words
    }
}

/// What every reading of a device has in common: the device's identity and its public points, in order.
public final class ReadingShape: Sendable {
    public let site: String
    public let device: String
    public let points: [PointFace]
    /// Whether a reading may leave some points out, because an MQTT message carries only part of them.
    public let comesInParts: Bool
    /// The rules by which readings go out; nil where each does.
    public let sends: SendRules?

    public init(
        site: String,
        device: String,
        points: [PointFace],
        comesInParts: Bool = true,
        sends: SendRules? = nil
    ) {
        precondition(sends.map { $0.deadbands.count == points.count } ?? true, "a deadband or nil for each point")
        self.comesInParts = comesInParts
        self.sends = sends
        self.site = site
        self.device = device
        self.points = points
    }
}

/// One sample of one device.
public struct Reading: Sendable {
    public var shape: ReadingShape
    /// When the first frame of the sample arrived.
    public var stamp: Stamp
    /// One for each point of the shape; nil where the message did not carry the point (MQTT only).
    public var samples: [Sample?]
    /// How many polls were skipped since the previous reading, because the line was still busy.
    public var missed: Int
    /// How many messages were left out since the previous reading, because the device sends more than is asked for
    /// (MQTT only).
    public var thinned: Int
    /// How many polls before this one said the same as the reading before, and were not sent.
    public var held = 0
    /// When the last of them was made; nil where there is none.
    public var heldUntil: Instant?
    /// The time from the first frame to the last, where it is more than a second.
    public var spread: Duration?
    /// The device's own time, where its profile names it.
    public var sourceTime: Instant?

    public init(
        shape: ReadingShape,
        stamp: Stamp,
        samples: [Sample?],
        missed: Int = 0,
        thinned: Int = 0,
        spread: Duration? = nil,
        sourceTime: Instant? = nil
    ) {
        precondition(samples.count == shape.points.count, "a sample for each point of the shape")
        self.shape = shape
        self.stamp = stamp
        self.samples = samples
        self.missed = missed
        self.thinned = thinned
        self.spread = spread
        self.sourceTime = sourceTime
    }
}
