public import Domain

extension Point {
    /// One raw count in `unit`.
    public var countInUnit: DecimalNumber { (scale ?? DecimalNumber(1)).shifted(by: -decimals) }

    /// Where its own registers show 0 again, in raw counts; nil where they do not.
    public var ownModulus: DecimalNumber? {
        if let type = origin.byteType { return type.decimalWrap ?? type.bitWidth.map { .twoToThe($0) } }
        guard case .registers(_, let type, _) = origin else { return nil }
        return type.decimalWrap ?? type.bitWidth.map { .twoToThe($0) }
    }

    /// Whether it is a counter whose registers hold only its lower digits, and another point holds the higher ones.
    public var isWiderThanItsRegisters: Bool {
        guard let counter, plus != nil, let own = ownModulus else { return false }
        return counter.modulus.map { $0 > own } ?? true
    }
}

extension [Point] {
    /// Whether the point is a counter whose lower and higher digits come from different reads, because their registers
    /// lie apart: it may roll over between the two.
    public func isReadApart(_ index: Int) -> Bool {
        guard self[index].isWiderThanItsRegisters else { return false }
        var ranges: [RegisterRange] = []
        var next: Int? = index
        while let place = next {
            if case .registers(let range, _, _) = self[place].origin { ranges.append(range) }
            next = self[place].plus
        }
        ranges.sort { $0.start < $1.start }
        return zip(ranges, ranges.dropFirst()).contains { $0.table != $1.table || $0.start + $0.count < $1.start }
    }
}
