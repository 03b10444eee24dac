public import Domain
public import JSON

/// One value that a device reports.
public struct Point: Sendable {
    public enum Origin: Sendable {
        /// `range` is 0-based and spans the whole value.
        case registers(RegisterRange, RegisterType, WordOrder)
        /// A value in the message with that index in the profile's messages; nil path: the whole payload.
        case message(Int, path: JSONPath?, MessageValue)
        /// A value in the frames of a stream.
        case frame(FrameValue)
        /// A value in a part of a message.
        case part(PartPlace)
        /// A field of another point's status word, published as a point of its own.
        case field(PointReference)
        /// Computed from another point's value.
        case weir(Weir)
    }

    /// The required type of a message's value.
    public enum MessageValue: String, Sendable, CaseIterable {
        case number
        case bool
        case string
    }

    public var name: String
    public var origin: Origin
    /// The unit of the device's number, after scale and offset.
    public var unit: Unit?
    /// The published unit; `unit` where nil.
    public var publish: Unit?
    /// Value in `unit` = raw x 10^-decimals x scale + offset.
    public var scale: DecimalNumber?
    public var offset: DecimalNumber?
    public var decimals: Int
    /// In `unit`; outside is bad, `out_of_range`.
    public var range: ClosedRange<DecimalNumber>?
    public var counter: CounterRule?
    public var fields: [PointFace.Field]
    public var goodWhen: [Condition]
    public var stability: Stability?
    /// Index of the point that is added to this one, raw to raw after each one's own scale.
    public var plus: Int?
    public var negativeWhen: PointReference?
    public var decimalsFrom: PointReference?
    /// The meaning of a register float below 1e-30 that is not 0; nil: a wrong word order, or nothing certain.
    public var tiny: Tiny?
    /// Bit patterns of its registers that mean "no value".
    public var invalid: Set<UInt64>
    /// Numbers of a message or of a field that mean "no value".
    public var invalidNumbers: Set<DecimalNumber> = []
    /// Marks for "no value" that the profile names, as written, and that the type cannot hold.
    public var unheldMarks: [String] = []
    /// What its numbers mean, where the profile says it.
    public var codes: [Int64: String] = [:]
    /// Whether some models lack its register: where the device refuses it (exception 2 or 3), it vouches for others.
    public var isOptional = false
    /// How people are shown it; nil where the profile does not say.
    public var words: PointWords?
    /// How a message's text holds the number; nil for a text that is a number and nothing else.
    public var text: NumberText?
    public var isPrivate: Bool
    /// Index of the point whose value is its power of ten, with its sign: raw x 10^exponent.
    public var exponentFrom: Int?
    /// Index of the point that it is multiplied by, after its own scale and offset.
    public var times: Int?
    /// Index of the point that it is divided by.
    public var dividedBy: Int?
    /// In `unit`; a smaller value becomes this one.
    public var least: DecimalNumber?
    /// Where a text's characters stand in its registers.
    public var chars = Characters.both
    /// How often it is read, where that is less often than the device; between, readings do not carry it.
    public var every: Duration?
    /// Its place in a SunSpec model; its register is then the one in a chain of the profile's models alone.
    public var sunspec: SunSpecPlace?
    /// What the device's place adds to its value.
    public var adjustment: Adjustment?
    /// The most UTF-8 bytes of a message's text; a longer one is bad, `too_long`.
    public var maxLength = Self.usualLength

    /// States and error texts of devices are shorter.
    static let usualLength = 256
    /// The limit for `max_length`: a reading stays small.
    static let greatestLength = 16_384

    /// The unit in payloads.
    public var publishedUnit: Unit? { publish ?? unit }
}

/// How a number stands in a text: what comes before and after it, and its decimal sign.
public struct NumberText: Hashable, Sendable {
    public enum DecimalSign: String, Sendable, CaseIterable {
        case point = "."
        case comma = ","
    }

    /// Stands before the number; nil where nothing does.
    public var prefix: String?
    /// One of these stands after the number; empty where nothing does.
    public var units: [String]
    public var decimal: DecimalSign
}

/// Another point, or a field of its status word.
public struct PointReference: Hashable, Sendable {
    public var point: Int
    public var field: PointFace.Field?
}

/// A condition for another point: it holds when this point's raw value (or field) is one of these.
public struct Condition: Sendable {
    public var reference: PointReference
    public var accepted: Set<Int64>
    /// The texts of a point that is a string, compared byte by byte; empty for any other point.
    public var texts: [String] = []
}

public enum Stability: Sendable {
    /// Stable while the flag is not 0.
    case flag(PointReference)
    /// Stable when that many samples in a row are equal.
    case equalSamples(Int)
    /// Stable while all of these hold.
    case conditions([Condition])
}

/// The meaning of a float that is smaller than any measured value.
public enum Tiny: String, Sendable, CaseIterable {
    /// The device's damping decays to such values: 0.
    case zero
}

/// How a totalizer counts.
public struct CounterRule: Sendable {
    /// The raw count at which it shows 0 again: 2^bits, or the value of `wraps_at`; nil for one that no device reaches
    /// in its life.
    public var modulus: DecimalNumber?
    /// The most that can be added, in `unit` per second; nil where any increase is possible.
    public var maxRate: DecimalNumber?
    /// How often the meter refreshes its total.
    public var refresh: Duration = Self.usualRefresh
    /// One step of the total, in `unit`; nil for one raw count.
    public var step: DecimalNumber?

    /// Many meters refresh their totals every 10 to 60 s.
    static let usualRefresh = Duration.seconds(60)
}

/// Discharge over a V-notch (ISO 1438): coefficient x tan(angle / 2) x (h + kh)^2.5 m3/s, h the level above `zero` in
/// metres, kh the head correction.
public struct Weir: Sendable {
    /// Index of the level's point.
    public var level: Int
    /// The notch's angle, in degrees, 20...120.
    public var angle: Double
    public var coefficient: Double
    /// The level's reading at the vertex, in metres.
    public var zero: DecimalNumber
    /// kh, in metres, 0...0.01; nil is 0.
    public var headCorrection: DecimalNumber?
    /// The greatest head of this notch, in metres; above it the discharge is unknown. Nil where the profile does not
    /// give it.
    public var greatestHead: DecimalNumber?
    /// The day on which `zero` was surveyed, `YYYY-MM-DD`; nil where unknown.
    public var surveyed: String?
}
