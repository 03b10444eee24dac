import Domain

/// A number of a profile's `invalid`: a mark for "no value".
struct InvalidMark {
    var number: DecimalNumber
    /// Whether it is written as bits (`0x8000`).
    var isHexadecimal: Bool

    /// Adds the mark in the form in which the point's raw values are compared.
    ///
    /// - Returns: false where no value of that type can be the mark.
    func add(to point: inout Point) -> Bool {
        switch point.origin {
        case .registers(_, let type, _):
            let patterns = patterns(type)
            point.invalid.formUnion(patterns)
            if patterns.isEmpty, type == .bcd16 || type == .bcd32 {
                // More digits than the registers hold were once bits written in decimal: 39321 is 0x9999.
                point.invalid.formUnion(bits(type.registers * 16, isSigned: false))
            }
            return !patterns.isEmpty
        case .message(_, _, let type):
            point.invalidNumbers.insert(number)
            return type != .string
        case .part(let place):
            guard case .bytes(let type, _) = place.form else {
                point.invalidNumbers.insert(number)
                return point.origin.messageValue != .string
            }
            return add(type, to: &point)
        case .field(let reference):
            if isHexadecimal, let field = reference.field, let bits = number.unsignedWhole {
                // The field's bits, as its value has them: 0x80 of a signed byte is -128.
                let value = field.value(in: bits << UInt64(field.low))
                point.invalidNumbers.insert(DecimalNumber(Int64(bitPattern: value)))
                return true
            }
            point.invalidNumbers.insert(number)
            guard let field = reference.field, let code = number.whole else { return false }
            return field.value(in: UInt64(bitPattern: code) << UInt64(field.low)) == UInt64(bitPattern: code)
        case .weir: return false
        }
    }

    /// The registers' bits that are this mark.
    private func patterns(_ type: RegisterType) -> Set<UInt64> {
        switch type {
        case .bool, .string: return []
        case .float32:
            let value = Float(number.description).map { UInt64($0.bitPattern) }
            return floats(value, isFinite: Float(number.description)?.isFinite ?? false, minus: 1 << 31, width: 32)
        case .float64:
            let value = Double(number.description).map(\.bitPattern)
            return floats(value, isFinite: Double(number.description)?.isFinite ?? false, minus: 1 << 63, width: 64)
        case .bcd16, .bcd32:
            let digits = type == .bcd16 ? 4 : 8
            if isHexadecimal { return bits(type.registers * 16, isSigned: false) }
            guard let value = number.whole, value >= 0, String(value).count <= digits,
                let pattern = UInt64(String(value), radix: 16)
            else { return [] }
            return [pattern]
        default:
            return bits(type.registers * 16, isSigned: type.isSigned)
        }
    }

    /// - Parameter value: the bits of the number as a float.
    func floats(_ value: UInt64?, isFinite: Bool, minus: UInt64, width: Int) -> Set<UInt64> {
        // Hexadecimal is always bits. A whole number in decimal may be meant so too, and as a float those bits are a
        // NaN, a tiny number, or an absurd one: both are marks.
        if isHexadecimal { return bits(width, isSigned: false) }
        var patterns = bits(width, isSigned: false)
        guard let value, isFinite else { return patterns }
        patterns.insert(value)
        // 0 has two forms.
        if number == .zero { patterns.insert(minus) }
        return patterns
    }

    /// The number as bits of that width, a negative one in two's complement.
    func bits(_ width: Int, isSigned: Bool) -> Set<UInt64> {
        let mask: UInt64 = width == 64 ? .max : (1 << UInt64(width)) - 1
        if let bits = number.unsignedWhole { return bits <= mask ? [bits] : [] }
        guard isSigned, let whole = number.whole, width == 64 || whole >= -(1 << Int64(width - 1)) else { return [] }
        return [UInt64(bitPattern: whole) & mask]
    }
}

extension DecimalNumber {
    /// A whole number as people write it, in decimal or `0x` hexadecimal; nil for anything else and beyond 64 bits.
    init?(wholeNumber text: String) {
        if text.lowercased().hasPrefix("0x") {
            let digits = text.dropFirst(2)
            guard digits.allSatisfy(\.isHexDigit), let bits = UInt64(digits, radix: 16) else { return nil }
            self.init(bits)
        } else if let number = Int64(text) {
            self.init(number)
        } else if let number = UInt64(text) {
            self.init(number)
        } else {
            return nil
        }
    }

    /// The number itself where it is whole, not negative, and has at most 64 bits.
    fileprivate var unsignedWhole: UInt64? {
        guard !negative, exponent >= 0 else { return nil }
        return UInt64(description)
    }
}
