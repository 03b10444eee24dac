import Contract
import Domain
import JSON
import Store

/// The columns `v`, `q` and `x` of a reading, as COPY takes them.
struct RowText {
    /// Doubles keep every decimal number of so many digits.
    private static let exactDigits: UInt64 = 1_000_000_000_000_000

    /// - Parameter reason: returns the number of a reason; every one of the reading is known.
    static func append(
        _ reading: StoredReading,
        in form: NameBook.Form,
        to text: inout CopyText,
        reason: (NameBook.Reason) -> Int16?
    ) {
        text.byte(UInt8(ascii: "{"))
        var qualities: [Int16] = []
        var rest: [(String, DataValue)] = []
        var place = 0
        for point in reading.points {
            if place > 0 { text.byte(UInt8(ascii: ",")) }
            var more: [(String, DataValue)] = []
            append(point.value, to: &text, "value", &more)
            place += 1
            if let why = Self.reason(of: point) {
                qualities += Array(repeating: 0, count: place - 1 - qualities.count)
                qualities.append(reason(why) ?? 0)
            }
            if FormColumns.isIncrease(form, place, of: point.name) {
                text.byte(UInt8(ascii: ","))
                append(point.increase, to: &text, "increase", &more)
                text.byte(UInt8(ascii: ","))
                if let since = point.since { text.integer(since.millisecondsSince1970) } else { text.raw("NULL") }
                place += 2
            }
            if !point.fields.isEmpty {
                more.append(("fields", .object(point.fields.map { .init($0.name, .number(.unsigned($0.value))) })))
            }
            if !more.isEmpty { rest.append((point.name, .object(more.map { .init($0.0, $0.1) }))) }
        }
        text.byte(UInt8(ascii: "}"))
        text.tab()
        append(qualities, count: place, to: &text)
        text.tab()
        append(rest, of: reading, to: &text)
    }

    static func reason(of point: StoredReading.Point) -> NameBook.Reason? {
        point.quality == .good
            ? nil : NameBook.Reason(quality: point.quality.rawValue, word: point.reason?.word ?? "")
    }

    /// Appends the number as a double; what a double does not hold goes to `more` too.
    private static func append(
        _ value: Value?,
        to text: inout CopyText,
        _ name: String,
        _ more: inout [(String, DataValue)]
    ) {
        switch value {
        case nil: text.raw("NULL")
        case .bool(let truth): text.byte(UInt8(ascii: truth ? "1" : "0"))
        case .integer(let number) where number.magnitude < 1 << 53: text.integer(number)
        case .unsigned(let number) where number < 1 << 53: text.integer(Int64(number))
        case .decimal(let number) where number.magnitude < exactDigits && number.isFiniteAsDouble:
            text.decimal(number)
        case .float32(let number): text.raw(number.description)
        case .float64(let number): text.raw(number.description)
        case .string(let word):
            text.raw("NULL")
            more.append((name, .string(word)))
        case .some(let number):
            text.raw(number.double.flatMap { $0.isFinite ? $0.description : nil } ?? "NULL")
            more.append((name, .number(number)))
        }
    }

    private static func append(_ qualities: [Int16], count: Int, to text: inout CopyText) {
        if qualities.isEmpty { return text.null() }
        text.byte(UInt8(ascii: "{"))
        for place in 0..<count {
            if place > 0 { text.byte(UInt8(ascii: ",")) }
            text.integer(place < qualities.count ? Int64(qualities[place]) : 0)
        }
        text.byte(UInt8(ascii: "}"))
    }

    private static func append(_ points: [(String, DataValue)], of reading: StoredReading, to text: inout CopyText) {
        var members: [(String, DataValue)] = []
        if !points.isEmpty { members.append(("points", .object(points.map { .init($0.0, $0.1) }))) }
        for (name, count) in [("missed", reading.missed), ("thinned", reading.thinned), ("held", reading.held)]
        where count > 0 {
            members.append((name, .integer(count)))
        }
        if let until = reading.heldUntil { members.append(("held_until", .string(until.description))) }
        if let spread = reading.spread { members.append(("spread_ms", .integer(spread.wholeMilliseconds))) }
        if let time = reading.sourceTime { members.append(("source_time", .string(time.description))) }
        append(members, to: &text)
    }

    /// Appends an object as JSON; null for none.
    static func append(_ members: [(String, DataValue)], to text: inout CopyText) {
        if members.isEmpty { return text.null() }
        var json = JSONText()
        json.object(members.map { ($0.0, $0.1.storable) })
        json.withBytes { text.escaped($0) }
    }
}

extension DataValue {
    /// The value without the character U+0000, which a device may send and PostgreSQL's texts cannot have.
    fileprivate var storable: DataValue {
        switch self {
        case .string(let text): .string(text.storable)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let members): .object(members.map { .init($0.key.storable, $0.value.storable) })
        case .null, .bool, .number: self
        }
    }
}

extension String {
    fileprivate var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self }
}
