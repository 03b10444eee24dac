import Domain

extension InvalidMark {
    /// Adds the mark to a point of bytes, whose raw values are compared as bits.
    func add(_ type: ByteType, to point: inout Point) -> Bool {
        let patterns: Set<UInt64>
        switch type.kind {
        case .bool, .string, .hex: return false
        case .text:
            point.invalidNumbers.insert(number)
            return true
        case .unsigned, .bits: patterns = bits(type.width * 8, isSigned: false)
        case .signed: patterns = bits(type.width * 8, isSigned: true)
        case .float where type.width == 4:
            let value = Float(number.description)
            let isFinite = value?.isFinite ?? false
            patterns = floats(value.map { UInt64($0.bitPattern) }, isFinite: isFinite, minus: 1 << 31, width: 32)
        case .float:
            let value = Double(number.description)
            patterns = floats(value?.bitPattern, isFinite: value?.isFinite ?? false, minus: 1 << 63, width: 64)
        case .bcd:
            if isHexadecimal {
                patterns = bits(type.width * 8, isSigned: false)
            } else if let value = number.whole, value >= 0, String(value).count <= type.width * 2 {
                patterns = UInt64(String(value), radix: 16).map { [$0] } ?? []
            } else {
                patterns = []
            }
        }
        point.invalid.formUnion(patterns)
        return !patterns.isEmpty
    }
}
