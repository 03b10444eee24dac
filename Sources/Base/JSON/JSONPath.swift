/// A path into a JSON document: `HX711.WeightRaw`, `after.entered_zones`, `lanes[0].count`.
public struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    public enum Step: Hashable, Sendable {
        case key(String)
        case index(Int)
    }

    public let steps: [Step]
    public let description: String

    /// Nil for an empty step or an index that is not a number.
    public init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            var rest = part
            let key = rest.prefix { $0 != "[" }
            rest = rest.dropFirst(key.count)
            guard !key.isEmpty, !key.contains("]") else { return nil }
            steps.append(.key(String(key)))
            while !rest.isEmpty {
                guard let close = rest.firstIndex(of: "]"), rest.first == "[",
                    let index = Int(rest[..<close].dropFirst()),
                    index >= 0
                else { return nil }
                steps.append(.index(index))
                rest = rest[rest.index(after: close)...]
            }
        }
        self.steps = steps
        description = text
    }
}
