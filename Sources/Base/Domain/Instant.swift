/// A point in wall-clock time: whole milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
public struct Instant: Hashable, Comparable, Sendable {
    public var millisecondsSince1970: Int64

    public init(millisecondsSince1970: Int64) {
        self.millisecondsSince1970 = millisecondsSince1970
    }

    public static func < (a: Instant, b: Instant) -> Bool { a.millisecondsSince1970 < b.millisecondsSince1970 }

    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(millisecondsSince1970: instant.millisecondsSince1970 + duration.wholeMilliseconds)
    }

    public static func - (a: Instant, b: Instant) -> Duration {
        .milliseconds(a.millisecondsSince1970 - b.millisecondsSince1970)
    }
}

extension Instant: CustomStringConvertible {
    /// `YYYY-MM-DDThh:mm:ss.sssZ`, the form of every time in the contract.
    public var description: String {
        String(
            decoding: [UInt8](unsafeUninitializedCapacity: 24) { buffer, count in
                write(into: UnsafeMutableRawBufferPointer(buffer))
                count = 24
            },
            as: UTF8.self
        )
    }

    /// Writes the 24 ASCII bytes of the contract's form. Years beyond 0000...9999 are clamped to them.
    public func write(into buffer: UnsafeMutableRawBufferPointer) {
        precondition(buffer.count >= 24)
        let clamped = min(max(millisecondsSince1970, -62_167_219_200_000), 253_402_300_799_999)
        let (days, inDay) = clamped.flooredDivision(by: 86_400_000)
        let (year, month, day) = CivilDate.from(daysSince1970: days)
        func put(_ value: Int64, at: Int, digits: Int) {
            var rest = value
            for place in stride(from: at + digits - 1, through: at, by: -1) {
                buffer[place] = UInt8(48 + rest % 10)
                rest /= 10
            }
        }
        put(year, at: 0, digits: 4)
        buffer[4] = UInt8(ascii: "-")
        put(month, at: 5, digits: 2)
        buffer[7] = UInt8(ascii: "-")
        put(day, at: 8, digits: 2)
        buffer[10] = UInt8(ascii: "T")
        put(inDay / 3_600_000, at: 11, digits: 2)
        buffer[13] = UInt8(ascii: ":")
        put(inDay / 60_000 % 60, at: 14, digits: 2)
        buffer[16] = UInt8(ascii: ":")
        put(inDay / 1_000 % 60, at: 17, digits: 2)
        buffer[19] = UInt8(ascii: ".")
        put(inDay % 1_000, at: 20, digits: 3)
        buffer[23] = UInt8(ascii: "Z")
    }
}

extension Instant {
    /// Reads the 24 bytes of the contract's form, which `write(into:)` makes; nil for anything else.
    public init?(canonical text: ArraySlice<UInt8>) {
        guard text.count == 24 else { return nil }
        let start = text.startIndex
        func number(_ place: Int, _ digits: Int) -> Int64 {
            var number: Int64 = 0
            for index in start + place..<start + place + digits {
                let digit = Int64(text[index]) - 48
                guard (0...9).contains(digit) else { return -1 }
                number = number * 10 + digit
            }
            return number
        }
        func has(_ character: Unicode.Scalar, at place: Int) -> Bool { text[start + place] == UInt8(ascii: character) }
        let (year, month, day) = (number(0, 4), number(5, 2), number(8, 2))
        let (hour, minute, second) = (number(11, 2), number(14, 2), number(17, 2))
        let fraction = number(20, 3)
        guard has("-", at: 4), has("-", at: 7), has("T", at: 10), has(":", at: 13), has(":", at: 16),
            has(".", at: 19), has("Z", at: 23), year >= 0, (1...12).contains(month), (1...31).contains(day),
            (0..<24).contains(hour), (0..<60).contains(minute), (0..<61).contains(second), fraction >= 0,
            CivilDate.from(daysSince1970: CivilDate.days(year: year, month: month, day: day)) == (year, month, day)
        else { return nil }
        let seconds =
            CivilDate.days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(millisecondsSince1970: seconds * 1_000 + fraction)
    }

