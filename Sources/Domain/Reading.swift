/// What one sample says of one point.
public struct Sample: Hashable, Sendable {
    /// Null when unknown; a bad value that was measured all the same (out of range, say) is kept.
    public var value: Value?
    /// Nil means good.
    public var reason: Reason?
    /// Of a counter: what was added since `since`, in the published unit.
    public var increase: Value?
    public var since: Instant?

    public init(value: Value?, reason: Reason? = nil, increase: Value? = nil, since: Instant? = nil) {
        self.value = value
        self.reason = reason
        self.increase = increase
        self.since = since
    }

    public var quality: Quality { reason?.quality ?? .good }

    public static func bad(_ reason: Reason) -> Sample { Sample(value: nil, reason: reason) }
}

/// A point as downstream sees it: its name, its published unit, and the fields of a status word.
public struct PointFace: Hashable, Sendable {
    /// A named part of a status word: bits `low`...`high`, bit 0 the least significant.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var low: Int
        public var high: Int

        public init(name: String, low: Int, high: Int) {
            self.name = name
            self.low = low
            self.high = high
        }

        public func value(in word: UInt64) -> UInt64 {
            let width = high - low + 1
            return (word >> UInt64(low)) & (width >= 64 ? .max : (1 << UInt64(width)) - 1)
        }
    }

    public var name: String
    public var unit: Unit?
    public var fields: [Field]

    public init(name: String, unit: Unit?, fields: [Field] = []) {
        self.name = name
        self.unit = unit
        self.fields = fields
    }
}

/// What is the same in every reading of a device: who it is and its public points, in order.
public final class ReadingShape: Sendable {
    public let site: String
    public let device: String
    public let points: [PointFace]
    /// The JSON that no reading changes, written once: the hot path only copies it.
    public let fragments: ReadingFragments

    /// Whether a reading may say nothing of some points, as a message does that carries others.
    public let comesInParts: Bool

    public init(site: String, device: String, points: [PointFace], comesInParts: Bool = true) {
        self.comesInParts = comesInParts
        self.site = site
        self.device = device
        self.points = points
        fragments = ReadingFragments(points)
    }
}

/// What is the same in the JSON of every reading of a device: `"discharge":{"value":` `,"unit":"L/s"}` `,"volume":{"value":` and so on,
/// in one piece, with the places where a sample's own text goes.
public struct ReadingFragments: Sendable {
    public struct Place: Sendable {
        /// Where the point begins, with its comma, and the one before it ends.
        public let begin: Int
        /// Where its value goes.
        public let value: Int
        /// Where the members beside value and unit go.
        public let more: Int
    }

    public let text: [UInt8]
    /// One for each point.
    public let places: [Place]
    /// For each point `"stable":` for each field of a status word.
    public let fields: [[[UInt8]]]

    init(_ points: [PointFace]) {
        var text = JSONText()
        places = points.indices.map { index in
            let begin = text.count
            if index > 0 { text.raw(",") }
            text.string(points[index].name)
            text.raw(":{\"value\":")
            let value = text.count
            if let unit = points[index].unit {
                text.raw(",\"unit\":")
                text.string(unit.code)
            }
            let more = text.count
            text.raw("}")
            return Place(begin: begin, value: value, more: more)
        }
        self.text = text.bytes
        fields = points.map { point in
            point.fields.map { field in
                var text = JSONText()
                text.string(field.name)
                text.raw(":")
                return text.bytes
            }
        }
    }
}

/// One sample of one device.
public struct Reading: Sendable {
    public var shape: ReadingShape
    /// When the first frame of the sample arrived.
    public var stamp: Stamp
    /// One for each point of the shape; nil where the message did not carry the point (MQTT only).
    public var samples: [Sample?]
    /// Polls skipped since the reading before, because the line was still busy.
    public var missed: Int
    /// From the first frame to the last, where that is more than a second.
    public var spread: Duration?
    /// The device's own time, where its profile names it.
    public var sourceTime: Instant?

    public init(
        shape: ReadingShape,
        stamp: Stamp,
        samples: [Sample?],
        missed: Int = 0,
        spread: Duration? = nil,
        sourceTime: Instant? = nil
    ) {
        precondition(samples.count == shape.points.count, "a sample for each point of the shape")
        self.shape = shape
        self.stamp = stamp
        self.samples = samples
        self.missed = missed
        self.spread = spread
        self.sourceTime = sourceTime
    }
}
