import Domain
import JSON

extension BodyForm {
    /// A point whose value fills one gap, and whose other members fill the next.
    struct PointGaps: Sendable {
        var name: String
        var unit: String?
    }

    /// Reads the layout of a form that `init(of:)` has made, also of one that a journal has kept.
    static func layout(of text: [UInt8], _ gaps: [Int]) -> [PointGaps]? {
        guard gaps.count.isMultiple(of: 2) else { return nil }
        // With its gaps filled, the form is the JSON of a reading whose values are all unknown.
        var filled: [UInt8] = []
        var copied = 0
        for gap in stride(from: 0, to: gaps.count, by: 2).map({ gaps[$0] }) {
            filled += text[copied..<gap] + Array("null".utf8)
            copied = gap
        }
        filled += text[copied...]
        // A form of another kind has no layout; its readings are read from their text.
        guard let points = try? Self.points(of: filled), points.count == gaps.count / 2 else { return nil }
        return points
    }

    private static func points(of reading: [UInt8]) throws(NotJSON) -> [PointGaps] {
        var cursor = JSONCursor(reading)
        guard try cursor.string() == "points", cursor.take(":") else { throw NotJSON() }
        guard case .object(let members) = try cursor.value(), cursor.isAtEnd else { throw NotJSON() }
        var points: [PointGaps] = []
        for member in members {
            guard case .object(let point) = member.value else { throw NotJSON() }
            var gaps = PointGaps(name: member.key, unit: nil)
            if case .string(let code)? = point.first(where: { $0.key == "unit" })?.value { gaps.unit = code }
            points.append(gaps)
        }
        return points
    }
}
