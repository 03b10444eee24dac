public import Documents
public import Domain

/// Reads how a point is shown to people: `label`, `show` and `names`.
extension PointReader {
    static func words(_ map: DocumentMap, _ point: inout Point) {
        let label = map.optional("label")?.label()
        let show = map.optional("show").flatMap { shown($0, of: point) }
        let names = map.optional("names").map(names) ?? [:]
        if let node = map.optional("names") { checkNames(node, point, map) }
        point.words = PointWords(label: label, show: show, names: names)
        // A condition says what a number means by the same words.
        for (code, name) in names where point.codes[code] == nil { point.codes[code] = name.en }
    }

    private static func shown(_ node: DocumentNode, of point: Point) -> Unit? {
        guard let show = node.unit() else { return nil }
        guard let unit = point.publishedUnit else {
            node.fail("\"show\" needs \"unit\": what the device measures in")
            return nil
        }
        guard unit.isConvertible(to: show) else {
            node.fail("\(unit) cannot be shown in \(show): it is of another quantity")
            return nil
        }
        return show
    }

    /// Numbers with their words: `{ 0: idle, 1: { id: jalan, en: run } }`. `true` and `false` are 1 and 0.
    static func names(_ node: DocumentNode) -> [Int64: Label] {
        guard let map = node.mapping() else { return [:] }
        var names: [Int64: Label] = [:]
        for (text, node) in map.entries() {
            let truth: Int64? = text == "true" ? 1 : text == "false" ? 0 : nil
            guard let code = truth ?? DecimalNumber(wholeNumber: text)?.whole else {
                node.failName("\"\(text)\" is no whole number; write names as { 0: idle, 1: run }")
                continue
            }
            names[code] = node.label()
        }
        return names
    }

    /// A named number is one that the device sends: after scale or offset nobody could say which number is meant.
    private static func checkNames(_ node: DocumentNode, _ point: Point, _ map: DocumentMap) {
        switch point.origin {
        case .registers(_, .string, _), .message(_, _, .string): node.fail("only a number has names")
        case .weir: node.fail("only a number that the device sends has names")
        default: break
        }
        let computing = [
            "scale", "offset", "decimals", "decimals_from", "exponent_from", "times", "divided_by", "least", "publish",
            "plus", "counter",
        ]
        for key in computing where map.has(key) {
            node.fail("names are those of the numbers that the device sends; take \"\(key)\" away")
        }
    }
}

extension DocumentNode {
    /// A word for people: one for both languages, or `{ id: debit, en: discharge }`.
    public func label() -> Label? {
        guard isMapping else { return string().map { Label(en: $0, id: $0) } }
        guard let map = mapping() else { return nil }
        let (en, id) = (map.optional("en")?.string(), map.optional("id")?.string())
        map.finish()
        guard let first = en ?? id else {
            fail("names no word: { id: debit, en: discharge }")
            return nil
        }
        return Label(en: en ?? first, id: id ?? first)
    }
}
