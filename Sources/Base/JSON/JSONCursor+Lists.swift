import Domain

/// Lists of numbers, read without a value for each: a chart has thousands of them.
extension JSONCursor {
    /// Reads a list of numbers; nil for null.
    public mutating func numbers() throws(NotJSON) -> [Double?] {
        try list { cursor throws(NotJSON) in
            if cursor.isAt("null") {
                cursor.position += 4
                return nil
            }
            return try cursor.double()
        }
    }

    /// Reads a list of whole numbers.
    public mutating func integers() throws(NotJSON) -> [Int] {
        try list { cursor throws(NotJSON) in
            guard let number = Int(exactly: try cursor.double()) else { throw NotJSON() }
            return number
        }
    }

    /// Reads a list, element by element.
    public mutating func list<Element>(
        _ read: (inout JSONCursor) throws(NotJSON) -> Element
    ) throws(NotJSON) -> [Element] {
        try expect("[")
        var found: [Element] = []
        if take("]") { return found }
        repeat { found.append(try read(&self)) } while take(",")
        try expect("]")
        return found
    }

    /// Reads a number as the nearest double.
    private mutating func double() throws(NotJSON) -> Double {
        let start = position
        let isNegative = take("-")
        var digits: UInt64 = 0
        var count = 0
        var places = 0
        var isFraction = false
        while true {
            let character = next
            if (0x30...0x39).contains(character) {
                digits = digits &* 10 &+ UInt64(character - 0x30)
                count += 1
                if isFraction { places += 1 }
            } else if character == UInt8(ascii: "."), !isFraction {
                isFraction = true
            } else {
                break
            }
            position += 1
        }
        let hasExponent = next == UInt8(ascii: "e") || next == UInt8(ascii: "E")
        guard count > 0, count <= 18, !hasExponent else {
            position = start
            guard let number = try scalar()?.double, number.isFinite else { throw NotJSON() }
            return number
        }
        let number = DecimalNumber(negative: false, magnitude: digits, exponent: -places).double
        return isNegative ? -number : number
    }
}