    /// Reads an ISO 8601 date and time: `2026-11-21T09:12:44`, with optional fraction and optional `Z` or `+07:00`. A
    /// fraction is rounded to milliseconds, a half upwards, as `init(epochSeconds:)` does.
    ///
    /// - Parameter localOffset: seconds to subtract when the text carries no offset; nil refuses such text.
    /// - Returns: nil when the text is anything else, or names a date that does not exist.
    public init?(iso8601 text: String, localOffset: ((_ asIfUTC: Instant) -> Int64)? = nil) {
        // A time is shorter. In a longer text of a peer, one character may span the whole text.
        guard text.utf8.count <= 64 else { return nil }
        var rest = Substring(text)
        func number(_ digits: Int) -> Int64? {
            let part = rest.prefix(digits)
            guard part.utf8.count == digits, part.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
            rest = rest.dropFirst(digits)
            return Int64(part)
        }
        func literal(_ characters: String) -> Bool {
            guard let first = rest.first, characters.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        guard let year = number(4), literal("-"), let month = number(2), literal("-"), let day = number(2),
            literal("T "), let hour = number(2), literal(":"), let minute = number(2), literal(":"),
            let second = number(2), (1...12).contains(month), hour < 24, minute < 60, second < 61,
            CivilDate.from(daysSince1970: CivilDate.days(year: year, month: month, day: day)) == (year, month, day)
        else { return nil }
        var fraction: Int64 = 0
        if literal(".") {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            // The fourth digit decides: it is 5 or more exactly where the rest is a half or more.
            guard !digits.isEmpty, let tenths = Int64((digits.prefix(4) + "000").prefix(4)) else { return nil }
            fraction = (tenths + 5) / 10
            rest = rest.dropFirst(digits.count)
        }
        let seconds =
            CivilDate.days(year: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second
        let asIfUTC = Instant(millisecondsSince1970: seconds * 1_000 + fraction)
        let offset: Int64
        if rest.isEmpty {
            guard let localOffset else { return nil }
            offset = localOffset(asIfUTC)
        } else if literal("Zz") {
            offset = 0
        } else {
            let negative = rest.first == "-"
            guard literal("+-"), let hours = number(2) else { return nil }
            _ = literal(":")
            guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
            offset = (hours * 3_600 + minutes * 60) * (negative ? -1 : 1)
        }
        guard rest.isEmpty else { return nil }
        self.init(millisecondsSince1970: asIfUTC.millisecondsSince1970 - offset * 1_000)
    }
}

extension Instant {
    /// A number of seconds since 1970, rounded to milliseconds, a half upwards.
    ///
    /// The number is decimal, because a double of today's seconds is not exact to half a millisecond.
    ///
    /// - Returns: nil beyond 64 bits of milliseconds.
    public init?(epochSeconds seconds: DecimalNumber) { self.init(epochMilliseconds: seconds.shifted(by: 3)) }

    /// A number of milliseconds since 1970, rounded to whole ones, a half upwards.
    ///
    /// - Returns: nil beyond 64 bits of milliseconds.
    public init?(epochMilliseconds milliseconds: DecimalNumber) {
        guard let whole = milliseconds.nearestInteger else { return nil }
        self.init(millisecondsSince1970: whole)
    }
}

/// The proleptic Gregorian calendar, by Howard Hinnant's algorithm for days from civil dates.
public enum CivilDate {
    public static func from(daysSince1970: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = daysSince1970 + 719_468
        let (era, dayOfEra) = shifted.flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    public static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = marchYear.flooredDivision(by: 400)
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}

extension Int64 {
    public func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}

extension Duration {
    /// Whole milliseconds, rounded down.
    public var wholeMilliseconds: Int64 {
        components.seconds * 1_000 + components.attoseconds / 1_000_000_000_000_000
    }

    /// Whole nanoseconds, rounded down.
    public var wholeNanoseconds: Int64 {
        // Nine seconds in attoseconds fit in 64 bits, and a 64-bit division costs a twentieth.
        if let narrow = Int64(exactly: attoseconds) { return narrow / 1_000_000_000 }
        return components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000
    }

    /// Seconds as a floating-point number, for calculations with rates.
    public var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
