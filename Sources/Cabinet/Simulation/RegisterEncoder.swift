import Domain
import Profiles

/// What a device holds for one point, before it is put into registers or a message.
enum HeldValue: Hashable, Sendable {
    case whole(Int64)
    case real(Double)
    case text(String)
    case flag(Bool)
}

/// Puts values into registers the way a device's firmware does: the number's bytes, then in the device's order.
///
/// It shares no code with the decoder, so that errors in one of them show.
enum RegisterEncoder {
    /// One word for each register, or a 0 or 1 for a bit. Whole numbers beyond the type wrap, as a counter does.
    ///
    /// - Parameter chars: where a text's characters stand.
    static func words(
        _ value: HeldValue,
        type: RegisterType,
        registers: Int,
        order: WordOrder,
        chars: Characters = .both
    ) -> [UInt16] {
        if type == .bool { return [whole(value) == 0 ? 0 : 1] }
        if type == .string, chars != .both {
            let words = text(value, registers: registers, chars)
            return order == .badc || order == .dcba ? words.map(\.byteSwapped) : words
        }
        let bytes = bytes(value, type: type, registers: registers)
        let pairs = stride(from: 0, to: bytes.count, by: 2).map { (bytes[$0], bytes[$0 + 1]) }
        let words = pairs.map { first, second in
            switch order {
            case .abcd, .cdab, .cdabghef, .efghabcd: UInt16(first) << 8 | UInt16(second)
            case .badc, .dcba, .dcbahgfe, .fehgbadc: UInt16(second) << 8 | UInt16(first)
            }
        }
        guard type != .string else { return words }
        switch order {
        case .abcd, .badc: return words
        case .cdab, .dcba: return words.reversed()
        case .cdabghef, .dcbahgfe: return words.count == 4 ? [1, 0, 3, 2].map { words[$0] } : words.reversed()
        case .efghabcd, .fehgbadc: return words.count == 4 ? [2, 3, 0, 1].map { words[$0] } : words
        }
    }

    /// A text with one character a register, or registers that are shown as hexadecimal digits.
    private static func text(_ value: HeldValue, registers: Int, _ chars: Characters) -> [UInt16] {
        guard case .text(let text) = value else { return [UInt16](repeating: 0, count: registers) }
        let letters = Array(text.utf8)
        return (0..<registers).map { index in
            if chars == .hex {
                let digits = letters.dropFirst(index * 4).prefix(4)
                return UInt16(String(decoding: digits, as: UTF8.self), radix: 16) ?? 0
            }
            guard index < letters.count else { return 0 }
            return chars == .high ? UInt16(letters[index]) << 8 : UInt16(letters[index])
        }
    }

    /// Big-endian bytes.
    private static func bytes(_ value: HeldValue, type: RegisterType, registers: Int) -> [UInt8] {
        let width = registers * 2
        switch type {
        case .float32: return bigEndian(UInt64(Float(real(value)).bitPattern), width: 4)
        case .float64: return bigEndian(real(value).bitPattern, width: 8)
        case .bcd16, .bcd32:
            let digits = width * 2
            var rest = abs(whole(value))
            var pattern: UInt64 = 0
            for place in 0..<digits {
                pattern |= UInt64(rest % 10) << UInt64(4 * place)
                rest /= 10
            }
            return bigEndian(pattern, width: width)
        case .string:
            guard case .text(let text) = value else { return [UInt8](repeating: 0, count: width) }
            let characters = Array(text.utf8.prefix(width))
            return characters + [UInt8](repeating: 0, count: width - characters.count)
        default: return bigEndian(UInt64(bitPattern: whole(value)), width: width)
        }
    }

    private static func bigEndian(_ pattern: UInt64, width: Int) -> [UInt8] {
        (0..<width).map { UInt8(truncatingIfNeeded: pattern >> UInt64(8 * (width - 1 - $0))) }
    }

    private static func whole(_ value: HeldValue) -> Int64 {
        switch value {
        case .whole(let number): number
        case .real(let number): Int64(max(-9.2e18, min(9.2e18, number.rounded())))
        case .flag(let flag): flag ? 1 : 0
        case .text: 0
        }
    }

    private static func real(_ value: HeldValue) -> Double {
        if case .real(let number) = value { return number }
        return Double(whole(value))
    }
}
