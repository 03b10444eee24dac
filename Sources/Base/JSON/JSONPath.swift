/// A path into a JSON document: `HX711.WeightRaw`, `after.entered_zones`, `lanes[0].count`, `lanes[name=left].count`.
///
/// A key that holds dots or brackets stands in quotes, as JSONPath writes it or in place of a plain key:
/// `["a.b"].c`, `$['a.b'].c`, `"a.b".c`.
public struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    public enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
        /// The element of a list in which that member has this value, as text.
        case element(member: String, value: String)
    }

    public let steps: [Step]
    public let description: String

    /// Nil for an empty step, an index that is not a number, or a quote without its end.
    public init?(_ text: String) {
        var rest = text[...]
        // JSONPath's word for the document. Without a bracket after it, it is a key.
        if rest.hasPrefix("$[") { rest = rest.dropFirst() }
        var steps: [Step] = []
        while !rest.isEmpty || steps.isEmpty {
            if rest.first == "[" {
                guard let step = Self.bracket(&rest) else { return nil }
                steps.append(step)
            } else {
                if !steps.isEmpty {
                    guard rest.first == "." else { return nil }
                    rest = rest.dropFirst()
                }
                guard let key = Self.key(&rest) else { return nil }
                steps.append(.key(key))
            }
        }
        self.steps = steps
        description = text
    }

    /// A key after a dot or at the start.
    private static func key(_ rest: inout Substring) -> String? {
        if let quoted = quoted(&rest) { return quoted }
        let key = rest.prefix { $0 != "." && $0 != "[" }
        guard !key.isEmpty, !key.contains("]") else { return nil }
        rest = rest.dropFirst(key.count)
        return String(key)
    }

    /// An index or a quoted key in brackets.
    private static func bracket(_ rest: inout Substring) -> Step? {
        rest = rest.dropFirst()
        let step: Step
        if let element = element(&rest) {
            step = element
        } else if let key = quoted(&rest) {
            step = .key(key)
        } else {
            let digits = rest.prefix { $0 != "]" }
            guard let index = Int(digits), index >= 0 else { return nil }
            rest = rest.dropFirst(digits.count)
            step = .index(index)
        }
        guard rest.first == "]" else { return nil }
        rest = rest.dropFirst()
        return step
    }

    /// `name=left`, each side plain or in quotes; nil, and nothing is taken, where there is no such pair.
    private static func element(_ rest: inout Substring) -> Step? {
        var pair = rest
        guard let member = quoted(&pair) ?? plain(&pair, before: "="), pair.first == "=" else { return nil }
        pair = pair.dropFirst()
        guard let value = quoted(&pair) ?? plain(&pair, before: "]"), pair.first == "]" else { return nil }
        rest = pair
        return .element(member: member, value: value)
    }

    private static func plain(_ rest: inout Substring, before end: Character) -> String? {
        let text = rest.prefix { $0 != end && $0 != "]" && $0 != "\"" && $0 != "'" }
        guard !text.isEmpty else { return nil }
        rest = rest.dropFirst(text.count)
        return String(text)
    }

    /// The text between two quotes of one kind, which is not empty; nil, and nothing is taken, where there is none.
    private static func quoted(_ rest: inout Substring) -> String? {
        guard let quote = rest.first, quote == "\"" || quote == "'",
            let end = rest.dropFirst().firstIndex(of: quote), end > rest.index(after: rest.startIndex)
        else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return String(rest[rest.index(after: rest.startIndex)..<end])
    }
}
