public import Domain
public import Profiles

/// Turns register blocks into raw values by a table made once from a profile.
public struct RegisterDecoder: Sendable {
    private struct Entry: Sendable {
        var start: Int
        var registers: Int
        var type: RegisterType
        var swapsBytes: Bool
        var reversesWords: Bool
        var reversesHalves: Bool
        var hasInvalid: Bool
        var chars = Characters.both
    }

    /// One for each point of the profile; zero registers where the point has none of its own.
    private let entries: [Entry]
    private let invalid: [Set<UInt64>]

    public init(points: [Point]) {
        entries = points.map { point in
            guard case .registers(let range, let type, let order) = point.origin else {
                return Entry(
                    start: 0,
                    registers: 0,
                    type: .bits,
                    swapsBytes: false,
                    reversesWords: false,
                    reversesHalves: false,
                    hasInvalid: false
                )
            }
            return Entry(
                start: range.start,
                registers: range.count,
                type: type,
                swapsBytes: order.swapsBytes,
                reversesWords: order.reversesWords,
                reversesHalves: order.reversesHalves,
                hasInvalid: !point.invalid.isEmpty,
                chars: point.chars
            )
        }
        invalid = points.map(\.invalid)
    }

    /// Decodes the points that a block carries into their places; other places stay unchanged.
    ///
    /// - Parameters:
    ///   - points: indices into the profile's points; each lies wholly inside the block.
    ///   - values: one for each point of the profile, as the normalizer takes them.
    public func decode(_ block: RegisterBlock, points: [Int], into values: inout [RawValue?]) {
        let words = block.words.span
        for point in points {
            let entry = entries[point]
            let offset = entry.start - block.range.start
            precondition(entry.registers > 0 && offset >= 0 && offset + entry.registers <= words.count)
            values[point] = decode(words, at: offset, entry, point)
        }
    }

    /// Decodes a value's registers as that type, without a profile: for a probe that is still searching.
    ///
    /// - Parameter words: as many as the type takes; any number for a string.
    public static func value(_ type: RegisterType, of words: some Collection<UInt16>, order: WordOrder) -> RawValue {
        precondition(type == .string || words.count == type.registers, "\(type.rawValue) takes \(type.registers) words")
        let words = Array(words)
        let swaps = order.swapsBytes
        switch type {
        case .string: return string(words.span, at: 0, registers: words.count, swapsBytes: swaps)
        case .bool: return .value(.bool(words[0] != 0))
        default:
            return number(
                arranged(Self.bits(words.span, at: 0, registers: words.count), registers: words.count, order),
                as: type
            )
        }
    }

    /// Returns a number's registers in all other word orders, in the order in which technicians try them; without
    /// NaN and infinities. Empty for a value of one register, a text or a coded number.
    public static func otherOrders(
        of value: Value,
        as type: RegisterType,
        order: WordOrder
    ) -> [(order: WordOrder, value: Value)] {
        let bits: UInt64
        switch (value, type) {
        case (.float32(let number), .float32): bits = UInt64(number.bitPattern)
        case (.float64(let number), .float64): bits = number.bitPattern
        case (_, .uint32), (_, .int32): bits = value.word.map { $0 & 0xFFFF_FFFF } ?? 0
        case (_, .uint64), (_, .int64): bits = value.word ?? 0
        default: return []
        }
        let count = type.registers
        let sent = arranged(bits, registers: count, order)
        return WordOrder.asTried(registers: count).filter { $0 != order }.compactMap { other in
            number(arranged(sent, registers: count, other), as: type).value.map { (other, $0) }
        }
    }

    private func decode(_ words: Span<UInt16>, at offset: Int, _ entry: Entry, _ point: Int) -> RawValue {
        if entry.type == .string {
            return Self.string(
                words,
                at: offset,
                registers: entry.registers,
                swapsBytes: entry.swapsBytes,
                chars: entry.chars
            )
        }
        if entry.type == .bool { return .value(.bool(words[offset] != 0)) }
        let pattern = Self.arranged(
            Self.bits(words, at: offset, registers: entry.registers),
            registers: entry.registers,
            swapsBytes: entry.swapsBytes,
            reversesWords: entry.reversesWords,
            reversesHalves: entry.reversesHalves
        )
        if entry.hasInvalid, invalid[point].contains(pattern) { return .missing(.invalid) }
        return Self.number(pattern, as: entry.type)
    }

    private static func bits(_ words: Span<UInt16>, at offset: Int, registers: Int) -> UInt64 {
        var bits: UInt64 = 0
        for index in offset..<offset + registers { bits = bits << 16 | UInt64(words[index]) }
        return bits
    }

    private static func arranged(_ bits: UInt64, registers: Int, _ order: WordOrder) -> UInt64 {
        arranged(
            bits,
            registers: registers,
            swapsBytes: order.swapsBytes,
            reversesWords: order.reversesWords,
            reversesHalves: order.reversesHalves
        )
    }

    /// Rearranges a row of register bits to the number's bits, and the number's to registers': each order is its own
    /// inverse.
    private static func arranged(
        _ bits: UInt64,
        registers: Int,
        swapsBytes: Bool,
        reversesWords: Bool,
        reversesHalves: Bool
    ) -> UInt64 {
        var pattern = bits
        if reversesHalves, registers == 4 { pattern = pattern << 32 | pattern >> 32 }
        if reversesWords, registers > 1 {
            pattern = (pattern & 0x0000_FFFF_0000_FFFF) << 16 | pattern >> 16 & 0x0000_FFFF_0000_FFFF
        }
        if swapsBytes { pattern = (pattern & 0x00FF_00FF_00FF_00FF) << 8 | pattern >> 8 & 0x00FF_00FF_00FF_00FF }
        return pattern
    }

    private static func number(_ pattern: UInt64, as type: RegisterType) -> RawValue {
        switch type {
        case .bool, .string, .uint16, .bits, .uint32, .uint64:
            return .value(.unsigned(pattern))
        case .int16:
            return .value(.integer(Int64(Int16(truncatingIfNeeded: pattern))))
        case .int32:
            return .value(.integer(Int64(Int32(truncatingIfNeeded: pattern))))
        case .int64:
            return .value(.integer(Int64(bitPattern: pattern)))
        case .float32:
            let number = Float(bitPattern: UInt32(truncatingIfNeeded: pattern))
            return number.isFinite ? .value(.float32(number)) : .missing(.notANumber)
        case .float64:
            let number = Double(bitPattern: pattern)
            return number.isFinite ? .value(.float64(number)) : .missing(.notANumber)
        case .bcd16:
            return binaryCodedDecimal(pattern, digits: 4)
        case .bcd32:
            return binaryCodedDecimal(pattern, digits: 8)
        }
    }

    private static func binaryCodedDecimal(_ pattern: UInt64, digits: Int) -> RawValue {
        var value: UInt64 = 0
        for place in stride(from: digits - 1, through: 0, by: -1) {
            let digit = pattern >> UInt64(place * 4) & 15
            guard digit <= 9 else { return .missing(.decode) }
            value = value * 10 + digit
        }
        return .value(.unsigned(value))
    }
}
