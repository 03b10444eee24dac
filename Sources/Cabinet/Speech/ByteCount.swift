/// Bytes as a person reads them, in decimal units as mobile data is sold: `812 kB`, `3.1 MB`, `41 MB`, `1.2 GB`.
package enum ByteCount {
    /// Digits with a point for the decimal sign, and the unit.
    package static func words(_ bytes: Int64) -> (digits: String, unit: String) {
        let units: [(String, Int64)] = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)]
        let (unit, size) = units.first { bytes >= $0.1 } ?? ("kB", 1_000)
        // Below ten a tenth matters.
        let tenths = (bytes * 10 + size / 2) / size
        if tenths < 100 { return ("\(tenths / 10).\(tenths % 10)", unit) }
        return ("\((bytes + size / 2) / size)", unit)
    }

    package static func text(_ bytes: Int64, in language: Language) -> String {
        let words = words(bytes)
        let digits = words.digits.hasSuffix(".0") ? String(words.digits.dropLast(2)) : words.digits
        return "\(language.number(digits)) \(words.unit)"
    }
}
