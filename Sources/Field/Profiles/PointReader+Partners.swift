import Documents
import Domain

/// Reads what a point takes from other points, and what only some kinds of points have.
extension PointReader {
    func readPartners(_ map: DocumentMap, into point: inout Point) {
        point.exponentFrom = map.optional("exponent_from").flatMap(index)
        point.times = map.optional("times").flatMap(index)
        point.dividedBy = map.optional("divided_by").flatMap(index)
        point.least = map.optional("least")?.number()
        point.chars = map.optional("chars")?.word(Characters.self) ?? .both
        point.every = map.optional("every")?.duration(in: .seconds(1) ... .seconds(86_400))
        checkPartners(point, map)
    }

    /// Keys that no released profile has: a kind of point that cannot obey one is refused.
    private func checkPartners(_ point: Point, _ map: DocumentMap) {
        if map.has("chars") {
            if case .registers(_, .string, _) = point.origin {
            } else {
                map.optional("chars")?.fail("only a string in registers has chars")
            }
        }
        if map.has("every") {
            if case .registers = point.origin {
            } else {
                map.optional("every")?.fail("only a point with a register of its own is read in its own rhythm")
            }
        }
        if point.exponentFrom != nil, map.has("decimals_from") {
            map.optional("exponent_from")?.fail("a point has \"exponent_from\" or \"decimals_from\", not both")
        }
        guard map.has("counter") else { return }
        for key in ["times", "divided_by"] where map.has(key) {
            map.optional(key)?.fail(
                "a counter's factor must not change; write it at the device: points: { \(point.name): { factor: 20 } }"
            )
        }
        if map.has("least") { map.optional("least")?.fail("a counter has no least value; give it a range") }
    }

    // MARK: Between points

    /// What a point names must be a number that comes with each reading, in the same unit where both are added.
    static func checkPartners(_ points: [Point], entries: [(name: String, node: DocumentNode)]) {
        for (point, entry) in zip(points, entries) {
            guard let map = entry.node.mapping() else { continue }
            for (key, partner) in point.partners where !points[partner].isNumber {
                map.optional(key)?.failCheck("\(points[partner].name) is no number")
            }
            if let other = point.plus.map({ points[$0] }), let unit = point.unit, let added = other.unit, unit != added
            {
                map.optional("plus")?.failCheck("\(other.name) is in \(added): give both the same unit")
            }
            if let reference = point.negativeWhen, !points[reference.point].holdsBits {
                map.optional("negative_when")?.failCheck("\(points[reference.point].name) holds no bits")
            }
            if case .flag(let reference)? = point.stability, !points[reference.point].holdsBits {
                map.optional("stable")?.failCheck("\(points[reference.point].name) holds no bits")
            }
            for condition in point.goodWhen {
                guard case .weir = points[condition.reference.point].origin else { continue }
                map.optional("good_when")?.failCheck(
                    "\(points[condition.reference.point].name) is computed; name the point that it is computed from"
                )
            }
            for needed in point.needed.map({ word(of: $0, points) }) where points[needed].every != nil {
                entries[needed].node.mapping()?.optional("every")?.fail(
                    "\(point.name) needs \(points[needed].name) with each reading; take \"every\" away"
                )
            }
        }
    }

    /// The point whose register holds it.
    private static func word(of index: Int, _ points: [Point]) -> Int {
        if case .field(let reference) = points[index].origin { return reference.point }
        return index
    }
}

extension Point {
    /// Whether its values are numbers.
    public var isNumber: Bool {
        switch origin {
        case .registers(_, let type, _): type != .string && type != .bool
        case .message(_, _, let type): type == .number
        case .frame(let value): value.kind != .string
        case .part: origin.byteType.map { !$0.isText && $0.kind != .bool } ?? (origin.messageValue == .number)
        case .field, .weir: true
        }
    }

    /// Whether it can be a flag or hold flags.
    fileprivate var holdsBits: Bool {
        switch origin {
        case .registers(_, let type, _): type != .string
        case .message(_, _, let type): type != .string
        case .part: origin.byteType.map { !$0.isText } ?? (origin.messageValue != .string)
        case .frame(let value): value.kind != .string
        case .field: true
        case .weir: false
        }
    }

    /// The points whose numbers go into its own, by the keys that name them.
    public var partners: [(key: String, point: Int)] {
        let named = [
            ("plus", plus), ("decimals_from", decimalsFrom?.field == nil ? decimalsFrom?.point : nil),
            ("exponent_from", exponentFrom), ("times", times), ("divided_by", dividedBy),
        ]
        return named.compactMap { key, point in point.map { (key, $0) } }
    }

    /// The points without which it has no value or no quality; a field's word is none of them.
    fileprivate var needed: [Int] {
        var needed = partners.map(\.point) + goodWhen.map(\.reference.point)
        needed += [negativeWhen?.point, decimalsFrom?.point].compactMap { $0 }
        if case .flag(let reference)? = stability { needed.append(reference.point) }
        if case .weir(let weir) = origin { needed.append(weir.level) }
        return needed
    }
}
