import Documents
import Domain
import Profiles

/// Reads `points` of a device: what its place adds to its profile's numbers.
enum AdjustmentReader {
    /// By the points' names.
    static func read(_ map: DocumentMap, of profile: Profile) -> [String: Adjustment] {
        guard let named = map.optional("points")?.mapping() else { return [:] }
        var adjustments: [String: Adjustment] = [:]
        for (name, node) in named.entries() {
            guard let point = profile.points.first(where: { $0.name == name }) else {
                let hint = NearestWord.hint(for: name, in: profile.points.map(\.name))
                node.failName("\"\(name)\" is no point of profile \(profile.id)\(hint)")
                continue
            }
            guard let map = node.mapping() else { continue }
            adjustments[name] = adjustment(map, node, of: point)
        }
        return adjustments
    }

    private static func adjustment(_ map: DocumentMap, _ node: DocumentNode, of point: Point) -> Adjustment {
        let factor = map.optional("factor")
        let offset = map.optional("offset")
        let zero = map.optional("zero")
        let adjustment = Adjustment(factor: factor?.number(), offset: offset?.number(), zero: zero?.number())
        map.finish()
        if !point.isNumber {
            node.failName("\(point.name) is a text or a switch; only a number is adjusted")
        } else if point.isPrivate {
            node.failName("\(point.name) is not published; adjust the point that is made of it")
        } else if point.words?.names.isEmpty == false {
            node.failName("\(point.name) has names for its numbers; an adjusted number is another one")
        } else if factor == nil, offset == nil, zero == nil {
            node.failName("says nothing; write factor, offset or zero")
        }
        if adjustment.factor == .zero { factor?.fail("a factor of 0 makes every value 0") }
        if point.counter != nil {
            if let factor, adjustment.factor?.negative == true { factor.fail("a counter cannot count backwards") }
            if let node = offset ?? zero { node.fail("a counter's total has no offset; take it away") }
        } else if let zero {
            checkHeight(zero, of: point)
        }
        return adjustment
    }

    /// A zero is a height: of a level's own 0, or of a weir's vertex.
    private static func checkHeight(_ zero: DocumentNode, of point: Point) {
        if case .weir = point.origin { return }
        guard let unit = point.unit else {
            zero.fail("a height is a length, and \(point.name) has no unit; write \"offset\"")
            return
        }
        guard let metre = Unit("m"), unit.isConvertible(to: metre) else {
            zero.fail("a height is a length, and \(point.name) is in \(unit); write \"offset\"")
            return
        }
    }
}
