import JSON

/// Writes a `History` as one line of text, number by number: a day of a whole box is some megabytes.
public struct HistoryWriter: ~Copyable {
    private var text: JSONText
    private let steps: Int
    private var isFirst = true

    /// - Parameters:
    ///   - from: the beginning of the first step, UTC.
    ///   - points: how many there will be, for the memory.
    public init(
        _ span: HistoryRequest.Span,
        stepSeconds: Int,
        from: String,
        steps: Int,
        leftOut: Int,
        points: Int = 0
    ) {
        text = JSONText(reserving: 1_024 + points * steps * 32)
        self.steps = steps
        text.raw("{\"span\":")
        text.string(span.rawValue)
        text.raw(",\"stepSeconds\":")
        text.integer(stepSeconds)
        text.raw(",\"from\":")
        text.string(from)
        text.raw(",\"steps\":")
        text.integer(steps)
        text.raw(",\"leftOut\":")
        text.integer(leftOut)
        text.raw(",\"points\":[")
    }

    /// Adds a point; what is not a number stands for none.
    public mutating func point(
        device: String,
        point: String,
        unit: String?,
        least: (Int) -> Double,
        mean: (Int) -> Double,
        greatest: (Int) -> Double,
        readings: (Int) -> Int,
        unsure: (Int) -> Int
    ) {
        begin()
        text.raw("{\"device\":")
        text.string(device)
        text.raw(",\"point\":")
        text.string(point)
        if let unit {
            text.raw(",\"unit\":")
            text.string(unit)
        }
        numbers("least", least)
        numbers("mean", mean)
        numbers("greatest", greatest)
        integers("readings", readings)
        integers("unsure", unsure)
        text.raw("}")
    }

    /// Begins the buses; no point comes after that.
    public mutating func beginBuses() {
        text.raw("],\"buses\":[")
        isFirst = true
    }

    public mutating func bus(_ bus: BusHistory) {
        begin()
        text.raw("{\"bus\":")
        text.string(bus.bus)
        numbers("load") { bus.load[$0] ?? .nan }
        integers("requests") { bus.requests[$0] }
        integers("timeouts") { bus.timeouts[$0] }
        integers("crcErrors") { bus.crcErrors[$0] }
        integers("exceptions") { bus.exceptions[$0] }
        integers("otherErrors") { bus.otherErrors[$0] }
        integers("missed") { bus.missed[$0] }
        numbers("median") { bus.median[$0] ?? .nan }
        numbers("slowest") { bus.slowest[$0] ?? .nan }
        text.raw("}")
    }

    /// The whole text; call it once, after the buses.
    public mutating func end() -> [UInt8] {
        text.raw("]}")
        return text.bytes
    }

    private mutating func begin() {
        if !isFirst { text.raw(",") }
        isFirst = false
    }

    private mutating func numbers(_ name: StaticString, _ number: (Int) -> Double) {
        list(name) { $0.number(number($1)) }
    }

    private mutating func integers(_ name: StaticString, _ number: (Int) -> Int) {
        list(name) { $0.integer(number($1)) }
    }

    private mutating func list(_ name: StaticString, _ write: (inout JSONText, Int) -> Void) {
        text.raw(",\"")
        text.raw(name)
        text.raw("\":[")
        for step in 0..<steps {
            if step > 0 { text.byte(UInt8(ascii: ",")) }
            write(&text, step)
        }
        text.raw("]")
    }
}
