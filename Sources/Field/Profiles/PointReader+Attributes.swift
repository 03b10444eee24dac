import Documents
import Domain

/// Reads what a point's numbers mean: fields and codes, marks for "no value", texts and conditions.
extension PointReader {
    // MARK: Fields and codes

    static func fields(_ map: DocumentMap) -> [PointFace.Field] {
        guard let named = map.optional("bits")?.mapping() else { return [] }
        return named.entries().compactMap { name, node in
            if !Identifier.isPointName(name) { node.failName("\"\(name)\" is not a field's name: a-z, 0-9 and _") }
            guard node.isMapping else {
                return bits(node).map { PointFace.Field(name: name, low: $0.low, high: $0.high) }
            }
            guard let map = node.mapping() else { return nil }
            let bits = map.required("bits").flatMap(bits)
            let signed = map.optional("signed")
            let isSigned = signed?.bool() ?? false
            var codes = map.optional("codes").map(codes) ?? [:]
            let names = map.optional("names").map(names) ?? [:]
            let label = map.optional("label")?.label()
            codes.merge(names.mapValues(\.en)) { own, _ in own }
            map.finish()
            guard let bits else { return nil }
            if isSigned, bits.low == bits.high { signed?.fail("one bit has no sign") }
            return PointFace.Field(
                name: name,
                low: bits.low,
                high: bits.high,
                isSigned: isSigned,
                codes: codes,
                names: names,
                label: label
            )
        }
    }

    private static func bits(_ node: DocumentNode) -> (low: Int, high: Int)? {
        guard let text = node.scalar("a bit such as 11, or bits such as \"8-15\"") else { return nil }
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let parts = words.compactMap { Int($0.filter { $0 != " " }) }
        guard (1...2).contains(words.count), parts.count == words.count, let low = parts.first, let high = parts.last,
            low <= high, low >= 0, high < 64
        else {
            node.fail("expected a bit such as 11, or bits such as \"8-15\", found \"\(text)\"")
            return nil
        }
        return (low, high)
    }

    /// Numbers with what they mean: `{ 0x52: "R: measuring" }`.
    static func codes(_ node: DocumentNode) -> [Int64: String] {
        guard let map = node.mapping() else { return [:] }
        var codes: [Int64: String] = [:]
        for (text, node) in map.entries() {
            guard let code = DecimalNumber(wholeNumber: text)?.whole else {
                node.failName("\"\(text)\" is no whole number; write codes as { 0x52: \"R: measuring\" }")
                continue
            }
            codes[code] = node.string()
        }
        return codes
    }

    // MARK: Marks for "no value"

    func invalid(_ node: DocumentNode, _ point: inout Point) {
        for element in node.list() ?? [] {
            guard let text = element.scalar("a raw value such as 0x8000 or -9999") else { continue }
            guard let number = DecimalNumber(wholeNumber: text) ?? DecimalNumber(text) else {
                element.fail("expected a raw value such as 0x8000 or -9999, found \"\(text)\"")
                continue
            }
            let mark = InvalidMark(number: number, isHexadecimal: text.lowercased().hasPrefix("0x"))
            if !mark.add(to: &point) { point.unheldMarks.append(text) }
        }
    }

    // MARK: Texts

    func text(_ map: DocumentMap) -> NumberText? {
        let prefix = map.optional("prefix")?.string()
        let units = map.optional("unit")?.oneOrMore().compactMap { $0.string() } ?? []
        let decimal = map.optional("decimal")?.word(NumberText.DecimalSign.self) ?? .point
        map.finish()
        return NumberText(prefix: prefix, units: units, decimal: decimal)
    }

    // MARK: Conditions

    func conditions(_ node: DocumentNode) -> [Condition] {
        guard let map = node.mapping() else { return [] }
        return map.entries().compactMap { name, node in
            guard let reference = reference(name, node) else { return nil }
            if isText(reference) {
                let texts = node.oneOrMore().compactMap { $0.scalar("a text") }
                return Condition(reference: reference, accepted: [], texts: texts)
            }
            let accepted = node.oneOrMore().compactMap { element -> Int64? in
                guard let text = element.scalar("a number, true or false") else { return nil }
                if text == "true" || text == "false" { return text == "true" ? 1 : 0 }
                if reference.field == nil, text.first?.isLetter == true {
                    element.fail("\"\(text)\" is a text; give \(name) \"type: string\" to compare texts")
                    return nil
                }
                return element.integer(in: Int.min...Int.max).map(Int64.init)
            }
            return Condition(reference: reference, accepted: Set(accepted))
        }
    }

    func stability(_ node: DocumentNode) -> Stability? {
        if node.isMapping { return .conditions(conditions(node)) }
        guard let text = node.scalar("a number of equal samples, or a flag such as status.stable") else { return nil }
        if let count = Int(text) {
            guard (2...100).contains(count) else {
                node.fail("\(count) is outside 2 to 100 equal samples")
                return nil
            }
            return .equalSamples(count)
        }
        return reference(text, node).map { .flag($0) }
    }
}

extension DocumentNode {
    /// Whether the value is that word; it reports nothing.
    func isWord(_ word: String) -> Bool { isWord(in: [word]) }

    /// Whether the value is one of these words; it reports nothing.
    func isWord(in words: some Sequence<String>) -> Bool {
        guard !isList, !isMapping, !isNull, let text = scalar("a word") else { return false }
        return words.contains(text)
    }
}
