import Documents
import Domain

/// What does not go together in a point, and between points.
extension PointReader {
    func checkSense(_ point: Point, _ map: DocumentMap) {
        var isNumber = true
        if case .registers(_, let type, _) = point.origin { isNumber = type != .string && type != .bool }
        if case .message(_, _, let type) = point.origin { isNumber = type == .number }
        if case .part = point.origin {
            isNumber =
                point.origin.byteType.map { !$0.isText && $0.kind != .bool }
                ?? (point.origin.messageValue == .number)
        }
        if !isNumber {
            for key in ["unit", "scale", "offset", "decimals", "counter", "plus", "range", "decimals_from"]
            where map.has(key) {
                map.optional(key)?.fail("only a number has a \(key)")
            }
        }
        if texts.contains(point.name), map.has("codes") { map.optional("codes")?.fail("only a number has codes") }
        if point.text != nil {
            if point.origin.messageValue != .number {
                map.optional("text")?.fail("only a number in a message stands in a text")
            }
        }
        if point.isOptional {
            switch point.origin {
            case .registers, .part, .message(_, path: .some, _): break
            default:
                map.optional("optional")?.fail("only a register or a value of a message can be missing in some models")
                return
            }
        }
        if point.tiny != nil {
            guard case .registers(_, let type, _) = point.origin, type == .float32 || type == .float64 else {
                map.optional("tiny")?.fail("only a float32 or float64 in registers can be tiny")
                return
            }
        }
        if !point.fields.isEmpty {
            var (isWhole, width, word) = (false, 16, "")
            if case .registers(_, let type, _) = point.origin {
                (isWhole, width, word) = (type.isWhole, type.bitWidth ?? 16, type.rawValue)
            } else if let type = point.origin.byteType {
                (isWhole, width, word) = (type.isWhole, type.width * 8, type.word)
            }
            guard isWhole else {
                map.optional("bits")?.fail("only a whole number has bits")
                return
            }
            for field in point.fields where field.high >= width {
                map.optional("bits")?.fail("\(field.name): \(word) has bits 0 to \(width - 1)")
            }
        }
    }

    /// A point that depends on itself, directly or not, could never be computed.
    static func checkCircles(_ points: [Point], entries: [(name: String, node: DocumentNode)]) {
        func needs(_ index: Int) -> [Int] {
            var needed = [points[index].plus, points[index].decimalsFrom].compactMap { $0 }
            if case .weir(let weir) = points[index].origin { needed.append(weir.level) }
            return needed
        }
        for start in points.indices {
            var seen: Set<Int> = []
            var open = needs(start)
            while let next = open.popLast() {
                if next == start {
                    entries[start].node.failName("needs itself through its references; break the circle")
                    break
                }
                if seen.insert(next).inserted { open += needs(next) }
            }
        }
    }

    /// A counter of more bits than its registers is a sum: the point that is added must bring the other digits. Where
    /// both are read apart, `max_rate` says when a rollover between the two reads is possible.
    static func checkWidths(_ points: [Point], entries: [(name: String, node: DocumentNode)]) {
        for (index, point) in points.enumerated() where point.isWiderThanItsRegisters {
            guard let counter = point.counter, let map = entries[index].node.mapping()?.optional("counter")?.mapping(),
                map.has("bits"), !map.has("wraps_at")
            else { continue }
            if counter.maxRate == nil, points.isReadApart(index) {
                map.fail(
                    "\"max_rate\" is required for a counter of registers apart: without it a rollover between the two "
                        + "reads cannot be noticed"
                )
            }
            guard let modulus = counter.modulus, let most = greatest(index, points) else { continue }
            let one = point.countInUnit
            if most + one < modulus * one {
                map.optional("bits")?.fail("the sum of both points never gets that far: \(most) at most")
            }
        }
    }

    /// The greatest value of a point and of all that is added to it; nil where that is not known.
    private static func greatest(_ index: Int, _ points: [Point]) -> DecimalNumber? {
        let point = points[index]
        guard case .registers(_, let type, _) = point.origin else { return nil }
        let raw: DecimalNumber
        if let wrap = type.decimalWrap {
            raw = wrap - DecimalNumber(1)
        } else if let width = type.bitWidth {
            raw = .twoToThe(type.isSigned ? width - 1 : width) - DecimalNumber(1)
        } else {
            return nil
        }
        let own = raw * point.countInUnit
        guard let other = point.plus else { return own }
        return greatest(other, points).map { own + $0 }
    }
}
