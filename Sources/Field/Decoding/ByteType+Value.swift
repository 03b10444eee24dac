import Domain
import JSON
import Profiles

extension ByteType {
    /// The raw value of these bytes, which are as many as the type takes.
    ///
    /// - Parameter invalid: bits that mean "no value".
    func value(of bytes: ArraySlice<UInt8>, order: ByteOrder, invalid: Set<UInt64>) -> RawValue {
        switch kind {
        case .string: return Self.string(bytes)
        case .hex: return .value(.string(Self.hexadecimal(bytes)))
        case .text: return String(validating: bytes, as: UTF8.self).map { JSONTree.number($0) } ?? .missing(.decode)
        default: break
        }
        let pattern = order.arranged(bytes).reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        if invalid.contains(pattern) { return .missing(.invalid) }
        switch kind {
        case .bool: return pattern <= 1 ? .value(.bool(pattern == 1)) : .missing(.decode)
        case .signed:
            let shift = UInt64(64 - bytes.count * 8)
            return .value(.integer(Int64(bitPattern: pattern << shift) >> Int64(shift)))
        case .float where bytes.count == 4:
            let number = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
            return number.isFinite ? .value(.float32(number)) : .missing(.notANumber)
        case .float:
            let number = Double(bitPattern: pattern)
            return number.isFinite ? .value(.float64(number)) : .missing(.notANumber)
        case .bcd: return Self.digits(pattern, count: bytes.count * 2)
        default: return .value(.unsigned(pattern))
        }
    }

    private static func digits(_ pattern: UInt64, count: Int) -> RawValue {
        var value: UInt64 = 0
        for place in stride(from: count - 1, through: 0, by: -1) {
            let digit = pattern >> UInt64(place * 4) & 15
            guard digit <= 9 else { return .missing(.decode) }
            value = value * 10 + digit
        }
        return .value(.unsigned(value))
    }

    /// Ends at a NUL; trailing spaces are padding.
    private static func string(_ bytes: ArraySlice<UInt8>) -> RawValue {
        var text = bytes.prefix { $0 != 0 }
        while text.last == UInt8(ascii: " ") { text.removeLast() }
        guard text.allSatisfy({ $0 >= 32 && $0 != 127 }), let string = String(validating: text, as: UTF8.self) else {
            return .missing(.decode)
        }
        return .value(.string(string))
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }
}
