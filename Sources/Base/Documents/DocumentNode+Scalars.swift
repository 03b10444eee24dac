public import Domain

extension DocumentNode {
    /// Text that is not empty.
    public func string() -> String? {
        guard let text = scalar("text") else { return nil }
        guard !text.isEmpty else {
            fail("must not be empty")
            return nil
        }
        return text
    }

    /// A whole number, decimal or `0x` hexadecimal.
    public func integer(in range: ClosedRange<Int>) -> Int? {
        guard let text = scalar("a whole number") else { return nil }
        guard let value = Self.integer(text) else {
            if failBlank(text) { return nil }
            fail("expected a whole number, found \"\(text)\"")
            return nil
        }
        guard range.contains(value) else {
            fail("\(text) is outside \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    static func integer(_ text: String) -> Int? {
        guard text.lowercased().hasPrefix("0x") else { return Int(text) }
        let digits = text.dropFirst(2)
        return digits.allSatisfy(\.isHexDigit) ? Int(digits, radix: 16) : nil
    }

    /// A number, exactly as written.
    public func number() -> DecimalNumber? {
        guard let text = scalar("a number") else { return nil }
        if let value = DecimalNumber(text) { return value }
        if let value = Self.integer(text) { return DecimalNumber(value) }
        if failBlank(text) { return nil }
        fail("expected a number, found \"\(text)\"\(DecimalComma.remedy(text))")
        return nil
    }

    public func bool() -> Bool? {
        guard let text = scalar("true or false") else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            fail("expected true or false, found \"\(text)\"")
            return nil
        }
    }

    /// A time such as `500ms`, `5s`, `1min`, `2h`, `7d`, within a range.
    public func duration(in range: ClosedRange<Duration>) -> Duration? {
        let expected: Message = "a time such as 500ms, 5s, 1min or 2h"
        guard let text = scalar(expected) else { return nil }
        let digits = text.prefix { $0.isNumber || $0 == "." }
        let units: [String: Int64] = ["ms": 1, "s": 1_000, "min": 60_000, "h": 3_600_000, "d": 86_400_000]
        let unit = text.dropFirst(digits.count).trimmingPrefix(" ")
        guard let number = DecimalNumber(digits), let factor = units[String(unit)] else {
            fail("expected \(expected), found \"\(text)\"\(DecimalComma.remedy(text))")
            return nil
        }
        let milliseconds = (number * DecimalNumber(factor)).double
        guard milliseconds <= 9e12 else {
            fail("\(text) is too long a time")
            return nil
        }
        let value = Duration.nanoseconds(Int64(milliseconds * 1e6))
        guard range.contains(value) else {
            fail("\(text) is outside \(range.lowerBound.inWords) to \(range.upperBound.inWords)")
            return nil
        }
        return value
    }

    /// A day that exists, `YYYY-MM-DD`.
    public func date() -> String? {
        guard let text = string() else { return nil }
        guard Instant(iso8601: text + "T00:00:00Z") != nil else {
            fail("expected a day such as 2026-10-03, found \"\(text)\"")
            return nil
        }
        return text
    }

    /// A size in bytes such as `512MB` (decimal) or `64MiB` (binary).
    public func size(in range: ClosedRange<Int64>) -> Int64? {
        let expected: Message = "a size such as 512MB or 2GB"
        guard let text = scalar(expected) else { return nil }
        let digits = text.prefix { $0.isNumber }
        let units: [String: Int64] = [
            "B": 1, "kB": 1_000, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000, "KiB": 1 << 10, "MiB": 1 << 20,
            "GiB": 1 << 30,
        ]
        let unit = text.dropFirst(digits.count).trimmingPrefix(" ")
        guard let number = Int64(digits), let factor = units[String(unit)],
            case let (value, overflow) = number.multipliedReportingOverflow(by: factor), !overflow
        else {
            fail("expected \(expected), found \"\(text)\"")
            return nil
        }
        func words(_ size: Int64) -> String {
            for unit in ["MB", "MiB", "KiB"] {
                if let factor = units[unit], size % factor == 0 { return "\(size / factor)\(unit)" }
            }
            return "\(size)B"
        }
        guard range.contains(value) else {
            fail("\(text) is outside \(words(range.lowerBound)) to \(words(range.upperBound))")
            return nil
        }
        return value
    }

    /// One word of a closed set.
    public func word<T: RawRepresentable & CaseIterable>(_ type: T.Type) -> T? where T.RawValue == String {
        word(of: Dictionary(uniqueKeysWithValues: T.allCases.map { ($0.rawValue, $0) }))
    }

    /// One word of a closed set; each word stands for a value.
    public func word<T>(of choices: [String: T]) -> T? {
        guard let text = scalar("one of \(choices.keys.sorted().joined(separator: ", "))") else { return nil }
        if let value = choices[text] { return value }
        if failBlank(text, "one of \(choices.keys.sorted().joined(separator: ", "))") { return nil }
        fail("unknown word \"\(text)\"\(NearestWord.hint(for: text, in: choices.keys))")
        return nil
    }
}

extension Duration {
    /// As a person writes it in a configuration: in the greatest unit that divides it.
    public var inWords: String {
        let milliseconds = wholeMilliseconds
        for (unit, factor) in [("d", 86_400_000), ("h", 3_600_000), ("min", 60_000), ("s", 1_000)] as [(String, Int64)]
        where milliseconds != 0 && milliseconds % factor == 0 {
            return "\(milliseconds / factor)\(unit)"
        }
        return "\(milliseconds)ms"
    }
}
